/** The schema's issues as findings: what is wrong, and what would be right there. They bring their input with them. */
import type * as z from 'zod';
import type { Json } from '../json';
import { SHORT_OFFICE } from './file-schema';
import { error, type Finding, nameOf, type Path } from './finding';
import { descriptionAt, exampleAt, keysAt, valuesAt } from './schema-at';
import { didYouMean } from './suggest';

/** Keys that people look for and that this version does not have: refused by name, never ignored. */
const NOT_SUPPORTED: readonly [RegExp, string][] = [
  [/bgp|asn$/i, 'BGP is not supported: routes are static'],
  [/ipv6/i, 'IPv6 is not supported'],
  [/dynamic|dns|hostname|fqdn/i, 'an office needs a static public address'],
  [/^(psk|pre-?shared-?key|key|password)$/i, 'no key stands in the file: it names a secret, presharedKey: {secret: …}'],
];

export function findingsOf(issue: z.core.$ZodIssue, base: Path = []): Finding[] {
  const path = [...base, ...issue.path] as Path;
  const given = issue.input as Json | undefined;
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
      return [given === undefined ? missing(path) : (brokenAlgorithm(path, given) ?? wrongValue(path, given))];
    case 'invalid_format':
      return [wrongValue(path, given)];
    case 'too_small':
    case 'too_big':
      // What no computer counts exactly is told once, by the bound of its own.
      return Math.abs(Number('maximum' in issue ? issue.maximum : issue.minimum)) === Number.MAX_SAFE_INTEGER
        ? []
        : [outOfBounds(path, given, issue)];
    case 'invalid_union':
      return union(issue, path);
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
    message: `${nameOf(path)} must be ${what}, and is ${kindOf(path, given)}`,
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

const kindOf = (path: Path, value: Json): string => {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : shown(path, value);
};

const wrongValue = (path: Path, given: Json | undefined): Finding =>
  error(path, {
    code: 'value',
    message: `${nameOf(path)} cannot be ${shown(path, given ?? null)}`,
    remedy: rightValue(path),
  });

/** What was in use once and is refused by name: whoever writes it has a device in mind that should not be joined. */
const BROKEN: ReadonlyMap<string, readonly [reason: string, instead: string]> = new Map([
  ['encryption des', ['its 56 bits are searched through in a day', 'aes256']],
  ['encryption 3des', ['its 64-bit blocks repeat on a busy tunnel (Sweet32)', 'aes256']],
  ['authentication md5', ['collisions are made at will', 'sha256']],
  ['dhGroup group1', ['768-bit groups have been solved', 'group14']],
]);

function brokenAlgorithm(path: Path, given: Json): Finding | null {
  const [section, part, key] = path;
  const found = section === 'defaults' && part === 'tunnel' ? BROKEN.get(`${String(key)} ${String(given)}`) : undefined;
  if (!found) return null;
  const [reason, instead] = found;
  return error(path, {
    code: 'broken-algorithm',
    message: `${given} is broken: ${reason}`,
    remedy: `Use ${instead}.`,
  });
}

function rightValue(path: Path): string {
  const item = [...path, 0];
  const [description, example] = [descriptionAt(path) ?? descriptionAt(item), exampleAt(path) ?? exampleAt(item)];
  const [keys, values] = [keysAt(path), valuesAt(path)];
  if (values.length > 0) return `Use ${values.join(', ')}.`;
  if (description === null && keys.length > 0) return `Its keys are ${keys.join(', ')}.`;
  return `${description ?? 'Write it in full.'}${example === null ? '' : ` For example ${example}.`}`;
}

function outOfBounds(
  path: Path,
  given: Json | undefined,
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
): Finding {
  const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  const what = Array.isArray(given)
    ? `${nameOf(path)} has ${given.length === 1 ? '1 entry' : `${given.length} entries`}; it needs ${bound}`
    : `${nameOf(path)} is ${shown(path, given ?? null)}; ${typeof given === 'string' ? `${bound} characters are allowed` : `it is ${bound}`}`;
  return error(path, { code: 'out-of-bounds', message: what, remedy: 'Stay within the bounds.' });
}

/** A mapping is meant as the form that has keys; anything else as the words. */
function union(issue: z.core.$ZodIssueInvalidUnion, path: Path): Finding[] {
  const meant = issue.errors.find(
    (issues) => !issues.some((one) => one.path.length === 0 && one.code !== 'unrecognized_keys'),
  );
  if (meant && typeof issue.input === 'object') return meant.flatMap((one) => findingsOf(one, path));
  return [wrongValue(path, issue.input as Json)];
}

const shortForm = (path: Path, given: Json | undefined): Finding =>
  error(path, {
    code: 'short-form',
    message: `${shown(path, given ?? null)} is no office in short form`,
    remedy: `Write ${SHORT_OFFICE}, for example 203.0.113.11 10.10.10.0/24 via virginia.`,
  });

const SHOWN = 80;

/**
 * Cut before it is quoted: a megabyte of text may stand in ten thousand places. What stands where a key would be put is
 * never repeated: problems end in reports and logs.
 */
const shown = (path: Path, value: Json): string =>
  path.includes('presharedKey')
    ? 'something that is not shown here, since it may be a key'
    : JSON.stringify(typeof value === 'string' ? value.slice(0, SHOWN) : value).slice(0, SHOWN);
