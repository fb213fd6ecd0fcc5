/**
 * The main program of a function's instance: loads a handler when it is first called, then takes one call at a time
 * from the runtime and gives its result back, with Function Compute's context and log framing (facts:
 * function-compute, section 2.1).
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, inspect } from 'node:util';
import { type AnswerMessage, type CallMessage, callSchema, endLine, startLine } from './host-messages';

/** An initializer and a preStop are given the context alone. */
type Handler = (...given: unknown[]) => unknown;

const [, , codeFolder = ''] = process.argv;
/** The bundle's own `require` would look beside the host. */
const requireCode = createRequire(join(codeFolder, 'code.js'));

const handlers = new Map<string, Handler>();
/** Of the call that is being handled, or was last. */
let requestId = '';

// The local cloud is gone. What a function has started itself is of this process's group, and goes too.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
process.on('message', (message: unknown) => {
  void call(callSchema.parse(message));
});
const logger = { debug: level('verbose'), info: level('info'), warn: level('warn'), error: level('error') };
// The service's runtime does the same: what a function prints carries time, request and level.
Object.assign(console, { ...logger, log: logger.info });

async function call(message: CallMessage): Promise<void> {
  ({ requestId } = message.context);
  write(startLine(message.stage, requestId));
  const answer = await run(message);
  write(endLine(message.stage, requestId));
  process.send?.(answer);
}

async function run({ id, stage, handler: name, event, context }: CallMessage): Promise<AnswerMessage> {
  try {
    const full = { ...context, logger: { requestId, ...logger }, waitsForEmptyEventLoopBeforeCallback: false };
    const handler = handlers.get(name) ?? (await load(name));
    handlers.set(name, handler);
    return {
      id,
      ok: true,
      result: bytesOf(await (stage === 'Invoke' ? handler(Buffer.from(event), full) : handler(full))),
    };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(textOf(thrown));
    const errorMessage = textOf(error.message);
    const stack = typeof error.stack === 'string' ? error.stack : errorMessage;
    logger.error(stack);
    return { id, ok: false, errorType: textOf(typeOf(error)), errorMessage, stackTrace: stack.split('\n') };
  }
}

/** Code may throw anything, and errors whose name or message is no text: what is not answered would run into the time-out. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : inspect(value));

async function load(name: string): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  const file = join(codeFolder, name.slice(0, dot));
  const loaded = await moduleAt(file);
  const handler = loaded[name.slice(dot + 1)];
  if (typeof handler !== 'function')
    throw new Error(`Handler '${name.slice(dot + 1)}' is missing on module '${name.slice(0, dot)}'`);
  return handler as Handler;
}

async function moduleAt(file: string): Promise<Record<string, unknown>> {
  try {
    return requireCode(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_REQUIRE_ESM') return import(pathToFileURL(requireCode.resolve(file)).href);
    // `require` looks for no .mjs by itself.
    if (code === 'MODULE_NOT_FOUND' && isThere(`${file}.mjs`)) return import(pathToFileURL(`${file}.mjs`).href);
    throw error;
  }
}

function isThere(file: string): boolean {
  try {
    requireCode.resolve(file);
    return true;
  } catch {
    return false;
  }
}

/** Two errors have names of the runtime's own. */
function typeOf(error: Error): unknown {
  if (error instanceof SyntaxError) return 'UserCodeSyntaxError';
  const missing = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes((error as NodeJS.ErrnoException).code ?? '');
  return missing ? 'ImportModuleError' : error.name;
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
