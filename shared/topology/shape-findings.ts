/** The schema's issues as findings: what is wrong, and what would be right there. */
import type * as z from 'zod';
import type { Json } from '../json';
import { SHORT_OFFICE } from './file-schema';
import { error, type Finding, nameOf, type Path } from './finding';
import { descriptionAt, exampleAt, keysAt } from './schema-at';
import { didYouMean } from './suggest';

/** Keys that people look for and that this version does not have: refused by name, never ignored. */
const NOT_SUPPORTED: readonly [RegExp, string][] = [
  [/bgp|asn$/i, 'BGP is not supported: routes are static'],
  [/ipv6/i, 'IPv6 is not supported'],
  [/dynamic|dns|hostname|fqdn/i, 'an office needs a static public address'],
  [/^<<$/, 'merge keys are not YAML 1.2'],
  [/^(psk|pre-?shared-?key|key|password)$/i, 'no key stands in the file: it names a secret, presharedKey: {secret: …}'],
];

export function findingsOf(issue: z.core.$ZodIssue, file: Json, base: Path = []): Finding[] {
  const path = [...base, ...issue.path] as Path;
  const given = valueAt(file, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key));
    case 'invalid_key':
      return [
        error(path, {
          code: 'name',
          message: `"${path.at(-1)}" is no name`,
          remedy: 'Use a lower-case letter, then up to 40 letters, digits and hyphens.',
          atKey: true,
        }),
      ];
    case 'invalid_type':
      return [given === undefined ? missing(path) : wrongType(path, given, issue.expected)];
    case 'invalid_value':
      return [given === undefined ? missing(path) : wrongValue(path, given, `Use ${issue.values.join(', ')}.`)];
    case 'invalid_format':
      return [wrongValue(path, given, rightValue(path))];
    case 'too_small':
    case 'too_big':
      return [outOfBounds(path, given, issue)];
    case 'invalid_union':
      return union(issue, file, path);
    default:
      return [shortForm(path, given)];
  }
}

function unknownKey(path: Path, key: string): Finding {
  const at = [...path, key];
  const reason = NOT_SUPPORTED.find(([pattern]) => pattern.test(key))?.[1];
  if (reason)
    return error(at, { code: 'not-supported', message: `${key}: ${reason}`, remedy: 'Remove it.', atKey: true });
  const known = keysAt(path);
  return error(at, {
    code: 'unknown-key',
    message: `${path.length === 0 ? 'the file' : nameOf(path)} has no key ${key}${didYouMean(key, known)}`,
    remedy: `Its keys are ${known.join(', ')}.`,
    atKey: true,
  });
}

const missing = (path: Path): Finding =>
  error(path, { code: 'missing', message: `${nameOf(path)} is missing`, remedy: rightValue(path) });

function wrongType(path: Path, given: Json, expected: string): Finding {
  const what = WORDS[expected] ?? expected;
  return error(path, {
    code: 'type',
    message: `${nameOf(path)} must be ${what}, and is ${kindOf(given)}`,
    remedy: rightValue(path),
  });
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list of two',
  int: 'a whole number',
  number: 'a number',
};

const kindOf = (value: Json): string => {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : shown(value);
};

const wrongValue = (path: Path, given: Json | undefined, remedy: string): Finding =>
  error(path, { code: 'value', message: `${nameOf(path)} cannot be ${shown(given ?? null)}`, remedy });

function rightValue(path: Path): string {
  const item = [...path, 0];
  const [description, example] = [descriptionAt(path) ?? descriptionAt(item), exampleAt(path) ?? exampleAt(item)];
  const keys = keysAt(path);
  if (description === null && keys.length > 0) return `Its keys are ${keys.join(', ')}.`;
  return `${description ?? 'Add it.'}${example === null ? '' : ` For example ${example}.`}`;
}

function outOfBounds(
  path: Path,
  given: Json | undefined,
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
): Finding {
  const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  const what = Array.isArray(given)
    ? `${nameOf(path)} has ${given.length} entries; it needs ${bound}`
    : `${nameOf(path)} is ${shown(given ?? null)}; ${typeof given === 'string' ? `${bound} characters are allowed` : `it is ${bound}`}`;
  return error(path, { code: 'out-of-bounds', message: what, remedy: 'Stay within the bounds.' });
}

/** A mapping is meant as the form that has keys; anything else as the words. */
function union(issue: z.core.$ZodIssueInvalidUnion, file: Json, path: Path): Finding[] {
  const given = valueAt(file, path);
  const meant = issue.errors.find(
    (issues) => !issues.some((one) => one.path.length === 0 && one.code !== 'unrecognized_keys'),
  );
  if (meant && typeof given === 'object') return meant.flatMap((one) => findingsOf(one, file, path));
  return [wrongValue(path, given, rightValue(path))];
}

const shortForm = (path: Path, given: Json | undefined): Finding =>
  error(path, {
    code: 'short-form',
    message: `${shown(given ?? null)} is no office in short form`,
    remedy: `Write ${SHORT_OFFICE}, for example 203.0.113.11 10.10.10.0/24 via virginia.`,
  });

const SHOWN = 80;

/** Cut before it is quoted: a megabyte of text may stand in ten thousand places. */
const shown = (value: Json): string =>
  JSON.stringify(typeof value === 'string' ? value.slice(0, SHOWN) : value).slice(0, SHOWN);

function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const part of path) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (typeof value === 'object' && value !== null) value = value[part];
    else return undefined;
  }
  return value;
}
