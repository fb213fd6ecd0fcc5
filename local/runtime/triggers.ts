/** Starts what starts the functions: every trigger of the manifest. */
import { FUNCTIONS } from '../../functions/manifest';
import { unreachable } from '../../shared/errors';
import type { RawRequest, RawResponse } from '../wire/raw';
import type { Caller } from '../world/world';
import type { FunctionRuntime } from './function-runtime';
import { httpPrefix, httpTrigger } from './http-trigger';
import { startOssTrigger } from './oss-trigger';
import { startQueueTrigger } from './queue-trigger';
import type { RetryTiming } from './retry';
import { startTimerTrigger } from './timer-trigger';
import type { WorldShell } from './world-shell';

export interface TriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  caller: Caller;
  region: string;
  deployment: string;
  bucket: string;
  timing: RetryTiming;
  log(line: string): void;
}

type Routes = Record<string, (request: RawRequest) => Promise<RawResponse>>;

/** HTTP triggers have a path each. */
export function httpRoutes({ shell, runtime, caller: { accountId }, region }: TriggerOptions): Routes {
  const routes: Routes = {};
  for (const { name, triggers } of FUNCTIONS)
    for (const trigger of triggers)
      if (trigger.type === 'http')
        routes[httpPrefix(name)] = httpTrigger({
          shell,
          runtime,
          function: name,
          methods: trigger.methods,
          accountId,
          region,
        });
  return routes;
}

/** The others run by themselves. */
export function startTriggers(options: TriggerOptions): { stop(): void } {
  const { shell, runtime, caller, region, deployment, bucket, timing, log } = options;
  const started: { stop(): void }[] = [];
  for (const { name, triggers } of FUNCTIONS)
    for (const trigger of triggers)
      switch (trigger.type) {
        case 'oss': {
          const { accountId } = caller;
          started.push(
            startOssTrigger({
              shell,
              runtime,
              function: name,
              bucket,
              prefix: trigger.prefix,
              accountId,
              region,
              timing,
              log,
            }),
          );
          break;
        }
        case 'queue':
          started.push(
            startQueueTrigger({ shell, runtime, caller, region, deployment, queue: trigger.queue, timing, log }),
          );
          break;
        case 'timer':
          started.push(
            startTimerTrigger({ shell, runtime, function: name, everySeconds: trigger.everySeconds, timing, log }),
          );
          break;
        case 'http':
          break;
        default:
          unreachable(trigger);
      }
  return { stop: () => started.forEach((trigger) => trigger.stop()) };
}
