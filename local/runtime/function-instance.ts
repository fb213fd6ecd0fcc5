/** One instance of a function: a process that handles one event at a time and dies at its time-out. */
import { type ChildProcess, fork } from 'node:child_process';
import type { FunctionDefinition } from '../../functions/manifest';
import { type AnswerMessage, answerSchema, type FunctionContext } from './host-messages';

/** As the API reports it: `UnhandledInvocationError` with its body. */
export type InvocationResult = { ok: true; result: string } | { ok: false; errorType: string; errorMessage: string };

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

export function startInstance(options: InstanceOptions): FunctionInstance {
  const { definition, hostFile, codeFile, environment, log } = options;
  const child = fork(hostFile, [codeFile], {
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
    settle?.(null);
  };
  child.on('exit', end);
  child.on('error', end);
  child.on('message', (message: unknown) => settle?.(answerSchema.parse(message)));

  return {
    get alive() {
      return alive;
    },
    kill: () => child.kill('SIGKILL'),
    invoke: async (event, context) => {
      invocations += 1;
      const id = invocations;
      let timedOut = false;
      // biome-ignore lint/plugin: the runtime enforces the time-out.
      const timer = setTimeout(() => {
        timedOut = true;
        child.kill('SIGKILL');
      }, definition.timeoutSeconds * 1_000);
      const answer = await new Promise<AnswerMessage | null>((resolve) => {
        settle = resolve;
        if (!alive) resolve(null);
        else child.send({ id, event, context });
      });
      clearTimeout(timer);
      settle = null;
      return resultOf(
        answer,
        timedOut ? `Function time out after ${definition.timeoutSeconds}s` : 'Process exited unexpectedly',
      );
    },
  };
}

function resultOf(answer: AnswerMessage | null, otherwise: string): InvocationResult {
  if (answer === null) return { ok: false, errorType: 'FunctionProcessError', errorMessage: otherwise };
  if (answer.ok) return { ok: true, result: answer.result };
  return { ok: false, errorType: answer.errorType, errorMessage: answer.errorMessage };
}

function forwardLines(child: ChildProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) log(line);
    });
  }
}
