/** The functions by name, with the limits that s.yaml gives them: the production handlers in a simulated invocation. */
import { handleCallback } from '../../functions/callback/handle-callback';
import { cenKinds } from '../../functions/cen/kinds';
import { gatewayKinds } from '../../functions/gateway/kinds';
import { handleTasks } from '../../functions/handle-tasks';
import { handleIntake } from '../../functions/intake/handle-intake';
import type { QueueName } from '../../functions/manifest';
import { handleReport } from '../../functions/report/handle-report';
import { routeKinds } from '../../functions/routes/kinds';
import { securityGroupKinds } from '../../functions/security-group/kinds';
import type { Surroundings } from '../../functions/surroundings';
import { handleSweep } from '../../functions/sweep/handle-sweep';
import { tunnelKinds } from '../../functions/tunnel/kinds';
import { type DurationMs, seconds } from '../../shared/clock';
import type { ResourceKinds } from '../../shared/engine/advance-resource';
import { engineSettings } from '../../shared/engine/settings';
import { jsonLog } from '../../shared/log';
import type { Chance } from './chance';
import { KEY_MARK } from './checks/secrets';
import { cloudOf, objectsOf, queueOf, type Services, storeOf } from './connections';
import { CLOCK_SKEW, type Invocation, SOCKET_TIMEOUT } from './invocation';

export type FunctionName = QueueName | 'sweep';

export interface Limits {
  timeout: DurationMs;
  concurrency: number;
}

/** As in s.yaml. */
export const LIMITS: Readonly<Record<FunctionName, Limits>> = {
  intake: { timeout: seconds(120), concurrency: 16 },
  gateway: { timeout: seconds(60), concurrency: 4 },
  tunnel: { timeout: seconds(60), concurrency: 4 },
  cen: { timeout: seconds(60), concurrency: 4 },
  routes: { timeout: seconds(60), concurrency: 4 },
  'security-group': { timeout: seconds(60), concurrency: 4 },
  report: { timeout: seconds(300), concurrency: 2 },
  callback: { timeout: seconds(60), concurrency: 2 },
  sweep: { timeout: seconds(300), concurrency: 1 },
};

const KINDS: Readonly<Record<string, (surroundings: Surroundings) => ResourceKinds>> = {
  gateway: gatewayKinds,
  tunnel: tunnelKinds,
  cen: cenKinds,
  routes: routeKinds,
  'security-group': securityGroupKinds,
};

export async function runFunction(
  name: FunctionName,
  event: Buffer,
  { invocation, services, chance }: { invocation: Invocation; services: Services; chance: Chance },
): Promise<void> {
  const surroundings = {
    ...surroundingsOf(name, invocation, services, chance),
    tables: storeOf(invocation, services),
    queue: queueOf(invocation, services),
    objects: objectsOf(invocation, services),
    connectCloud: () => cloudOf(invocation, services),
  };
  const kinds = KINDS[name];
  if (kinds) return handleTasks(surroundings, kinds(surroundings), event);
  switch (name) {
    case 'intake':
      return handleIntake(surroundings, event);
    case 'report':
      return handleReport(surroundings, event);
    case 'callback':
      return handleCallback({ ...surroundings, systems: async () => null, post: async () => null }, event);
    default:
      return handleSweep(surroundings);
  }
}

function surroundingsOf(
  name: FunctionName,
  invocation: Invocation,
  { deployment, effects }: Services,
  chance: Chance,
): Surroundings {
  const { clock, crash } = invocation;
  const functionTimeout = LIMITS[name].timeout;
  return {
    clock,
    wall: clock,
    settings: engineSettings(deployment, { functionTimeout, socketTimeout: SOCKET_TIMEOUT, clockSkew: CLOCK_SKEW }),
    log: jsonLog((line) => effects.logged(line)),
    crash,
    jitter: () => chance.unit(),
    // A pre-shared key's bytes: they spell what the search for keys knows.
    randomBytes: (size) =>
      Uint8Array.from({ length: size }, (_, index) =>
        index < KEY_MARK.length ? KEY_MARK.charCodeAt(index) - 65 : chance.between(0, 255),
      ),
    randomHex: (digits) => Array.from({ length: digits }, () => chance.between(0, 15).toString(16)).join(''),
    newOwner: () => invocation.newOwner(),
  };
}
