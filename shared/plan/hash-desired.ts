import { hashJson, type Json } from '../json';
import type { Desired } from './desired';
import type { Plan } from './plan';

/** SHA-256 of the canonical JSON: what the records keep, and what says that nothing changed. */
export const hashDesired = (desired: Desired): string => hashJson(desired as unknown as Json);

/** Over everything in the plan but the hash itself. Keys are named by their secret, so no key is in it (W7). */
export function hashPlan(plan: Omit<Plan, 'hash'>): string {
  const { format, network, revision, base, tasks, summary } = plan;
  return hashJson({ format, network, revision, base, tasks, summary } as unknown as Json);
}
