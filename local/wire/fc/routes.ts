/** Methods and paths of the API 2023-03-30, as operations of the world. */
import * as z from 'zod';
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

/** The operations on tags write their parameters in Pascal case, all others in camel case. */
const page = ({ query }: Call, names = { limit: 'limit', nextToken: 'nextToken' }): Page => {
  const limit = firstValue(query, names.limit);
  return {
    limit: limit === null || limit === '' ? null : Number(limit),
    nextToken: firstValue(query, names.nextToken) || null,
  };
};
const queried = ({ query }: Call, key: string): string => firstValue(query, key) ?? '';
const qualified = (call: Call) => ({ name: call.name, qualifier: queried(call, 'qualifier') });

/** `["a","b"]`; what is no list is an empty one, which the operation refuses. */
function list<T extends z.ZodType>(call: Call, key: string, item: T): z.infer<T>[] {
  try {
    return z.array(item).parse(JSON.parse(queried(call, key)));
  } catch {
    return [];
  }
}

const tag = z.object({ Key: z.string(), Value: z.string().default('') }).transform(({ Key, Value }) => ({
  key: Key,
  value: Value,
}));

/** `{f}` is a function's name, `{t}` a trigger's or an alias's. */
const ROUTES: Readonly<Record<string, Route>> = {
  'POST /functions': ({ body }) => ({ operation: 'CreateFunction', body }),
  'GET /functions': (call) => ({ operation: 'ListFunctions', prefix: queried(call, 'prefix'), ...page(call) }),
  'GET /functions/{f}': (call) => ({ operation: 'GetFunction', ...qualified(call) }),
  'PUT /functions/{f}': ({ name, body }) => ({ operation: 'UpdateFunction', name, body }),
  'DELETE /functions/{f}': ({ name }) => ({ operation: 'DeleteFunction', name }),
  'POST /functions/{f}/triggers': ({ name, body }) => ({ operation: 'CreateTrigger', name, body }),
  'GET /functions/{f}/triggers': (call) => ({ operation: 'ListTriggers', name: call.name, ...page(call) }),
  'GET /functions/{f}/triggers/{t}': ({ name, trigger }) => ({ operation: 'GetTrigger', name, trigger }),
  'PUT /functions/{f}/triggers/{t}': ({ name, trigger, body }) => ({ operation: 'UpdateTrigger', name, trigger, body }),
  'DELETE /functions/{f}/triggers/{t}': ({ name, trigger }) => ({ operation: 'DeleteTrigger', name, trigger }),
  'PUT /functions/{f}/async-invoke-config': (call) => ({
    operation: 'PutAsyncInvokeConfig',
    ...qualified(call),
    body: call.body,
  }),
  'GET /functions/{f}/async-invoke-config': (call) => ({ operation: 'GetAsyncInvokeConfig', ...qualified(call) }),
  'DELETE /functions/{f}/async-invoke-config': (call) => ({ operation: 'DeleteAsyncInvokeConfig', ...qualified(call) }),
  'GET /async-invoke-configs': (call) => ({
    operation: 'ListAsyncInvokeConfigs',
    name: queried(call, 'functionName'),
    ...page(call),
  }),
  'PUT /functions/{f}/concurrency': ({ name, body }) => ({ operation: 'PutConcurrencyConfig', name, body }),
  'GET /functions/{f}/concurrency': ({ name }) => ({ operation: 'GetConcurrencyConfig', name }),
  'DELETE /functions/{f}/concurrency': ({ name }) => ({ operation: 'DeleteConcurrencyConfig', name }),
  'GET /concurrency-configs': (call) => ({
    operation: 'ListConcurrencyConfigs',
    name: queried(call, 'functionName'),
    ...page(call),
  }),
  'GET /functions/{f}/vpc-bindings': ({ name }) => ({ operation: 'ListNone', name, list: 'vpcIds' }),
  'GET /functions/{f}/aliases': ({ name }) => ({ operation: 'ListNone', name, list: 'aliases' }),
  'GET /functions/{f}/versions': ({ name }) => ({ operation: 'ListNone', name, list: 'versions' }),
  'GET /scaling-configs': (call) => ({
    operation: 'ListNone',
    name: queried(call, 'functionName'),
    list: 'scalingConfigs',
  }),
  'GET /provision-configs': (call) => ({
    operation: 'ListNone',
    name: queried(call, 'functionName'),
    list: 'provisionConfigs',
  }),
  'GET /functions/{f}/scaling-config': ({ name }) => ({ operation: 'GetEmpty', name, what: 'ScalingConfig' }),
  'GET /functions/{f}/provision-config': ({ name }) => ({ operation: 'GetEmpty', name, what: 'ProvisionConfig' }),
  'GET /functions/{f}/aliases/{t}': ({ name, trigger }) => ({ operation: 'GetAlias', name, alias: trigger }),
  'POST /tags-v2': ({ body }) => ({ operation: 'TagResources', body }),
  'DELETE /tags-v2': (call) => ({
    operation: 'UntagResources',
    resourceType: queried(call, 'ResourceType'),
    resourceIds: list(call, 'ResourceId', z.string()),
    tagKeys: list(call, 'TagKey', z.string()),
    all: queried(call, 'All') === 'true',
  }),
  'GET /tags-v2': (call) => ({
    operation: 'ListTagResources',
    resourceType: queried(call, 'ResourceType'),
    resourceIds: list(call, 'ResourceId', z.string()),
    tags: list(call, 'Tag', tag),
    ...page(call, { limit: 'Limit', nextToken: 'NextToken' }),
  }),
};

interface RoutedRequest {
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
