/** HTTP triggers: `/fcapp/<function>/…` on the one port becomes Function Compute's event and its answer a response. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isoSeconds } from '../../shared/clock';
import type { RawRequest, RawResponse } from '../wire/raw';
import { type FunctionRuntime, poolOf } from './function-runtime';
import type { WorldShell } from './world-shell';

export interface HttpTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  function: string;
  methods: readonly string[];
  accountId: string;
  region: string;
}

export const httpPrefix = (name: string): string => `/fcapp/${name}/`;

/** A synchronous invocation that finds more than so many before it is refused, as the service refuses it at once. */
const MOST_QUEUED = 100;

const responseSchema = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.string()).default({}),
  isBase64Encoded: z.boolean().default(false),
  body: z.string().default(''),
});

/** Function Compute sets these itself. */
const OVERRIDDEN = /^(connection|content-length|date|transfer-encoding|x-fc-.*)$/i;
const TEXTUAL = /^(text\/|application\/(json|xml|x-www-form-urlencoded))/i;

export const httpTrigger =
  (options: HttpTriggerOptions) =>
  async (request: RawRequest): Promise<RawResponse> => {
    const { runtime, function: name, methods } = options;
    // biome-ignore lint/plugin: the trigger numbers its requests.
    const requestId = randomUUID();
    if (!methods.includes(request.method))
      return refusal(requestId, 405, 'MethodNotAllowed', 'The trigger does not take this method.');
    const path = decoded(request.path.slice(httpPrefix(name).length - 1));
    if (path === null) return refusal(requestId, 400, 'InvalidArgument', 'The path is not percent-encoded UTF-8.');
    if (poolOf(runtime.pools, name).queued() >= MOST_QUEUED)
      return refusal(requestId, 429, 'ResourceExhausted', 'All instances of the function are busy.');
    const event = Buffer.from(JSON.stringify(eventOf(options, request, path, requestId)));
    const result = await runtime.invoke(name, event, { requestId });
    if (!result.ok) return refusal(requestId, 502, result.errorType, 'The function failed; see its log.');
    return responseOf(requestId, result.result);
  };

/** Facts: function-compute, section 2.2. */
function eventOf(
  { shell, function: name, accountId, region }: HttpTriggerOptions,
  { method, path: sent, query, headers, body, remoteAddress }: RawRequest,
  path: string,
  requestId: string,
) {
  const now = shell.clock.now();
  const textual = TEXTUAL.test(headers['content-type'] ?? 'text/');
  return {
    version: 'v1',
    rawPath: sent.slice(httpPrefix(name).length - 1),
    headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [canonical(key), value])),
    queryParameters: joined(new URLSearchParams(query ?? '')),
    body: body.toString(textual ? 'utf8' : 'base64'),
    isBase64Encoded: !textual,
    requestContext: {
      accountId,
      domainName: `${name}.${region}.fcapp.run`,
      domainPrefix: name,
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

/** A result without a status code is a body. */
function responseOf(requestId: string, result: Buffer): RawResponse {
  const parsed = responseSchema.safeParse(parseJson(result.toString('utf8')));
  const tracing = { 'x-fc-request-id': requestId };
  if (!parsed.success)
    return { status: 200, headers: { 'content-type': 'application/json', ...tracing }, body: result };
  const { statusCode, headers, isBase64Encoded, body } = parsed.data;
  return {
    status: statusCode,
    headers: { ...Object.fromEntries(Object.entries(headers).filter(([name]) => !OVERRIDDEN.test(name))), ...tracing },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
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
