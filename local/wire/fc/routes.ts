/** Methods and paths of the API 2023-03-30, as operations of the world. */
import type { Json, JsonObject } from '../../../shared/json';
import type { FcInput, Page } from '../../world/fc/operations';
import type { Pair } from '../query';
import { firstValue, percentDecode } from '../query';

interface Call {
  /** What the path names, decoded. */
  name: string;
  trigger: string;
  query: readonly Pair[];
  body: JsonObject;
}

type Route = (call: Call) => FcInput;

const page = ({ query }: Call): Page => {
  const limit = firstValue(query, 'limit');
  return { limit: limit === null || limit === '' ? null : Number(limit), nextToken: firstValue(query, 'nextToken') };
};
const queried = ({ query }: Call, key: string): string => firstValue(query, key) ?? '';

/** `{f}` is a function's name, `{t}` a trigger's. */
const ROUTES: Readonly<Record<string, Route>> = {
  'POST /functions': ({ body }) => ({ operation: 'CreateFunction', body }),
  'GET /functions': (call) => ({ operation: 'ListFunctions', prefix: queried(call, 'prefix'), ...page(call) }),
  'GET /functions/{f}': ({ name }) => ({ operation: 'GetFunction', name }),
  'PUT /functions/{f}': ({ name, body }) => ({ operation: 'UpdateFunction', name, body }),
  'DELETE /functions/{f}': ({ name }) => ({ operation: 'DeleteFunction', name }),
  'POST /functions/{f}/triggers': ({ name, body }) => ({ operation: 'CreateTrigger', name, body }),
  'GET /functions/{f}/triggers': (call) => ({ operation: 'ListTriggers', name: call.name, ...page(call) }),
  'GET /functions/{f}/triggers/{t}': ({ name, trigger }) => ({ operation: 'GetTrigger', name, trigger }),
  'PUT /functions/{f}/triggers/{t}': ({ name, trigger, body }) => ({ operation: 'UpdateTrigger', name, trigger, body }),
  'DELETE /functions/{f}/triggers/{t}': ({ name, trigger }) => ({ operation: 'DeleteTrigger', name, trigger }),
  'PUT /functions/{f}/async-invoke-config': ({ name, body }) => ({ operation: 'PutAsyncInvokeConfig', name, body }),
  'GET /functions/{f}/async-invoke-config': ({ name }) => ({ operation: 'GetAsyncInvokeConfig', name }),
  'DELETE /functions/{f}/async-invoke-config': ({ name }) => ({ operation: 'DeleteAsyncInvokeConfig', name }),
  'GET /async-invoke-configs': (call) => ({
    operation: 'ListAsyncInvokeConfigs',
    name: queried(call, 'functionName'),
    ...page(call),
  }),
  'PUT /functions/{f}/concurrency': ({ name, body }) => ({ operation: 'PutConcurrencyConfig', name, body }),
  'GET /functions/{f}/concurrency': ({ name }) => ({ operation: 'GetConcurrencyConfig', name }),
  'DELETE /functions/{f}/concurrency': ({ name }) => ({ operation: 'DeleteConcurrencyConfig', name }),
  'GET /functions/{f}/vpc-bindings': ({ name }) => ({ operation: 'ListNone', name, list: 'vpcIds' }),
  'GET /functions/{f}/aliases': ({ name }) => ({ operation: 'ListNone', name, list: 'aliases' }),
  'GET /functions/{f}/versions': ({ name }) => ({ operation: 'ListNone', name, list: 'versions' }),
  'GET /scaling-configs': (call) => ({
    operation: 'ListNone',
    name: queried(call, 'functionName'),
    list: 'scalingConfigs',
  }),
  'GET /functions/{f}/scaling-config': ({ name }) => ({ operation: 'GetNone', name, what: 'ScalingConfigNotFound' }),
  'GET /functions/{f}/provision-config': ({ name }) => ({
    operation: 'GetNone',
    name,
    what: 'ProvisionConfigNotFound',
  }),
  'GET /functions/{f}/aliases/{t}': ({ name }) => ({ operation: 'GetNone', name, what: 'AliasNotFound' }),
};

export interface RoutedRequest {
  method: string;
  /** Behind the version: `/functions/x`. */
  path: string;
  query: readonly Pair[];
  body: Json;
}

/** Null where the API has no such method and path, or the local cloud does not serve it. */
export function route({ method, path, query, body }: RoutedRequest): FcInput | null {
  const [, first = '', name, third, trigger, ...more] = path.split('/');
  if (more.length > 0) return null;
  const pattern = [
    `${method} /${first}`,
    ...(name === undefined ? [] : ['{f}']),
    ...(third === undefined ? [] : [third]),
    ...(trigger === undefined ? [] : ['{t}']),
  ].join('/');
  const found = Object.hasOwn(ROUTES, pattern) ? ROUTES[pattern] : undefined;
  const call = { name: percentDecode(name ?? ''), trigger: percentDecode(trigger ?? ''), query };
  return found?.({ ...call, body: isMapping(body) ? body : {} }) ?? null;
}

const isMapping = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
