/**
 * Function Compute's API 2023-03-30, of it what a deployment needs, over the official core SDK's generic call: the
 * product SDK would add its 25 MB to the command line.
 */

import Client, { $OpenApiUtil } from '@alicloud/openapi-core';
import { TRANSPORT_CODE } from '../../shared/alicloud/classify-error';
import { seconds } from '../../shared/clock';
import { TrunklineError } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { revealed } from '../../shared/secret';
import type { Target } from '../connection';

export interface FunctionComputeRequest {
  action: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /2023-03-30; names in it are encoded already. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: JsonObject;
}

export interface FunctionCompute {
  /** The answer's body; null where what is asked for does not exist. */
  find(request: FunctionComputeRequest): Promise<unknown>;
  /** The answer's body, whatever it is. */
  call(request: FunctionComputeRequest): Promise<unknown>;
}

const VERSION = '2023-03-30';
/** Sending a bundle of some megabytes over a slow line takes its time. */
const TIMEOUT = seconds(60);
const NOT_FOUND = 404;

export function functionCompute({ endpoint, accountId, region, credentials }: Target): FunctionCompute {
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const client = new Client(
    new $OpenApiUtil.Config({
      endpoint: endpoint === null ? `${accountId}.${region}.fc.aliyuncs.com` : new URL(endpoint).host,
      protocol: endpoint === null ? 'https' : new URL(endpoint).protocol.slice(0, -1),
      accessKeyId,
      accessKeySecret: revealed(accessKeySecret),
      ...(securityToken === null ? {} : { securityToken: revealed(securityToken) }),
      readTimeout: TIMEOUT,
      connectTimeout: TIMEOUT,
    }),
  );
  const call = async (request: FunctionComputeRequest): Promise<unknown> => {
    try {
      return await send(client, request);
    } catch (cause) {
      throw failure(request, cause);
    }
  };
  return {
    call,
    find: async (request) => {
      try {
        return await send(client, request);
      } catch (cause) {
        if (statusOf(cause) === NOT_FOUND) return null;
        throw failure(request, cause);
      }
    },
  };
}

async function send(
  client: Client,
  { action, method, path, query = {}, body }: FunctionComputeRequest,
): Promise<unknown> {
  const description = new $OpenApiUtil.Params({
    action,
    version: VERSION,
    protocol: 'HTTPS',
    pathname: `/${VERSION}${path}`,
    method,
    authType: 'AK',
    style: 'ROA',
    reqBodyType: 'json',
    // What is deleted is answered with 204 and nothing to parse.
    bodyType: method === 'DELETE' ? 'none' : 'json',
  });
  const content = new $OpenApiUtil.OpenApiRequest({ query, ...(body === undefined ? {} : { body }) });
  const response = await client.callApi(description, content, RUNTIME);
  return response.body;
}

/** See shared/alicloud/openapi-cloud.ts: everything is said in the client's configuration. */
const RUNTIME = {} as Parameters<Client['callApi']>[2];

const statusOf = (error: unknown): unknown => fieldsOf(error).statusCode;

/** What the service said, for whoever looks for a failure's cause. */
export class FunctionComputeError extends Error {
  constructor(
    readonly action: string,
    /** `AccessDenied`; where no answer came, Node's own (`ECONNREFUSED`), else `Transport`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'FunctionComputeError';
  }
}

/**
 * The SDK's error holds the request, and with it the code: of it only code and message go on. The message begins with
 * the code where the service answered.
 */
function failure({ action, path, body }: FunctionComputeRequest, cause: unknown): TrunklineError {
  const { code, message } = fieldsOf(cause);
  const subject = path.split('/')[2] ?? String(body?.functionName);
  const said = typeof message === 'string' ? message : 'no answer';
  const known = typeof code === 'string' && code !== 'undefined' ? code : TRANSPORT_CODE;
  return new TrunklineError('DeploymentFailed', `${subject}: ${action}: ${said}`, {
    cause: new FunctionComputeError(action, known, said),
  });
}

const fieldsOf = (error: unknown): Record<string, unknown> =>
  error !== null && typeof error === 'object' ? (error as Record<string, unknown>) : { message: String(error) };
