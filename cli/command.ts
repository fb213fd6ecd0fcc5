/**
 * A command is one definition file, loaded when it is called. `run` neither prints nor exits: it returns what to say,
 * and trunkline.ts says it. Standard output carries the result alone; progress goes to standard error.
 */

import type { Clock } from '../shared/clock';
import type { Environment } from '../shared/config';
import type { Json } from '../shared/json';
import type { Terminal } from './terminal';

/** 0 done, 1 failed, 2 the input or usage is wrong, 3 there is a difference or a test does not hold, 4 somebody must agree. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface Result {
  exitCode: ExitCode;
  /** What `--json` prints; a contract with a schema in schema/. */
  document: Json;
  /** What a person reads. */
  text: string;
  /** What a person reads is a complaint: it belongs on standard error, so that a pipe carries results only. */
  complaint?: true;
  /** A command that stays in the foreground has said it all before it ended. */
  said?: true;
}

export interface CommandContext {
  environment: Environment;
  /** Where relative paths begin. */
  folder: string;
  terminal: Terminal;
  clock: Clock;
  json: boolean;
  /** Resolves when somebody wants it to stop: Ctrl-C, SIGTERM, a closed terminal. */
  interrupted: Promise<void>;
  pause(milliseconds: number): Promise<void>;
}

export interface OptionDefinition {
  flags: string;
  summary: string;
}

export interface Command {
  summary: string;
  /** `<file>`; empty where there is none. */
  argument: string;
  options: readonly OptionDefinition[];
  run(context: CommandContext, argument: string, options: Options): Promise<Result>;
}

export type Options = Readonly<Record<string, string | boolean | undefined>>;

export const LOCAL_OPTION: OptionDefinition = { flags: '--local', summary: 'talk to the running local cloud' };

/** Usage or input that is wrong in a way that only the command can see. */
export class UsageError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy = 'See `trunkline --help`.') {
    super(message);
    this.name = 'UsageError';
    this.remedy = remedy;
  }
}
