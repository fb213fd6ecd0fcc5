/**
 * The main program of a function's instance: loads the handler once, then takes one event at a time from the runtime
 * and gives its result back, with Function Compute's context and log framing (facts: function-compute, section 2.1).
 */
import { format } from 'node:util';
import { type AnswerMessage, type InvocationMessage, invocationSchema } from './host-messages';

type Handler = (event: Buffer, context: unknown) => unknown;

/** The bundle's file; Function Compute's `index.handler` is its export of that name. */
const [, , codeFile = ''] = process.argv;

let handler: Handler | null = null;
/** Of the event that is being handled, or was last. */
let requestId = '';

process.on('disconnect', () => process.exit(0));
process.on('message', (message: unknown) => {
  void invoke(invocationSchema.parse(message));
});
const logger = { debug: level('verbose'), info: level('info'), warn: level('warn'), error: level('error') };
// The service's runtime does the same: what a function prints carries time, request and level.
Object.assign(console, { ...logger, log: logger.info });

async function invoke({ id, event, context }: InvocationMessage): Promise<void> {
  ({ requestId } = context);
  write(`FC Invoke Start RequestId: ${requestId}`);
  const answer = await run(id, Buffer.from(event), {
    ...context,
    logger: { requestId, ...logger },
    waitsForEmptyEventLoopBeforeCallback: false,
  });
  write(`FC Invoke End RequestId: ${requestId}`);
  process.send?.(answer);
}

async function run(id: number, event: Buffer, context: unknown): Promise<AnswerMessage> {
  try {
    handler ??= load();
    return { id, ok: true, result: bytesOf(await handler(event, context)) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const stack = error.stack ?? error.message;
    logger.error(stack);
    const stackTrace = stack.split('\n');
    return { id, ok: false, errorType: typeOf(error), errorMessage: error.message, stackTrace };
  }
}

function load(): Handler {
  const loaded = require(codeFile) as { handler?: unknown };
  if (typeof loaded.handler !== 'function') throw new Error(`Handler 'handler' is missing on module '${codeFile}'`);
  return loaded.handler as Handler;
}

/** Two errors have names of the runtime's own. */
function typeOf(error: Error): string {
  if (error instanceof SyntaxError) return 'UserCodeSyntaxError';
  return (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' ? 'ImportModuleError' : error.name;
}

/** Function Compute: a Buffer as it is, an object as JSON, anything else as text. */
function bytesOf(result: unknown): Buffer<ArrayBuffer> {
  if (Buffer.isBuffer(result)) return Buffer.from(result);
  if (result === undefined || result === null) return Buffer.alloc(0);
  return Buffer.from(typeof result === 'object' ? JSON.stringify(result) : String(result));
}

function level(name: string): (...parts: unknown[]) => void {
  return (...parts) => {
    // biome-ignore lint/plugin: a line of the log tells when it was written.
    write(`${new Date().toISOString()} ${requestId} [${name}] ${format(...parts)}`);
  };
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
