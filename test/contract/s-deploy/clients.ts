/** Makes a recorded call again with the SDK that the tool made it with. Refusals are answers too: they are not thrown. */
import { Readable } from 'node:stream';
import FC2 from '@alicloud/fc2';
import * as fc from '@alicloud/fc20230330';
import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import OSS from 'ali-oss';
import type { Call } from './call';

export interface Access {
  endpoint: string;
  region: string;
  accountId: string;
  accessKeyId: string;
  accessKeySecret: string;
}

/** What the tempBucketToken was answered with: the upload after it uses it. */
interface TemporaryBucket {
  credentials: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string };
  ossBucket: string;
}

/** `zip`: what is uploaded next. */
export function replayClients(access: Access, zip: () => Buffer): { make(call: Call): Promise<void> } {
  const config = new $OpenApiUtil.Config({
    endpoint: new URL(access.endpoint).host,
    protocol: 'HTTP',
    regionId: access.region,
    accessKeyId: access.accessKeyId,
    accessKeySecret: access.accessKeySecret,
  });
  const functionCompute = new fc.default(config);
  const resourceManager = new OpenApi(config);
  const old = new FC2(access.accountId, {
    accessKeyID: access.accessKeyId,
    accessKeySecret: access.accessKeySecret,
    region: access.region,
    // By another name, and so over other connections: see shared/queue/smq-client.ts on those that the OpenAPI SDK leaves.
    endpoint: access.endpoint.replace('127.0.0.1', 'localhost'),
  });
  let temporary: TemporaryBucket | null = null;
  return {
    make: async (call) => {
      if (call.client === 'fc2') temporary = ((await old.getTempBucketToken()) as { data: TemporaryBucket }).data;
      else if (call.client === 'ali-oss') await upload(access.endpoint, temporary, { call, zip: zip() });
      else if (call.client === 'resourcemanager20200331') await askForRole(resourceManager, call);
      else await ask(functionCompute, call);
    },
  };
}

/** No SDK has the action: the component's own client gives it to the generic call, as here. */
async function askForRole(client: OpenApi, { action, method, query }: Call): Promise<void> {
  const description = new $OpenApiUtil.Params({
    action,
    version: '2020-03-31',
    protocol: 'HTTP',
    pathname: '/',
    method,
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const request = new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(query) });
  await client.callApi(description, request, new RuntimeOptions({}));
}

async function upload(
  endpoint: string,
  temporary: TemporaryBucket | null,
  { call, zip }: { call: Call; zip: Buffer },
): Promise<void> {
  if (!temporary) throw new Error('an upload before its token');
  const { AccessKeyId, AccessKeySecret, SecurityToken } = temporary.credentials;
  const oss = new OSS({
    endpoint,
    bucket: temporary.ossBucket,
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    stsToken: SecurityToken,
    // As the tool does: without it the SDK complains. Never called within its five minutes.
    refreshSTSToken: () => Promise.reject(new Error('an upload longer than five minutes')),
  });
  await oss.put(call.path.slice(1), zip);
}

type Operation = (...parameters: unknown[]) => Promise<{ body?: unknown }>;
type Model = (new (map: Record<string, unknown>) => object) & { types(): Record<string, unknown> };

/** `/2023-03-30/functions/NAME/triggers/T`: the odd segments are the names. Then the request, where there is one. */
async function ask(client: fc.default, { action, path, query, headers, body }: Call): Promise<void> {
  const operations = client as unknown as Record<string, Operation>;
  const name = `${action.charAt(0).toLowerCase()}${action.slice(1)}WithOptions`;
  const operation = operations[name];
  if (!operation) throw new Error(`the SDK has no ${name}`);
  const names = path
    .split('/')
    .slice(2)
    .filter((_, index) => index % 2 === 1);
  const request = requestOf(action, { query, body });
  const parameters: unknown[] = operation.length === names.length + 3 ? [...names, request] : names;
  try {
    const { body: answered } = await operation.call(
      client,
      ...parameters,
      headersOf(action, headers),
      new RuntimeOptions({}),
    );
    if (answered instanceof Readable) for await (const _ of answered);
  } catch (error) {
    // What it was answered with is compared on the wire; anything else than a refusal is a defect of this test.
    if (typeof (error as { statusCode?: unknown }).statusCode !== 'number') throw error;
  }
}

/** `<Action>Request`, with the body as the model that it takes. */
function requestOf(action: string, { query, body }: Pick<Call, 'query' | 'body'>): object | null {
  const models = fc as unknown as Record<string, Model>;
  const Request = models[`${action}Request`];
  if (!Request) return null;
  const Body = Request.types()['body'];
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : null;
  if (fields && typeof Body === 'function') return new Request({ ...query, body: new (Body as Model)(fields) });
  return new Request({ ...query, ...(Body === undefined ? fields : { body: Readable.from([bytesOf(body)]) }) });
}

const bytesOf = (body: Call['body']): Buffer =>
  Buffer.from(body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body));

/** An invocation has a model of its headers; it takes these as they are. */
const headersOf = (action: string, headers: Call['headers']): object =>
  action === 'InvokeFunction' ? { commonHeaders: headers } : headers;
