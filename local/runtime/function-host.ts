/**
 * The main program of a function's instance: loads the handler once, then takes one event at a time from the runtime
 * and gives its result back, with Function Compute's context and log framing (facts: function-compute, section 2.1).
 */
import { type AnswerMessage, type InvocationMessage, invocationSchema } from './host-messages';

type Handler = (event: Buffer, context: unknown) => unknown;

/** The bundle's file; Function Compute's `index.handler` is its export of that name. */
const [, , codeFile = ''] = process.argv;

let handler: Handler | null = null;

process.on('disconnect', () => process.exit(0));
process.on('message', (message: unknown) => {
  void invoke(invocationSchema.parse(message));
});

async function invoke({ id, event, context }: InvocationMessage): Promise<void> {
  const { requestId } = context;
  write(`FC Invoke Start RequestId: ${requestId}`);
  const answer = await run(id, Buffer.from(event), { ...context, ...hostContext(requestId) });
  write(`FC Invoke End RequestId: ${requestId}`);
  process.send?.(answer);
}

async function run(id: number, event: Buffer, context: unknown): Promise<AnswerMessage> {
  try {
    handler ??= load();
    return { id, ok: true, result: resultText(await handler(event, context)) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    write(error.stack ?? error.message);
    const stackTrace = (error.stack ?? '')
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    return { id, ok: false, errorType: error.name, errorMessage: error.message, stackTrace };
  }
}

function load(): Handler {
  const loaded = require(codeFile) as { handler?: unknown };
  if (typeof loaded.handler !== 'function') throw new Error(`Handler 'handler' is missing on module '${codeFile}'`);
  return loaded.handler as Handler;
}

/** Function Compute: a Buffer as it is, an object as JSON, anything else as text. */
function resultText(result: unknown): string {
  if (result === undefined || result === null) return '';
  if (Buffer.isBuffer(result)) return result.toString('utf8');
  return typeof result === 'object' ? JSON.stringify(result) : String(result);
}

function hostContext(requestId: string) {
  const level =
    (name: string) =>
    (...parts: unknown[]) =>
      write(`${requestId} [${name}] ${parts.map(String).join(' ')}`);
  const logger = {
    requestId,
    debug: level('verbose'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
  };
  return { logger, waitsForEmptyEventLoopBeforeCallback: false };
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
