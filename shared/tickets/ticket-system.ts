/**
 * A ticketing system, as the operator registered it: its keys, and where it is called back. Kept as a secret, so
 * neither stands in an environment variable or a table. The callback's address comes from here and never from a
 * request.
 */
import * as z from 'zod';
import { type Clock, type EpochMs, minutes } from '../clock';
import type { Cloud } from '../engine/cloud';
import { cloudErrorOf } from '../engine/cloud';
import { TrunklineError } from '../errors';
import { revealed, type Secret, secretOf } from '../secret';
import { type CallbackTarget, mayBeCalled } from './callback-target';
import { isAddressBlock } from './source-address';
import type { CHANGE_STATES } from './systems/servicenow';
import type { SystemKind } from './systems/system-adapter';

export interface TicketSystem {
  name: string;
  kind: SystemKind;
  /** The status in which a ticket is taken up; null for the system's usual one. */
  takes: string | null;
  /** Where requests may come from, as addresses and blocks; null: from anywhere. */
  addresses: string[] | null;
  /** Whose word on a plan it may hand on, as it calls them; `*`: whomever it names; null: nobody's. */
  approvers: string[] | '*' | null;
  /** Where Jira opens an issue for what nobody has a ticket of; null: nowhere. */
  opens: { project: string; issueType: string } | null;
  /** The first signs; the others are still accepted during a rotation. */
  keys: Secret[];
  callback: CallbackTarget | null;
}

const SYSTEM_NAME = /^[a-z][a-z0-9-]{0,40}$/;

/** Before Scheduled nobody has agreed to the change; behind Implement it is over. */
const TAKEN_UP: readonly string[] = ['Scheduled', 'Implement'] satisfies (keyof typeof CHANGE_STATES)[];

const key = z.string().min(16).transform(secretOf);

const MOST_ADDRESSES = 200;
const MOST_APPROVERS = 200;

const secretSchema = z.object({
  kind: z.enum(['generic', 'jira', 'servicenow']).default('generic'),
  takes: z.string().min(1).max(64).nullable().default(null),
  addresses: z.array(z.string().refine(isAddressBlock)).min(1).max(MOST_ADDRESSES).nullable().default(null),
  approvers: z
    .union([z.literal('*'), z.array(z.string().min(1).max(100)).min(1).max(MOST_APPROVERS)])
    .nullable()
    .default(null),
  opens: z
    .strictObject({ project: z.string().regex(/^[A-Z][A-Z0-9_]{0,60}$/), issueType: z.string().min(1).max(100) })
    .nullable()
    .default(null),
  keys: z.array(key).min(1).max(2),
  callback: z
    .object({ url: z.string().refine(mayBeCalled), user: z.string().min(1).max(200).nullable().default(null), key })
    .nullable()
    .default(null),
});

const registrationSchema = secretSchema
  .refine(({ kind, takes }) => takes === null || (kind === 'servicenow' ? TAKEN_UP.includes(takes) : kind === 'jira'))
  .refine(({ kind, opens }) => kind === 'jira' || opens === null)
  // Whoever sees an issue may comment on it.
  .refine(({ kind, approvers }) => kind !== 'jira' || approvers !== '*');

const answerSchema = z.object({ SecretData: z.string().transform(secretOf) });

export const systemSecret = (deployment: string, name: string): string => `${deployment}/webhook/${name}`;

export type TicketSystems = (name: string) => Promise<TicketSystem | null>;

/** Read once a minute at most: a rotation takes effect soon, and a flood of requests costs no calls. */
export function ticketSystems(input: {
  cloud: Cloud;
  region: string;
  deployment: string;
  clock: Clock;
}): TicketSystems {
  const known = new Map<string, { system: TicketSystem | null; until: EpochMs }>();
  return async (name) => {
    if (!SYSTEM_NAME.test(name)) return null;
    const cached = known.get(name);
    if (cached && cached.until > input.clock.now()) return cached.system;
    const system = await readSystem(input, name);
    if (known.size > 1_000) known.clear();
    known.set(name, { system, until: (input.clock.now() + minutes(1)) as EpochMs });
    return system;
  };
}

async function readSystem(
  { cloud, region, deployment }: { cloud: Cloud; region: string; deployment: string },
  name: string,
): Promise<TicketSystem | null> {
  const secret = systemSecret(deployment, name);
  try {
    const parameters = { SecretName: secret };
    const answer = await cloud.call({ service: 'kms', region, action: 'GetSecretValue', parameters });
    return { name, ...keysOf(secret, answerSchema.parse(answer).SecretData) };
  } catch (error) {
    if (cloudErrorOf(error)?.code === 'Forbidden.ResourceNotFound') return null;
    throw error;
  }
}

/** Says nothing of what it holds, nor does its cause: a parser's message quotes the text that it stumbled over. */
function keysOf(secret: string, data: Secret): z.infer<typeof secretSchema> {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(revealed(data));
  } catch {
    // Told below: no JSON is as wrong as another one.
  }
  const keys = registrationSchema.safeParse(parsed);
  if (keys.success) return keys.data;
  throw new TrunklineError(
    'ConfigurationInvalid',
    `the secret ${secret} does not hold {"keys": ["…", "…"], "callback": {"url": "…", "key": "…"}}: one or two keys of at least 16 characters, and callback may be left out; its url is https, and leads to no metadata service; kind is generic, jira or servicenow, takes a status of it, addresses a list of addresses and blocks, approvers a list of people (or "*", which Jira does not take), opens (Jira's alone) {"project": "NET", "issueType": "Task"}`,
  );
}
