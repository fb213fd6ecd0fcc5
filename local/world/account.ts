/**
 * The account that the local cloud begins with: what exists before anybody calls it. A file states it
 * (schema/account.v1.json, examples/account.yaml); seeding writes the records that the services would have.
 */
import { type Document, isCollection, isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { Problem } from '../../shared/problem';
import { type Account, accountSchema } from './account/account-schema';
import { checkAccount, type Finding } from './account/check-account';

export type { Account } from './account/account-schema';
export { seedAccount } from './account/seed-account';

/** A thousand VPCs fit; what is larger is a mistake. */
const LONGEST = 1_048_576;
/** Every anchor may be used, but nobody needs more. */
const MOST_ALIASES = 100;

export const accountJsonSchema = (): object => ({
  $id: 'https://trunkline.example/schema/account.v1.json',
  title: 'Account of the local cloud, version 1',
  ...z.toJSONSchema(accountSchema, { io: 'input' }),
});

/** YAML or JSON. `account` is null exactly where there are problems: all of them at once, each with its place. */
export function parseAccount(text: string, file: string): { account: Account | null; problems: Problem[] } {
  const refused = (problems: Problem[]) => ({ account: null, problems });
  if (text.length > LONGEST) return refused([tooLong(file)]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', version: '1.2' });
  if (document.errors.length > 0)
    return refused(
      document.errors.map(({ message, pos }) =>
        problemAt(
          { path: [], code: 'syntax', message, remedy: 'Correct the YAML there.' },
          file,
          lines.linePos(pos[0]),
        ),
      ),
    );
  const place = (finding: Finding): Problem => problemAt(finding, file, placeOf(document, lines, finding.path));
  const content = contentOf(document);
  if (content.problem !== null)
    return refused([place({ path: [], code: 'aliases', message: content.problem, remedy: 'Write it out.' })]);
  const parsed = accountSchema.safeParse(content.value);
  if (!parsed.success) return refused(parsed.error.issues.flatMap(findingsOf).map(place));
  const findings = checkAccount(parsed.data);
  return findings.length > 0 ? refused(findings.map(place)) : { account: parsed.data, problems: [] };
}

/** The library throws on an alias bomb, and on an alias without its anchor: bad input, so values here. */
function contentOf(document: Document): { problem: string | null; value: unknown } {
  try {
    return { problem: null, value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), value: null };
  }
}

function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const place = path.length === 0 ? 'the file' : path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      code: 'unknown-key',
      message: `${place} has no ${key}`,
      remedy: 'Remove it, or correct its name.',
    }));
  const remedy = 'Correct it as schema/account.v1.json says.';
  return [{ path, code: 'invalid-value', message: `${place}: ${issue.message}`, remedy }];
}

const problemAt = (
  { code, message, remedy }: Finding,
  file: string,
  place: { line: number; col: number },
): Problem => ({ severity: 'error', code, message, remedy, file, line: place.line, column: place.col });

const tooLong = (file: string): Problem =>
  problemAt(
    { path: [], code: 'too-long', message: `the file has more than ${LONGEST} characters`, remedy: 'Shorten it.' },
    file,
    { line: 1, col: 1 },
  );

/** Where the path leads, or as far as it goes: a key that is missing has no place of its own. */
function placeOf(document: Document, lines: LineCounter, path: Finding['path']): { line: number; col: number } {
  let offset = 0;
  for (let depth = 0; depth <= path.length; depth += 1) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (!isNode(node) || !node.range) break;
    offset = node.range[0];
    if (!isCollection(node)) break;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), col: Math.max(col, 1) };
}
