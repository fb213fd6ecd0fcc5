/** VPC, CBN, ECS, EventBridge, KMS, RAM and STS as one service of the world: finds the action, reads its parameters, lets it answer. */
import type { JsonObject } from '../../../shared/json';
import { isClosed } from '../account/closed-services';
import type { Context, Effect, Service } from '../world';
import { type Action, ApiError, type Product, type RpcContext, VERSIONS } from './action';
import { onceByToken } from './client-token';
import { parseParameters } from './parameters';
import { deniedBody, rpcPermissions } from './permissions';
import { isRegion } from './regions';
import { throttle } from './throttle';

/** What the wire decoded. */
export interface RpcInput {
  product: Product;
  version: string;
  action: string;
  /** Flat, as on the wire: `Tag.1.Key`. Query and form together. */
  parameters: Readonly<Record<string, string>>;
}

export interface RpcOutput {
  status: number;
  /** Without RequestId where it succeeded: the wire adds it. */
  body: JsonObject;
}

export function rpcService(actions: readonly Action[], effects: Readonly<Record<string, Effect>>): Service {
  const byName = new Map(actions.map((action) => [`${action.product}.${action.name}`, action]));
  return {
    effects,
    authorization: {
      permissions: (context, input) => rpcPermissions(context, input as RpcInput),
      denied: (context, input, denial): RpcOutput => ({
        status: 403,
        body: deniedBody(context, input as RpcInput, denial),
      }),
    },
    closed: (context, input) => closedProduct(context, input as RpcInput),
    serve: (context, input) => {
      // Made by the wire or by a test's adapter: the world hands it through as it is.
      const request = input as RpcInput;
      try {
        return { ok: true, output: { status: 200, body: perform(byName, context, request) } satisfies RpcOutput };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return {
          ok: false,
          output: { status: error.status, body: errorBody(context, request, error) } satisfies RpcOutput,
        };
      }
    },
  };
}

/** Of KMS one action tells whether it is open; the code with which the others refuse is documented nowhere. */
function closedProduct(context: Context, request: RpcInput): RpcOutput | null {
  const refusal = refusalIfClosed(context, request);
  return refusal === null ? null : { status: refusal.status, body: errorBody(context, request, refusal) };
}

function refusalIfClosed(context: Context, { product, action }: RpcInput): ApiError | null {
  if (product === 'kms' && action !== 'DescribeAccountKmsStatus' && isClosed(context, 'kms'))
    return new ApiError(400, 'Forbidden.NotOpened', 'Your kms service has not been opened.');
  if (product === 'eventbridge' && isClosed(context, 'eventBridge'))
    return new ApiError(403, 'ServiceNotEnable', 'Service not enable');
  return null;
}

function perform(byName: ReadonlyMap<string, Action>, context: Context, request: RpcInput): JsonObject {
  const { product, version, parameters } = request;
  if (version !== VERSIONS[product]) throw new ApiError(400, 'NoSuchVersion', 'The specified version does not exist.');
  const action = byName.get(`${product}.${request.action}`);
  if (!action)
    throw new ApiError(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url and method.');
  const region = parameters.RegionId || context.settings.region;
  if (!isRegion(region)) throw new ApiError(404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.');
  const rpc: RpcContext = { ...context, region };
  throttle(rpc, action.name);
  const input = parseParameters(action.parameters, parameters, action.unread);
  return onceByToken(rpc, action, parameters, () => action.handle(rpc, input as never));
}

const errorBody = ({ requestId }: Context, { product }: RpcInput, { code, message }: ApiError): JsonObject => ({
  RequestId: requestId,
  HostId: `${product}.aliyuncs.com`,
  Code: code,
  Message: message,
  Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&requestId=${requestId}`,
});
