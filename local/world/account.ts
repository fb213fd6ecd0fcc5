/**
 * The account that the local cloud begins with: what exists before anybody calls it. A file states it
 * (schema/account.v1.json, examples/account.yaml); seeding writes the records that the services would have.
 */
import * as z from 'zod';
import type { Problem } from '../../shared/problem';
import { decodeText } from '../../shared/topology/decode-text';
import { error } from '../../shared/topology/finding';
import { parseDocument } from '../../shared/topology/parse-document';
import { tellProblems } from '../../shared/topology/tell-problems';
import { type Account, accountSchema } from './account/account-schema';
import { checkAccount, type Finding } from './account/check-account';

export type { Account } from './account/account-schema';
export { seedAccount } from './account/seed-account';

export const accountJsonSchema = (): object => ({
  $id: 'https://trunkline.example/schema/account.v1.json',
  title: 'Account of the local cloud, version 1',
  ...z.toJSONSchema(accountSchema, { io: 'input' }),
});

/**
 * YAML or JSON; a mebibyte, which a thousand VPCs fit. `account` is null exactly where there are problems: all of them
 * at once, each with its place. Never throws, whatever the bytes are: 10,000 brackets overflowed the library's stack, a
 * million ended the process, and 40,000 keys took it 23 s, so the topology's bounded reader does the reading.
 */
export function parseAccount(
  source: Uint8Array | string,
  file: string,
): { account: Account | null; problems: Problem[] } {
  const refused = (problems: Problem[]) => ({ account: null, problems });
  const decoded = decodeText(source, file);
  if ('problem' in decoded) return refused([decoded.problem]);
  const read = parseDocument(decoded.text, file);
  if ('problems' in read) return refused(read.problems);
  const { value, places } = read.document;
  const tell = (findings: readonly Finding[]) =>
    refused(
      tellProblems(
        findings.map(({ path, ...told }) => error(path, told)),
        places,
        file,
      ),
    );
  const parsed = accountSchema.safeParse(value);
  if (!parsed.success) return tell(parsed.error.issues.flatMap(findingsOf));
  const findings = checkAccount(parsed.data);
  return findings.length > 0 ? tell(findings) : { account: parsed.data, problems: [] };
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
