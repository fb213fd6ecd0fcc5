/**
 * A link that lets one person agree to one plan, or refuse it: what it is for stands in it, and the key of the system that
 * hands it on has signed it, so that nothing is kept of it. It opens a page, and does nothing by being opened.
 */
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { type EpochMs, epochMs } from '../clock';
import { revealed, type Secret } from '../secret';
import { hmacMatches } from './signature';

export interface ApprovalLink {
  system: string;
  network: string;
  /** Hash of the plan, whole. */
  plan: string;
  /** Whose voice it is, as the system calls them: however often it is used, it is one. */
  by: string;
  /** Of the wall's time. */
  until: EpochMs;
}

/** Short names: a link is mailed, and mailed links are cut at some length. */
const payloadSchema = z.strictObject({
  s: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  n: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  p: z.string().regex(/^[0-9a-f]{64}$/),
  w: z.string().min(1).max(100),
  u: z.int().min(0),
});

const TOKEN = /^([A-Za-z0-9_-]{1,1000})\.([0-9a-f]{64})$/;

/** Apart from every body that the same key signs: those begin with a time. */
const signedPart = (payload: string): string => `approval-link.${payload}`;

export function approvalToken(key: Secret, { system, network, plan, by, until }: ApprovalLink): string {
  const payload = Buffer.from(JSON.stringify({ s: system, n: network, p: plan, w: by, u: until })).toString(
    'base64url',
  );
  return `${payload}.${createHmac('sha256', revealed(key)).update(signedPart(payload)).digest('hex')}`;
}

/** What an unsigned token says: whose keys to try. Null for what is no token. */
export function readToken(token: string): { link: ApprovalLink; isSigned(keys: readonly Secret[]): boolean } | null {
  const [, payload, digest] = TOKEN.exec(token) ?? [];
  if (payload === undefined || digest === undefined) return null;
  const parsed = payloadSchema.safeParse(jsonOf(payload));
  if (!parsed.success) return null;
  const { s: system, n: network, p: plan, w: by, u } = parsed.data;
  return {
    link: { system, network, plan, by, until: epochMs(u) },
    isSigned: (keys) => hmacMatches(keys, [signedPart(payload)], digest, 'hex'),
  };
}

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
