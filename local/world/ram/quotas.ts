/** Default limits of RAM; `settings.quotas` raises them by the same names. */
import type { Context } from '../world';

const DEFAULTS = {
  roles: 1_000,
  customPolicies: 1_500,
  customPoliciesPerRole: 20,
  systemPoliciesPerRole: 20,
  /** Not adjustable on the service. */
  versionsPerPolicy: 5,
} as const;

export const quota = (context: Context, name: keyof typeof DEFAULTS): number =>
  context.settings.quotas[name] ?? DEFAULTS[name];
