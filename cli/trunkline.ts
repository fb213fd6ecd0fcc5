/** The command line: finds the command, runs it, prints its result, exits with its code. */
import { setTimeout as timer } from 'node:timers/promises';
import { CommanderError, Command as Program } from 'commander';
import { version as VERSION } from '../package.json';
import { systemClock } from '../shared/clock';
import { type CloudErrorDetail, cloudErrorOf } from '../shared/engine/cloud';
import { type ErrorCode, TrunklineError } from '../shared/errors';
import { type Command, type CommandContext, type ExitCode, type Options, type Result, UsageError } from './command';
import { terminal } from './terminal';

/** Loaded when called: `validate` pays for no SDK. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  validate: async () => (await import('./commands/validate')).validate,
  plan: async () => (await import('./commands/plan')).plan,
  prove: async () => (await import('./commands/prove')).prove,
  apply: async () => (await import('./commands/apply')).apply,
  approve: async () => (await import('./commands/approve')).approve,
  watch: async () => (await import('./commands/watch')).watch,
  status: async () => (await import('./commands/status')).status,
  history: async () => (await import('./commands/history')).history,
  diff: async () => (await import('./commands/diff')).diff,
  rollback: async () => (await import('./commands/rollback')).rollback,
  cancel: async () => (await import('./commands/cancel')).cancel,
  resume: async () => (await import('./commands/resume')).resume,
  audit: async () => (await import('./commands/audit')).audit,
  local: async () => (await import('./commands/local')).local,
  import: async () => (await import('./commands/import')).importNetwork,
  drift: async () => (await import('./commands/drift')).drift,
  destroy: async () => (await import('./commands/destroy')).destroy,
  orphans: async () => (await import('./commands/orphans')).orphans,
  recover: async () => (await import('./commands/recover')).recover,
  bootstrap: async () => (await import('./commands/bootstrap')).bootstrap,
  doctor: async () => (await import('./commands/doctor')).doctor,
  teardown: async () => (await import('./commands/teardown')).teardown,
  demo: async () => (await import('./commands/demo')).demo,
};

const SUMMARY = 'One topology file becomes a proven global network on Alibaba Cloud.';
const EXIT_CODES =
  'Exit codes: 0 done, 1 failed, 2 the input or usage is wrong,\n3 there is a difference or a test does not hold,\n4 somebody must agree first.';
const SEE_HELP = 'See `trunkline --help`.';

/** What asks a command to stop. A second one of its kind ends it at once, as it would without us. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function main(argv: readonly string[]): Promise<ExitCode> {
  // biome-ignore lint/style/noProcessEnv: the environment enters the command line here.
  const environment = process.env;
  const screen = terminal({ out: process.stdout, error: process.stderr }, environment);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of STOP_SIGNALS) process.once(signal, () => resolve());
  });
  let exitCode: ExitCode = 0;
  const program = new Program('trunkline')
    .description(SUMMARY)
    .version(VERSION, '-V, --version')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .showHelpAfterError(SEE_HELP)
    .exitOverride();
  const wanted = argv.find((argument) => !argument.startsWith('-'));
  for (const [name, load] of Object.entries(COMMANDS)) {
    // Help lists every command; a call loads its own only.
    if (wanted !== undefined && wanted !== name && Object.hasOwn(COMMANDS, wanted)) continue;
    const command = await load();
    const line = program
      .command(`${name}${command.argument ? ` ${command.argument}` : ''}`)
      .description(command.summary);
    for (const { flags, summary } of command.options) line.option(flags, summary);
    line.option('--json', 'print one JSON document');
    line
      .copyInheritedSettings(program)
      .exitOverride()
      .action(async (...given: unknown[]) => {
        const argument = command.argument && typeof given[0] === 'string' ? given[0] : '';
        const options = line.opts<Options>();
        const context: CommandContext = {
          environment,
          folder: process.cwd(),
          terminal: screen,
          clock: systemClock(),
          json: options.json === true,
          interrupted: stopped,
          pause: (milliseconds) => timer(milliseconds).then(() => undefined),
        };
        exitCode = report(context, await outcome(command, context, argument, options));
      });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const { document } = failure(2, 'UsageWrong', error.message.replace(/^error: /, ''), SEE_HELP);
    if (argv.includes('--json')) screen.out(`${JSON.stringify(document)}\n`);
    return 2;
  }
  return exitCode;
}

/** The catalogue's remedies for these speak to the functions' operator; here a person's own connection broke. */
const GOES_ON =
  'Check the connection and the endpoint. What was started goes on in the functions: `trunkline watch` follows it.';
const NOT_SET_UP =
  'Nothing of that name is there: check TRUNKLINE_REGION and the names, or make what is missing with `trunkline bootstrap`.';
/** The service was reached, and says that the table or the bucket is not. The adapters' messages end with its code. */
const MISSING = /\b(OTSObjectNotExist|NoSuchBucket)$/;

function remedyOf({ code, message, remedy }: TrunklineError): string {
  switch (code) {
    case 'StoreUnavailable':
    case 'QueueUnavailable':
    case 'ObjectsUnavailable':
      return MISSING.test(message) ? NOT_SET_UP : GOES_ON;
    default:
      return remedy;
  }
}

/** Nothing failed: what was asked for cannot be. */
const ASKED_WRONGLY: ReadonlySet<ErrorCode> = new Set([
  'InputInvalid',
  'LocalCloudMissing',
  'NetworkUnknown',
  'NotSettled',
  'RunUnknown',
  'StillNeeded',
]);

async function outcome(command: Command, context: CommandContext, argument: string, options: Options): Promise<Result> {
  try {
    return await command.run(context, argument, options);
  } catch (error) {
    if (error instanceof UsageError) return failure(2, 'UsageWrong', error.message, error.remedy);
    if (error instanceof TrunklineError) {
      return failure(ASKED_WRONGLY.has(error.code) ? 2 : 1, error.code, error.message, remedyOf(error));
    }
    const refusal = cloudErrorOf(error);
    if (refusal) return cloudFailure(error as Error, refusal);
    // A defect of ours: the stack goes with it, the document stays a document.
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (context.json) context.terminal.note(`${stack}\n`);
    const message = context.json && error instanceof Error ? error.message : stack;
    return failure(1, 'Unexpected', message, 'This is a defect of Trunkline: report it with the message.');
  }
}

/** The services' codes have a table of what they mean and what helps. */
async function cloudFailure(error: Error, { code, action }: CloudErrorDetail): Promise<Result> {
  const { explainFailure } = await import('./doctor/explain-failure');
  const explained = explainFailure(error);
  const remedy = explained ? `${explained.cause}: ${explained.remedy}` : '`trunkline doctor` looks at the account.';
  return failure(1, code, `${action}: ${error.message}`, remedy);
}

const failure = (exitCode: ExitCode, code: string, message: string, remedy: string): Result => ({
  exitCode,
  document: { error: { code, message, remedy } },
  text: `${message}\n${remedy}\n`,
  complaint: true,
});

/** A complaint goes to standard error, so that a pipe carries results only; with --json the document says it. */
function report(
  { terminal: screen, json }: CommandContext,
  { exitCode, document, text, said, complaint }: Result,
): ExitCode {
  if (said) return exitCode;
  if (json) screen.out(`${JSON.stringify(document)}\n`);
  else if (complaint) screen.note(text);
  else screen.out(text);
  return exitCode;
}

// `trunkline … | head` closes the pipe early: that is the reader's choice, not a failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });

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
