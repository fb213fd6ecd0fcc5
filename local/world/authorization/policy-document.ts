/**
 * RAM's policy language, version 1: what a role may do. Checked when a policy is made, so that what is evaluated is
 * well-formed. Stricter than the service on purpose: an element that is not evaluated here (NotAction, NotResource), and
 * a condition on what no request here tells (acs:SourceIp), is refused, never ignored: it would make a Deny deny nobody.
 */
import * as z from 'zod';
import { isConditionOperator } from './conditions';

/** One text or a list of them. */
export const texts = <T extends z.ZodType<string>>(text: T) =>
  z.union([text.transform((one): string[] => [one]), z.array(text).min(1).max(200)]);

/** Actions are compared without regard to case: kept in lower case. */
const action = z
  .string()
  .regex(/^(\*|[A-Za-z0-9_-]+:[A-Za-z0-9_*/-]+)$/, 'is no action such as oss:GetObject')
  .transform((text) => text.toLowerCase());
const resource = z.string().regex(/^(\*|acs:[^:]*:[^:]*:[^:]*:.+)$/, 'is no resource such as acs:oss:*:*:bucket/*');
const operator = z.string().refine(isConditionOperator, 'is no condition operator');
const value = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const values = z.union([value.transform((one): string[] => [one]), z.array(value).min(1).max(200)]);

const statementSchema = z.strictObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts(action),
  Resource: texts(resource),
  Condition: z.record(operator, z.record(z.string(), values)).default({}),
});

const documentSchema = z.strictObject({
  Version: z.literal('1'),
  Statement: z.array(statementSchema).min(1).max(200),
});

export type PolicyDocument = z.output<typeof documentSchema>;
export type Statement = z.output<typeof statementSchema>;

/** `problem` says where and what; it is what MalformedPolicyDocument tells. */
export type Parsed<T> = { ok: true; document: T } | { ok: false; problem: string };

/** One that is kept already. */
export const parsePolicyDocument = (text: string): Parsed<PolicyDocument> => parseDocument(documentSchema, text);

/** All that a request here can be asked for; RAM and OSS have more. */
const CONDITION_KEYS = new Set(['acs:CurrentTime', 'oss:Prefix', 'oss:Delimiter']);

/** One that somebody asks to have kept. */
export function parseNewPolicyDocument(text: string): Parsed<PolicyDocument> {
  const parsed = parsePolicyDocument(text);
  if (!parsed.ok) return parsed;
  const problems = parsed.document.Statement.flatMap(({ Condition }, index) =>
    Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.keys(keys)
        .filter((key) => !CONDITION_KEYS.has(key))
        .map((key) => `Statement.${index}.Condition.${operator}.${key}: is not served by the local cloud`),
    ),
  );
  return problems.length === 0 ? parsed : { ok: false, problem: problems.join('; ') };
}

export function parseDocument<T>(schema: z.ZodType<T>, text: string): Parsed<T> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'The policy document is no JSON.' };
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return { ok: true, document: parsed.data };
  const problem = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'The document'}: ${message}`,
  );
  return { ok: false, problem: problem.join('; ') };
}
