/**
 * Looks at everything that a deployment needs of its account, and says what to do about what is missing. Makes nothing:
 * it reads, and asks for dry runs (dry-runs.ts).
 *
 * 1. Checks do not wait for each other, and none takes longer than its time.
 * 2. What follows from another failure is not told as one: with a wrong key there is one error, and a refused service
 *    is named once.
 */
import { openApiCloud } from '../../shared/alicloud/openapi-cloud';
import { type Clock, type DurationMs, seconds } from '../../shared/clock';
import type { Environment } from '../../shared/config';
import type { Target } from '../connection';
import { checkCredential } from './check-credential';
import { eventBridgeCheck } from './check-event-bridge';
import { functionsCheck } from './check-functions';
import { itemChecks } from './check-items';
import { permissionsCheck } from './check-permissions';
import { type ReadTopology, topologyCheck, transitRouterCheck } from './check-topology';
import { oncePerCause } from './failed-check';
import { type Check, type Finding, skipped, worstFirst } from './finding';

export interface DoctorOptions {
  target: Target;
  clock: Clock;
  environment: Environment;
  /** Null where no file was given. */
  topology: ReadTopology | null;
  pause(milliseconds: number): Promise<void>;
}

/** Three tries of the SDKs' ten seconds each. */
const MOST_TIME = seconds(30);

/** Errors first. */
export async function doctor(options: DoctorOptions): Promise<Finding[]> {
  const { target, clock, environment, topology, pause } = options;
  const { credentials, endpoint } = target;
  const cloud = openApiCloud({ credentials: async () => credentials, endpoint, timeout: seconds(10), clock });
  const { finding, identity } = await checkCredential(target, cloud);
  const checks = [
    ...itemChecks({ target, clock, identity, cloud }),
    functionsCheck({ target, environment, identity }),
    eventBridgeCheck(cloud, target.region, identity),
    topology === null ? transitRouterCheck(cloud, identity) : topologyCheck(topology, cloud, identity),
    permissionsCheck({ cloud, region: target.region, topology: topology?.topology ?? null, identity }),
  ];
  if (finding.state === 'error') return [finding, ...checks.map(({ subject }) => skipped(subject, 'see credential'))];
  const found = await Promise.all(checks.map((check) => inTime(check, MOST_TIME, pause)));
  return worstFirst(oncePerCause([finding, ...found.flat()]));
}

function inTime({ subject, run }: Check, most: DurationMs, pause: DoctorOptions['pause']): Promise<Finding[]> {
  const late: Finding = {
    state: 'error',
    code: 'no-answer',
    subject,
    message: `no answer within ${most / 1_000} seconds`,
    remedy: 'check the connection and a proxy, and try again',
  };
  return Promise.race([run(), pause(most).then(() => [late])]);
}
