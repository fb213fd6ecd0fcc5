/** HTTP triggers: `/fcapp/<function>/…` on the one port becomes Function Compute's event and its answer a response. */
import { randomUUID } from 'node:crypto';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { isoSeconds } from '../../shared/clock';
import type { RawRequest, RawResponse } from '../wire/raw';
import { MOST_ASYNC_BYTES } from '../world/fc/invoke-function';
import { TRIGGERS, type TriggerRecord } from '../world/fc/records';
import { acceptedEvent } from './async-invocations';
import type { FunctionRuntime } from './function-runtime';
import type { WorldShell } from './world-shell';

export interface HttpTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  accountId: string;
  region: string;
}

/** Where all of them answer. */
export const HTTP_TRIGGERS = '/fcapp/';
const PATH = /^\/fcapp\/([A-Za-z0-9_-]+)(\/.*)$/;

type HttpTrigger = Extract<TriggerRecord, { type: 'http' }>;

/** No 1xx: that is no end of a request, and the client would wait for one. */
const responseSchema = z.object({
  statusCode: z.int().min(200).max(599),
  headers: z
    .record(
      z.string().refine(isHeaderName, 'is no name of a header'),
      z.string().refine(isHeaderValue, 'cannot be sent'),
    )
    .nullish()
    .transform((headers) => headers ?? {}),
  isBase64Encoded: z
    .boolean()
    .nullish()
    .transform((encoded) => encoded ?? false),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ''),
});

/** Function Compute sets these itself. */
const OVERRIDDEN = /^(connection|content-length|date|transfer-encoding|x-fc-.*)$/i;
const TEXTUAL = /^(text\/|application\/(json|xml|x-www-form-urlencoded))/i;

/** Serves what comes below `HTTP_TRIGGERS`: the records say which functions have a trigger there. */
export const serveHttpTriggers =
  (options: HttpTriggerOptions) =>
  async (request: RawRequest): Promise<RawResponse> => {
    const { runtime, shell } = options;
    // biome-ignore lint/plugin: the trigger numbers its requests.
    const requestId = randomUUID();
    const [, name = '', rawPath = ''] = PATH.exec(request.path) ?? [];
    const trigger = triggerOf(shell, name);
    if (!trigger) return refusal(requestId, 404, 'TriggerNotFound', `There is no HTTP trigger at ${request.path}`);
    // The control plane makes no others.
    if (trigger.authType !== 'anonymous')
      return refusal(requestId, 403, 'AccessDenied', 'The local cloud serves anonymous HTTP triggers only.');
    if (!trigger.methods.includes(request.method))
      return refusal(requestId, 405, 'MethodNotAllowed', 'The trigger does not take this method.');
    const path = decoded(rawPath);
    if (path === null) return refusal(requestId, 400, 'InvalidArgument', 'The path is not percent-encoded UTF-8.');
    const event = Buffer.from(JSON.stringify(eventOf(options, trigger, { ...request, rawPath, path, requestId })));
    if (request.headers['x-fc-invocation-type']?.toLowerCase() === 'async') {
      if (event.length > MOST_ASYNC_BYTES)
        return refusal(requestId, 400, 'EntityTooLarge', `The event has more than ${MOST_ASYNC_BYTES} bytes.`);
      shell.write([acceptedEvent(shell, name, event, requestId)]);
      return { status: 202, headers: { 'x-fc-request-id': requestId }, body: '' };
    }
    const answer = await runtime.invoke(name, event, { requestId });
    if (answer.outcome === 'throttled')
      return refusal(requestId, 429, 'ResourceExhausted', 'All instances of the function are busy.');
    if (answer.outcome === 'failed')
      return refusal(requestId, 502, answer.errorType, 'The function failed; see its log.');
    return responseOf(requestId, answer.result);
  };

/** A function has at most one that can be told apart: they would all answer at one address. */
function triggerOf({ world }: WorldShell, name: string): HttpTrigger | undefined {
  if (name === '') return undefined;
  // '0' is the character after '/'.
  return world.state
    .keysBetween(TRIGGERS, `${name}/`, `${name}0`)
    .map((key) => world.state.get<TriggerRecord>(TRIGGERS, key))
    .find((trigger) => trigger?.type === 'http');
}

interface Called extends RawRequest {
  /** Below the function's address: as sent, and decoded. */
  rawPath: string;
  path: string;
  requestId: string;
}

/** Facts: function-compute, section 2.2. */
function eventOf({ shell, accountId, region }: HttpTriggerOptions, trigger: HttpTrigger, called: Called) {
  const { method, rawPath, path, query, headers, body, remoteAddress, requestId } = called;
  const now = shell.clock.now();
  const textual = TEXTUAL.test(headers['content-type'] ?? 'text/');
  return {
    version: 'v1',
    rawPath,
    headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [canonical(key), value])),
    queryParameters: joined(new URLSearchParams(query ?? '')),
    body: body.toString(textual ? 'utf8' : 'base64'),
    isBase64Encoded: !textual,
    requestContext: {
      accountId,
      domainName: `${trigger.id}.${region}.fcapp.run`,
      domainPrefix: trigger.id,
      triggerId: trigger.id,
      requestId,
      time: isoSeconds(now),
      timeEpoch: String(now),
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: remoteAddress,
        userAgent: headers['user-agent'] ?? '',
      },
    },
  };
}

/** Several values of one name are joined by commas. */
const joined = (parameters: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));

/** `x-trunkline-system` as `X-Trunkline-System`. */
const canonical = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/**
 * A result without a status code is a body. One that has it and is no response otherwise (a header that is a number, a
 * status that is a text) is an error of the function's: given back as a body it would be a success, with status 200.
 */
function responseOf(requestId: string, result: Buffer): RawResponse {
  const value = parseJson(result.toString('utf8'));
  const tracing = { 'x-fc-request-id': requestId };
  if (!hasStatusCode(value))
    return { status: 200, headers: { 'content-type': 'application/json', ...tracing }, body: result };
  const parsed = responseSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return refusal(requestId, 502, 'BadResponse', `The function's response is not valid: ${where}: ${issue?.message}`);
  }
  const { statusCode, headers, isBase64Encoded, body } = parsed.data;
  return {
    status: statusCode,
    headers: { ...Object.fromEntries(Object.entries(headers).filter(([name]) => !OVERRIDDEN.test(name))), ...tracing },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

const hasStatusCode = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'statusCode');

/** As Node sends them: what it refuses would end the exchange with a defect of ours. */
function isHeaderName(name: string): boolean {
  return passes(() => validateHeaderName(name));
}

function isHeaderValue(value: string): boolean {
  return passes(() => validateHeaderValue('value', value));
}

function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refusal = (requestId: string, status: number, code: string, message: string): RawResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-fc-request-id': requestId },
  body: JSON.stringify({ Code: code, Message: message, RequestId: requestId }),
});
