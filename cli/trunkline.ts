/** The command line: finds the command, runs it, prints its result, exits with its code. */
import { setTimeout as timer } from 'node:timers/promises';
import { CommanderError, Command as Program } from 'commander';
import { systemClock } from '../shared/clock';
import { TrunklineError } from '../shared/errors';
import { type Command, type CommandContext, type ExitCode, type Options, type Result, UsageError } from './command';
import { terminal } from './terminal';

/** Loaded when called: `validate` pays for no SDK. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  validate: async () => (await import('./commands/validate')).validate,
  plan: async () => (await import('./commands/plan')).plan,
  prove: async () => (await import('./commands/prove')).prove,
  apply: async () => (await import('./commands/apply')).apply,
  watch: async () => (await import('./commands/watch')).watch,
  status: async () => (await import('./commands/status')).status,
  local: async () => (await import('./commands/local')).local,
  demo: async () => (await import('./commands/demo')).demo,
};

const SUMMARY = 'One topology file becomes a proven global network on Alibaba Cloud.';

async function main(argv: readonly string[]): Promise<ExitCode> {
  // biome-ignore lint/style/noProcessEnv: the environment enters the command line here.
  const environment = process.env;
  const screen = terminal({ out: process.stdout, error: process.stderr }, environment);
  let exitCode: ExitCode = 0;
  const program = new Program('trunkline').description(SUMMARY).exitOverride();
  const wanted = argv.find((argument) => !argument.startsWith('-'));
  for (const [name, load] of Object.entries(COMMANDS)) {
    // Help lists every command; a call loads its own only.
    if (wanted !== undefined && wanted !== name && wanted in COMMANDS) continue;
    const command = await load();
    const line = program
      .command(`${name}${command.argument ? ` ${command.argument}` : ''}`)
      .description(command.summary);
    for (const { flags, summary } of command.options) line.option(flags, summary);
    line.option('--json', 'print one JSON document');
    line.exitOverride().action(async (...given: unknown[]) => {
      const argument = command.argument && typeof given[0] === 'string' ? given[0] : '';
      const options = line.opts<Options>();
      const context: CommandContext = {
        environment,
        folder: process.cwd(),
        terminal: screen,
        clock: systemClock(),
        json: options.json === true,
        interrupted: new Promise((resolve) => process.once('SIGINT', resolve)),
        pause: (milliseconds) => timer(milliseconds).then(() => undefined),
      };
      exitCode = report(context, await outcome(command, context, argument, options));
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

async function outcome(command: Command, context: CommandContext, argument: string, options: Options): Promise<Result> {
  try {
    return await command.run(context, argument, options);
  } catch (error) {
    if (error instanceof UsageError) return failure(2, 'UsageWrong', error.message, 'See `trunkline --help`.');
    if (error instanceof TrunklineError) {
      const wrongInput =
        error.code === 'InputInvalid' || error.code === 'LocalCloudMissing' || error.code === 'NetworkUnknown';
      return failure(wrongInput ? 2 : 1, error.code, error.message, error.remedy);
    }
    throw error;
  }
}

const failure = (exitCode: ExitCode, code: string, message: string, remedy: string): Result => ({
  exitCode,
  document: { error: { code, message, remedy } },
  text: `${message}\n${remedy}\n`,
});

/** A failure's text goes to standard error, so that a pipe carries results only; with --json the document says it. */
function report({ terminal: screen, json }: CommandContext, { exitCode, document, text, said }: Result): ExitCode {
  if (said) return exitCode;
  if (json) screen.out(`${JSON.stringify(document)}\n`);
  else if (exitCode === 2) screen.note(text);
  else screen.out(text);
  return exitCode;
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
    // Keep-alive sockets of the SDKs would hold the process for seconds.
    process.stdout.write('', () => process.exit(exitCode));
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
