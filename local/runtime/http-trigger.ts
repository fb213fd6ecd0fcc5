/** HTTP triggers: `/fcapp/<function>/…` on the one port becomes Function Compute's event and its answer a response. */
import * as z from 'zod';
import { isoSeconds } from '../../shared/clock';
import type { RawRequest, RawResponse } from '../wire/raw';
import type { FunctionRuntime } from './function-runtime';
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

const responseSchema = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.string()).default({}),
  isBase64Encoded: z.boolean().default(false),
  body: z.string().default(''),
});

/** Function Compute sets these itself. */
const OVERRIDDEN = /^(connection|content-length|date|transfer-encoding|x-fc-.*)$/i;

export const httpTrigger =
  (options: HttpTriggerOptions) =>
  async (request: RawRequest): Promise<RawResponse> => {
    if (!options.methods.includes(request.method))
      return error(405, 'MethodNotAllowed', 'The trigger does not take this method.');
    const result = await options.runtime.invoke(
      options.function,
      Buffer.from(JSON.stringify(eventOf(options, request))),
    );
    if (!result.ok) return error(502, result.errorType, 'The function failed; see its log.');
    return responseOf(result.result);
  };

/** Facts: function-compute, section 2.2. */
function eventOf({ shell, function: name, accountId, region }: HttpTriggerOptions, request: RawRequest) {
  const rawPath = `/${request.path.slice(httpPrefix(name).length)}`;
  const now = shell.clock.now();
  const textual = /^(text\/|application\/(json|xml|x-www-form-urlencoded))/i.test(
    request.headers['content-type'] ?? 'text/',
  );
  return {
    version: 'v1',
    rawPath,
    headers: Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [canonical(key), value])),
    queryParameters: Object.fromEntries(new URLSearchParams(request.query ?? '')),
    body: request.body.toString(textual ? 'utf8' : 'base64'),
    isBase64Encoded: !textual,
    requestContext: {
      accountId,
      domainName: `${name}.${region}.fcapp.run`,
      domainPrefix: name,
      requestId: `1-${now.toString(16)}`,
      time: isoSeconds(now),
      timeEpoch: String(now),
      http: {
        method: request.method,
        path: decodeURIComponent(rawPath),
        protocol: 'HTTP/1.1',
        sourceIp: request.remoteAddress,
        userAgent: request.headers['user-agent'] ?? '',
      },
    },
  };
}

/** `x-trunkline-system` as `X-Trunkline-System`. */
const canonical = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

/** A result without a status code is a body. */
function responseOf(result: string): RawResponse {
  const parsed = responseSchema.safeParse(parseJson(result));
  if (!parsed.success) return { status: 200, headers: { 'content-type': 'application/json' }, body: result };
  const { statusCode, headers, isBase64Encoded, body } = parsed.data;
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OVERRIDDEN.test(name))),
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

const error = (status: number, code: string, message: string): RawResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ Code: code, Message: message }),
});
