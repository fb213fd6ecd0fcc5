/** Starts what starts the functions: every trigger of the manifest. */
import { FUNCTIONS, type FunctionDefinition } from '../../functions/manifest';
import type { RawRequest, RawResponse } from '../wire/raw';
import type { Caller } from '../world/world';
import type { FunctionRuntime } from './function-runtime';
import { httpPrefix, httpTrigger } from './http-trigger';
import { startOssTriggers } from './oss-trigger';
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
  return Object.fromEntries(
    triggersOf('http').map(({ name, trigger: { methods } }) => [
      httpPrefix(name),
      httpTrigger({ shell, runtime, function: name, methods, accountId, region }),
    ]),
  );
}

/** The others run by themselves. */
export function startTriggers(options: TriggerOptions): { stop(): void } {
  const { deployment, bucket, caller } = options;
  const uploads = triggersOf('oss').map(({ name, trigger: { prefix } }) => ({ function: name, prefix }));
  const started = [
    startOssTriggers({ ...options, bucket, accountId: caller.accountId, triggers: uploads }),
    ...triggersOf('queue').map(({ name, trigger: { queue } }) =>
      startQueueTrigger({
        ...options,
        function: name,
        queue: `${deployment}-${queue}`,
        deadLetterQueue: `${deployment}-dead-letters`,
      }),
    ),
    ...triggersOf('timer').map(({ name, trigger: { everySeconds } }) =>
      startTimerTrigger({ ...options, function: name, everySeconds }),
    ),
  ];
  return {
    stop: () => {
      for (const trigger of started) trigger.stop();
    },
  };
}

type TriggerOf<T> = Extract<FunctionDefinition['triggers'][number], { type: T }>;

const triggersOf = <T extends 'oss' | 'queue' | 'http' | 'timer'>(type: T) =>
  FUNCTIONS.flatMap(({ name, triggers }) =>
    triggers.filter((trigger): trigger is TriggerOf<T> => trigger.type === type).map((trigger) => ({ name, trigger })),
  );
