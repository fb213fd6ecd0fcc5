/** One instance of a function: a process that handles one event at a time and dies at its time-out. */
import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import type { FunctionDefinition } from '../../functions/manifest';
import { type AnswerMessage, answerSchema, type FunctionContext } from './host-messages';

/**
 * As the API reports it: a failure is an `UnhandledInvocationError` whose body has these fields. An instance that died
 * has no stack; its type is of ours, since the service gives none.
 */
export type InvocationResult =
  | { ok: true; result: Buffer }
  | { ok: false; errorType: string; errorMessage: string; stackTrace: readonly string[] };

export interface InstanceOptions {
  definition: FunctionDefinition;
  hostFile: string;
  codeFile: string;
  environment: Readonly<Record<string, string>>;
  log(line: string): void;
}

export interface FunctionInstance {
  readonly alive: boolean;
  invoke(event: Buffer, context: FunctionContext): Promise<InvocationResult>;
  kill(): void;
}

/** A line that is not finished is written after so many characters. */
const LONGEST_REST = 64 * 1_024;

export function startInstance(options: InstanceOptions): FunctionInstance {
  const { definition, hostFile, codeFile, environment, log } = options;
  const child = fork(hostFile, [codeFile], {
    cwd: dirname(codeFile),
    env: { ...environment },
    execArgv: [`--max-old-space-size=${definition.memoryMb}`],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  forwardLines(child, log);
  let alive = true;
  let invocations = 0;
  let settle: ((answer: AnswerMessage | null) => void) | null = null;
  const end = (): void => {
    alive = false;
    child.kill('SIGKILL');
    settle?.(null);
  };
  child.on('exit', end);
  // Not started, or no longer to be reached.
  child.on('error', (error) => {
    log(`instance of ${definition.name}: ${error.message}`);
    end();
  });
  child.on('message', (message: unknown) => {
    // The handler may have sent something of its own, or answered twice.
    const answer = answerSchema.safeParse(message);
    if (answer.success && answer.data.id === invocations) settle?.(answer.data);
  });

  return {
    get alive() {
      return alive;
    },
    kill: end,
    invoke: async (event, context) => {
      invocations += 1;
      const id = invocations;
      let timedOut = false;
      // biome-ignore lint/plugin: the runtime enforces the time-out.
      const timer = setTimeout(() => {
        timedOut = true;
        end();
      }, definition.timeoutSeconds * 1_000);
      const answer = await new Promise<AnswerMessage | null>((resolve) => {
        settle = resolve;
        if (!alive) resolve(null);
        else child.send({ id, event, context });
      });
      clearTimeout(timer);
      settle = null;
      if (answer) return answer.ok ? { ok: true, result: Buffer.from(answer.result) } : answer;
      return timedOut
        ? died('FunctionTimeout', `Function time out after ${definition.timeoutSeconds}s`)
        : died('ProcessExited', 'Process exited unexpectedly before completing request');
    },
  };
}

export const died = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  errorType,
  errorMessage,
  stackTrace: [],
});

function forwardLines(child: ChildProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) log(line);
      if (rest.length > LONGEST_REST) {
        log(rest);
        rest = '';
      }
    });
    stream?.on('end', () => {
      if (rest !== '') log(rest);
    });
  }
}
