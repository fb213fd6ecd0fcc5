/** The schema's findings as problems: what is wrong, where, and what would be right. */
import type * as z from 'zod';
import type { Json } from '../json';
import { fileSchema, type TopologyFile } from './file-schema';
import type { Path } from './parse-document';
import type { FormProblem } from './short-forms';
import { didYouMean } from './suggest';

const MOST_PROBLEMS = 100;

/** Keys that people look for and that this version does not have. */
const REFUSED_BY_NAME: Readonly<Record<string, string>> = {
  bgp: 'BGP is not supported: routes are static',
  asn: 'BGP is not supported: routes are static',
  ipv6: 'IPv6 is not supported',
  ipv6Cidrs: 'IPv6 is not supported',
  dynamic: 'an office needs a static public address',
};

export function checkShape(value: Json): { file: TopologyFile | null; problems: FormProblem[] } {
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return { file: parsed.data, problems: [] };
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue)).slice(0, MOST_PROBLEMS);
  return { file: null, problems };
}

function problemsOf(issue: z.core.$ZodIssue): FormProblem[] {
  const path = issue.path as Path;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], key));
    case 'invalid_key':
      return [
        problem(path, 'name', `${String(path.at(-1))} is no name`, issue.issues[0]?.message ?? 'Use another name.'),
      ];
    case 'invalid_type':
      return [wrongType(path, issue)];
    case 'invalid_value':
      return [
        problem(path, 'value', `${place(path)} is not one of the allowed values`, `Use ${issue.values.join(', ')}.`),
      ];
    case 'too_small':
    case 'too_big':
    case 'not_multiple_of':
      return [problem(path, 'range', `${place(path)}: ${issue.message}`, 'Stay within the limit.')];
    case 'invalid_union':
      return [problem(path, 'form', `${place(path)} has none of its allowed forms`, unionRemedy(issue))];
    default:
      return [problem(path, 'value', `${place(path)}: ${issue.message}`, 'Correct the value.')];
  }
}

function unknownKey(path: Path, key: string): FormProblem {
  const reason = REFUSED_BY_NAME[key];
  if (reason) return problem(path, 'not-supported', `${place(path)}: ${reason}`, 'Remove it.');
  return problem(
    path,
    'unknown-key',
    `${place(path)} is no key of the topology file${didYouMean(key, KNOWN_KEYS)}`,
    'Correct or remove it.',
  );
}

const KNOWN_KEYS = [
  'version',
  'name',
  'defaults',
  'tunnel',
  'quotas',
  'backbone',
  'edition',
  'cen',
  'bandwidthPackage',
  'links',
  'between',
  'bandwidthMbps',
  'vpcs',
  'region',
  'id',
  'cidrs',
  'vSwitches',
  'zone',
  'cidr',
  'routeTable',
  'gateway',
  'attachment',
  'applications',
  'securityGroup',
  'vSwitch',
  'addresses',
  'ports',
  'offices',
  'vpc',
  'address',
  'device',
  'country',
  'selectors',
  'presharedKey',
  'secret',
  'access',
  'from',
  'to',
  'tests',
  'port',
  'expect',
  'onRemoval',
  'ike',
  'encryption',
  'authentication',
  'dhGroup',
];

function wrongType(path: Path, issue: z.core.$ZodIssueInvalidType): FormProblem {
  const missing = issue.input === undefined || /received undefined/.test(issue.message);
  if (missing) return problem(path, 'missing', `${place(path)} is missing`, `Add it: ${article(issue.expected)}.`);
  return problem(path, 'type', `${place(path)} must be ${article(issue.expected)}`, 'Correct the value.');
}

const article = (expected: string): string =>
  ({ object: 'a mapping', record: 'a mapping', array: 'a list', tuple: 'a list of two', int: 'a whole number' })[
    expected
  ] ?? `a ${expected}`;

const unionRemedy = (issue: z.core.$ZodIssueInvalidUnion): string =>
  issue.errors
    .map((errors) => errors[0]?.message)
    .filter((message) => message !== undefined)
    .join('; or: ')
    .slice(0, 300) || 'See the examples.';

const place = (path: Path): string => (path.length === 0 ? 'the file' : path.map(String).join('.'));

const problem = (path: Path, code: string, message: string, remedy: string): FormProblem => ({
  path,
  code,
  message,
  remedy,
});
