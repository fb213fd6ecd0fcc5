/** A check that could not be made, as a finding: explained where the table knows the code, else in its own words. */
import { TrunklineError } from '../../shared/errors';
import { closed, type Explanation, explainFailure, titleOf } from './explain-failure';
import { failureOf } from './failure';
import type { Finding } from './finding';

/** Who asks, as STS says. The account itself may do everything: what it is refused, it has not opened. */
export type IdentityType = 'Account' | 'RAMUser' | 'AssumedRoleUser';

const CODES: Readonly<Record<Explanation['kind'], string>> = {
  credential: 'credential-wrong',
  clock: 'clock-skewed',
  closed: 'service-closed',
  overdue: 'account-overdue',
  permission: 'permission-missing',
  instance: 'instance-unusable',
  limit: 'limit-reached',
  unreachable: 'service-unreachable',
};

export function failedCheck(error: unknown, subject: string, identity: IdentityType): Finding {
  const explained = explain(error, identity);
  if (explained) {
    const { kind, cause, remedy } = explained;
    const service = failureOf(error)?.service ?? null;
    return { state: 'error', code: CODES[kind], subject: service ? titleOf(service) : subject, message: cause, remedy };
  }
  const message = error instanceof Error ? error.message : String(error);
  const remedy =
    error instanceof TrunklineError && error.code !== 'InputInvalid' ? error.remedy : 'Mend what the message names.';
  return { state: 'error', code: 'check-failed', subject, message, remedy };
}

function explain(error: unknown, identity: IdentityType): Explanation | null {
  const explained = explainFailure(error);
  const failure = failureOf(error);
  const cannotLack = identity === 'Account' && explained?.kind === 'permission' && failure?.service === 'smq';
  return cannotLack && failure ? closed(failure) : explained;
}

/** Of failures with one cause, one: the others follow from it. */
export function oncePerCause(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ state, subject, message }) => {
    const cause = `${subject} ${message}`;
    if (state !== 'error' || !seen.has(cause)) {
      if (state === 'error') seen.add(cause);
      return true;
    }
    return false;
  });
}

/** An answer that was cut off on its way says nothing about the account: it is asked for once more. */
export async function onceMore<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (explainFailure(error)?.kind !== 'unreachable') throw error;
    return ask();
  }
}
