/**
 * One instance of a function: a process that handles one event at a time.
 *
 * 1. Its initializer runs once, before the first event; one that fails ends the instance, and with it the invocation.
 * 2. It dies at its time-out, and where it holds more memory than the function has: V8's heap is bounded, and on Linux
 *    the process as well.
 * 3. A call's own lines are complete when its result is given: the log has a pipe of its own, slower than the answer.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { systemClock } from '../../shared/clock';
import type { FunctionRecord } from '../world/fc/records';
import { type AnswerMessage, answerSchema, endLine, type FunctionContext, type Stage } from './host-messages';
import { forwardLines, tailOf } from './log-lines';
import { memoryOf } from './process-memory';
import { killGroup, type Reaper } from './reaper';

/**
 * As the API reports it: a failure is an `UnhandledInvocationError` whose body has these fields. An instance that died
 * has no stack; its type is of ours, since the service's documentation names none.
 */
export type CallResult = { log: readonly string[] } & (
  | { ok: true; result: Buffer }
  | { ok: false; errorType: string; errorMessage: string; stackTrace: readonly string[]; initializing?: true }
);

export interface InstanceOptions {
  id: string;
  record: FunctionRecord;
  hostFile: string;
  codeFolder: string;
  environment: Readonly<Record<string, string>>;
  reaper: Reaper;
  /** Of the calls that belong to no event. */
  context(): FunctionContext;
  log(line: string): void;
}

export interface FunctionInstance {
  readonly id: string;
  readonly record: FunctionRecord;
  readonly alive: boolean;
  invoke(event: Buffer, context: FunctionContext): Promise<CallResult>;
  /** After the last event: its preStop, then it goes. */
  retire(): Promise<void>;
  kill(): void;
}

interface Call {
  stage: Stage;
  handler: string;
  timeoutSeconds: number;
  event: Buffer;
  context: FunctionContext;
}

/** Of the function's memory, what V8's old space may take: the rest is Node's own, buffers and code. */
const HEAP_SHARE = 0.9;
/** How often memory is looked at while a call is under way. */
const LOOK_MS = 100;
/** A process that died, or a handler that took its output away, owes the log's end: waited for so long. */
const LOG_PATIENCE_MS = 200;

export function startInstance(options: InstanceOptions): FunctionInstance {
  const { id, record, log, reaper } = options;
  const child = startProcess(options);
  reaper.started(child);
  let alive = true;
  let calls = 0;
  let initialized = record.initializer === null;
  let underWay: { onLine(line: string): void; settle(answer: AnswerMessage | null): void } | null = null;
  const end = (): void => {
    // Once: later the process's id may be another's.
    if (alive) killGroup(child);
    alive = false;
    underWay?.settle(null);
  };
  child.on('exit', () => {
    end();
    reaper.exited(child);
  });
  // Not started, or no longer to be reached.
  child.on('error', (error) => {
    log(`instance of ${record.name}: ${error.message}`);
    end();
  });
  child.on('message', (message: unknown) => {
    // The handler may have sent something of its own, or answered twice.
    const answer = answerSchema.safeParse(message);
    if (answer.success && answer.data.id === calls) underWay?.settle(answer.data);
  });
  forwardLines(child, (line) => {
    log(line);
    underWay?.onLine(line);
  });
  const logEnded = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const perform = async ({ stage, handler, timeoutSeconds, event, context }: Call): Promise<CallResult> => {
    calls += 1;
    const number = calls;
    const tail = tailOf();
    const watch = watchProcess(child, record, timeoutSeconds, end);
    let sawEnd: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      sawEnd = resolve;
    });
    const last = endLine(stage, context.requestId);
    const answer = await new Promise<AnswerMessage | null>((resolve) => {
      underWay = {
        settle: resolve,
        onLine: (line) => {
          tail.add(line);
          if (line.endsWith(last)) sawEnd();
        },
      };
      if (!alive) resolve(null);
      else child.send({ id: number, stage, handler, event, context });
    });
    watch.stop();
    await soonOrNever(Promise.race([ended, logEnded]));
    underWay = null;
    const lines = { log: tail.lines() };
    if (answer?.ok) return { ok: true, result: Buffer.from(answer.result), ...lines };
    if (answer) {
      const { errorType, errorMessage, stackTrace } = answer;
      return { ok: false, errorType, errorMessage, stackTrace, ...lines };
    }
    const said = watch.verdict();
    if (said.note !== null) log(said.note);
    return { ok: false, errorType: said.errorType, errorMessage: said.errorMessage, stackTrace: [], ...lines };
  };

  return {
    id,
    record,
    get alive() {
      return alive;
    },
    kill: end,
    invoke: async (event, context) => {
      if (!initialized && record.initializer) {
        const result = await perform({ stage: 'Initialize', ...record.initializer, event: NOTHING, context });
        if (!result.ok) {
          end();
          return { ...result, initializing: true };
        }
        initialized = true;
      }
      const { handler, timeoutSeconds } = record;
      return perform({ stage: 'Invoke', handler, timeoutSeconds, event, context });
    },
    retire: async () => {
      // What was never initialized has nothing to take back.
      if (alive && record.preStop && calls > 0)
        await perform({ stage: 'PreStop', ...record.preStop, event: NOTHING, context: options.context() });
      end();
    },
  };
}

const NOTHING = Buffer.alloc(0);

const startProcess = ({ record, hostFile, codeFolder, environment }: InstanceOptions): ChildProcess =>
  fork(hostFile, [codeFolder], {
    cwd: codeFolder,
    detached: true,
    env: { ...environment },
    execArgv: [`--max-old-space-size=${Math.floor(record.memoryMb * HEAP_SHARE)}`],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

/** Ends the process when its time or its memory is used up, and says afterwards why it ended. */
function watchProcess({ pid }: ChildProcess, { memoryMb }: FunctionRecord, timeoutSeconds: number, end: () => void) {
  const clock = systemClock();
  const began = clock.monotonic();
  let peakMb = memoryOf(pid)?.peakMb ?? 0;
  let cause: 'time' | 'memory' | null = null;
  // biome-ignore lint/plugin: the runtime enforces the time-out.
  const timer = setTimeout(() => {
    cause = 'time';
    end();
  }, timeoutSeconds * 1_000);
  // biome-ignore lint/plugin: the runtime enforces the memory's bound.
  const looking = setInterval(() => {
    const memory = memoryOf(pid);
    if (!memory) return;
    ({ peakMb } = memory);
    if (memory.nowMb <= memoryMb) return;
    cause = 'memory';
    end();
  }, LOOK_MS);
  const exited = (): string =>
    `Process exited unexpectedly before completing request (duration: ${Math.round(clock.monotonic() - began)}ms, maxMemoryUsage: ${peakMb.toFixed(2)}MB)`;
  return {
    stop: () => {
      clearTimeout(timer);
      clearInterval(looking);
    },
    verdict: () => ({
      errorType: cause === 'time' ? 'FunctionTimeout' : 'ProcessExited',
      errorMessage: cause === 'time' ? `Function time out after ${timeoutSeconds}s` : exited(),
      // The service's message is the same for any exit; who reads the log is told more.
      note: cause === 'memory' ? `the instance held more than its ${memoryMb} MB and was ended` : null,
    }),
  };
}

function soonOrNever(happening: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    // biome-ignore lint/plugin: the instance owns its patience.
    const timer = setTimeout(resolve, LOG_PATIENCE_MS);
    void happening.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
