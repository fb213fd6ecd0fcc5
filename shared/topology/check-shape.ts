/**
 * The file against its schema. An entry that is wrong is left out and the rest is read on, so that all problems come at
 * once; what was left out is remembered, so that nothing is told that would only follow from it.
 */
import type * as z from 'zod';
import type { Json, JsonObject } from '../json';
import { fileSchema, type TopologyFile } from './file-schema';
import { error, type Finding, type Path } from './finding';
import { keysAt } from './schema-at';
import { findingsOf } from './shape-findings';
import { suggest } from './suggest';

/** Where the file has gaps: what follows from them stays quiet. */
export interface Gaps {
  /** Offices, VPCs and applications (`virginia.orders`) whose entry was left out; null: any name may be one. */
  names: Set<string> | null;
  /** The parts of the file that something was left out of: `links`, `offices`, `quotas`. */
  sections: Set<string>;
}

export interface CheckedFile {
  file: TopologyFile;
  gaps: Gaps;
  /** Where each of the entries stands in the file's list: those left out leave no hole. */
  indexes: { links: number[]; access: number[]; tests: number[] };
}

export function checkShape(value: Json): { checked: CheckedFile | null; findings: Finding[] } {
  const only = (finding: Finding) => ({ checked: null, findings: [finding] });
  if (!isMapping(value))
    return only(
      error([], {
        code: 'not-a-topology',
        message: value === null ? 'the file is empty' : 'the file is no mapping',
        remedy: 'A topology begins with version: 1 and name: <name>; see examples/.',
      }),
    );
  // Of another version everything else may mean something else.
  if (value.version !== undefined && value.version !== 1)
    return only(
      error(['version'], {
        code: 'unknown-version',
        message: `this Trunkline reads version 1, and the file says ${JSON.stringify(value.version).slice(0, 40)}`,
        remedy: 'Write version: 1.',
      }),
    );
  const whole = fileSchema.safeParse(value, { reportInput: true });
  if (whole.success) return { checked: withIndexes(whole.data, noGaps(), new Set()), findings: [] };
  const { issues } = whole.error;
  const faulty = issues.flatMap(pathsOf).map(entryOf);
  const keys = new Set(faulty.map(keyOf));
  const rest = fileSchema.safeParse({ version: 1, name: 'unnamed', ...without(value, [], keys) });
  return {
    checked: rest.success ? withIndexes(rest.data, gapsOf(faulty), keys) : null,
    findings: firstOf(issues).flatMap((issue) => findingsOf(issue)),
  };
}

/** More are not told one by one anyway. */
const MOST_ISSUES = 500;

const firstOf = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] =>
  issues
    .slice(0, MOST_ISSUES)
    .map((issue) =>
      issue.code === 'unrecognized_keys' ? { ...issue, keys: issue.keys.slice(0, MOST_ISSUES) } : issue,
    );

const pathsOf = (issue: z.core.$ZodIssue): Path[] => {
  const path = issue.path as Path;
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
};

/** The entry that a fault belongs to: an office, a VPC, an application of one, a link, a rule, a test, a default. */
function entryOf(path: Path): Path {
  if (path[0] === 'vpcs') return path.slice(0, path[2] === 'applications' && path.length > 3 ? 4 : 2);
  if (path[0] === 'backbone') return path.slice(0, path[1] === 'links' ? 3 : 2);
  return path.slice(0, path[0] === 'defaults' ? 3 : 2);
}

const keyOf = (path: Path): string => JSON.stringify(path);

/** Entries stand at most four keys deep. */
function without(value: JsonObject, path: Path, faulty: ReadonlySet<string>): JsonObject {
  const entries = Object.entries(value).flatMap(([key, child]): [string, Json][] => {
    const at = [...path, key];
    if (faulty.has(keyOf(at))) return [];
    if (Array.isArray(child)) return [[key, child.filter((_, index) => !faulty.has(keyOf([...at, index])))]];
    return [[key, isMapping(child) && at.length < 4 ? without(child, at, faulty) : child]];
  });
  return Object.fromEntries(entries);
}

function withIndexes(file: TopologyFile, gaps: Gaps, faulty: ReadonlySet<string>): CheckedFile {
  const indexesOf = (path: Path, kept: readonly unknown[] = []): number[] => {
    const indexes: number[] = [];
    for (let index = 0; indexes.length < kept.length; index += 1)
      if (!faulty.has(keyOf([...path, index]))) indexes.push(index);
    return indexes;
  };
  return {
    file,
    gaps,
    indexes: {
      links: indexesOf(['backbone', 'links'], file.backbone?.links),
      access: indexesOf(['access'], file.access),
      tests: indexesOf(['tests'], file.tests),
    },
  };
}

const noGaps = (): Gaps => ({ names: new Set(), sections: new Set() });

function gapsOf(faulty: readonly Path[]): Gaps {
  const gaps = noGaps();
  for (const [first = '', second, , fourth] of faulty) {
    // A misspelt section is there, and was not read.
    const meant = gaps.sections.size < MOST_ISSUES ? suggest(String(first), keysAt([])) : null;
    const section = meant ?? String(first);
    const named = section === 'vpcs' || section === 'offices';
    gaps.sections.add(section);
    if (second === undefined && named) gaps.names = null;
    if (second !== undefined && named) gaps.names?.add(fourth === undefined ? `${second}` : `${second}.${fourth}`);
    if (second !== undefined && !named) gaps.sections.add(String(second));
  }
  return gaps;
}

const isMapping = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
