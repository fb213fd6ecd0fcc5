/**
 * A ticket's change becomes the edited text of the topology that stands, or every problem at once: those of the change
 * first, and where it has none, those of the file that it would make.
 *
 * An office that goes is taken out of the access rules and tests that name it, or no network whose offices have tests could
 * lose one. A rule whose every source or target has gone goes with them; a list of rules that has none left stays, empty,
 * since without it everybody may reach everything.
 */
import type { Json } from '../../json';
import { isError, type Problem, problemOf } from '../../problem';
import { parseDocument } from '../../topology/parse-document';
import { parseTopology } from '../../topology/parse-topology';
import { didYouMean } from '../../topology/suggest';
import { at, type Edit, isMapping, type Path } from './edit';
import { editText } from './edit-text';
import type { TextChange } from './topology-change';

export type Applied =
  /** `isNews`: false where the text said so before. */
  { kind: 'text'; text: string; isNews: boolean } | { kind: 'problems'; problems: Problem[] };

/** `text`: of the revision that stands, which parses. `isAgain`: it was begun before, and may be what made it so. */
export function applyChange(text: string, change: TextChange, isAgain = false): Applied {
  const read = parseDocument(text, 'topology');
  if ('problems' in read) return { kind: 'problems', problems: read.problems };
  const { value } = read.document;
  const { edits, problems } = editsOf(value, change, isAgain);
  if (problems.length > 0) return { kind: 'problems', problems };
  if (edits.length === 0) return { kind: 'text', text, isNews: false };
  const next = editText(text, value, edits);
  if (next === null) return { kind: 'problems', problems: [UNEDITABLE] };
  const parsed = parseTopology(next, 'topology');
  return parsed.topology
    ? { kind: 'text', text: next, isNews: true }
    : { kind: 'problems', problems: parsed.problems.filter(isError) };
}

interface Found {
  /** In the order of the file. */
  edits: Edit[];
  problems: Problem[];
}

function editsOf(value: Json, change: TextChange, isAgain: boolean): Found {
  switch (change.change) {
    case 'add-office':
      return addOffice(value, change);
    case 'remove-office':
      return removeOffice(value, change, isAgain);
    case 'change-bandwidth':
      return changeBandwidth(value, change);
  }
}

type Of<Kind extends TextChange['change']> = Extract<TextChange, { change: Kind }>;

function addOffice(value: Json, { name, office }: Of<'add-office'>): Found {
  const offices = at(value, ['offices']);
  const standing = at(value, ['offices', name]);
  if (standing !== undefined && JSON.stringify(standing) === JSON.stringify(office)) return NOTHING;
  const taken = standing !== undefined || keysOf(value, 'vpcs').includes(name);
  if (taken) return wrong('name-taken', `there is ${name} already`, 'Give the office another name.');
  if (isMapping(offices) && Object.keys(offices).length > 0) return put(['offices', name], office);
  return put(['offices'], { [name]: office });
}

function removeOffice(value: Json, { name }: Of<'remove-office'>, isAgain: boolean): Found {
  const names = keysOf(value, 'offices');
  if (isAgain && !names.includes(name)) return NOTHING;
  if (!names.includes(name))
    return wrong('office-unknown', `there is no office ${name}${didYouMean(name, names)}`, 'Name one of the file.');
  const own: Edit = names.length > 1 ? drop(['offices', name]) : drop(['offices']);
  return { edits: [own, ...outOfAccess(value, name), ...outOfTests(value, name)], problems: [] };
}

function outOfAccess(value: Json, name: string): Edit[] {
  return listAt(value, 'access').flatMap((rule, index) => {
    const sides = (['from', 'to'] as const).map((side) => ({ side, names: asList(at(rule, [side])) }));
    if (sides.some(({ names }) => names.length > 0 && names.every((one) => one === name)))
      return [drop(['access', index])];
    return sides.flatMap(({ side, names }) =>
      names.flatMap((one, position) => (one === name ? [drop(['access', index, side, position])] : [])),
    );
  });
}

function outOfTests(value: Json, name: string): Edit[] {
  const tests = listAt(value, 'tests');
  const named = tests.flatMap((test, index) => (isAbout(test, name) ? [drop(['tests', index])] : []));
  return named.length > 0 && named.length === tests.length ? [drop(['tests'])] : named;
}

const isAbout = (test: Json, name: string): boolean => at(test, ['from']) === name || at(test, ['to']) === name;

function changeBandwidth(value: Json, { gateway, link, bandwidthMbps }: Of<'change-bandwidth'>): Found {
  const problems: Problem[] = [];
  const tell = (code: string, message: string, remedy: string) => problems.push(problemOf({ code, message, remedy }));
  if (!Number.isInteger(bandwidthMbps) || bandwidthMbps < 1 || bandwidthMbps > 10_000)
    tell('bandwidth-invalid', `${bandwidthMbps} is no bandwidth`, 'Write whole megabits a second, 1 to 10000.');
  if ((gateway === undefined) === (link === undefined))
    tell('change-unclear', 'a bandwidth is that of a gateway or of a link', 'Name one of the two.');
  const names = keysOf(value, 'vpcs');
  for (const vpc of [gateway ?? [], link ?? []].flat())
    if (!names.includes(vpc))
      tell('vpc-unknown', `there is no VPC ${vpc}${didYouMean(vpc, names)}`, 'Name one of the file.');
  const paths: Path[] = [];
  if (gateway !== undefined && names.includes(gateway)) paths.push(['vpcs', gateway, 'gateway']);
  if (link?.every((vpc) => names.includes(vpc))) {
    const found = listAt(value, 'backbone', 'links').findIndex((one) => joins(one, link));
    if (found >= 0) paths.push(['backbone', 'links', found]);
    else tell('link-unknown', `no link joins ${link.join(' and ')}`, 'Name the two VPCs as the link does.');
  }
  const [path] = paths;
  if (problems.length > 0 || !path) return { edits: [], problems };
  if (at(value, [...path, 'bandwidthMbps']) === bandwidthMbps) return NOTHING;
  return at(value, path) === undefined ? put(path, { bandwidthMbps }) : put([...path, 'bandwidthMbps'], bandwidthMbps);
}

const joins = (link: Json, [one, other]: readonly [string, string]): boolean => {
  const between = asList(at(link, ['between']));
  return between.length === 2 && between.includes(one) && between.includes(other) && one !== other;
};

const keysOf = (value: Json, section: string): string[] => {
  const mapping = at(value, [section]);
  return isMapping(mapping) ? Object.keys(mapping) : [];
};

const listAt = (value: Json, ...path: string[]): Json[] => {
  const list = at(value, path);
  return Array.isArray(list) ? list : [];
};

const asList = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

const NOTHING: Found = { edits: [], problems: [] };
const drop = (path: Path): Edit => ({ kind: 'drop', path });
const put = (path: Path, value: Json): Found => ({ edits: [{ kind: 'put', path, value }], problems: [] });
const wrong = (code: string, message: string, remedy: string): Found => ({
  edits: [],
  problems: [problemOf({ code, message, remedy })],
});

const UNEDITABLE = problemOf({
  code: 'change-ambiguous',
  message: 'the file cannot be edited in that place without changing something else in it',
  remedy: 'Anchors and aliases may be why: hand in the whole topology instead.',
});
