/** VPC, CBN, ECS, EventBridge, KMS, RAM and STS: one gateway, told apart by the version of the API, with both signature generations. */
import { type Product, VERSIONS } from '../../world/rpc/action';
import type { RpcInput, RpcOutput } from '../../world/rpc/service';
import type { RawRequest, RawResponse } from '../raw';
import { acs3Claim, hasAcs3 } from '../signatures/acs3';
import { judge } from '../signatures/claim';
import { rpcV1Claim } from '../signatures/rpc-v1';
import type { Exchange } from '../wire';
import { businessParameters, rpcParameters } from './parameters';
import { gatewayError, jsonResponse, REFUSALS, UNKNOWN_VERSION } from './rpc-error';

const PRODUCTS = new Map(Object.entries(VERSIONS).map(([product, version]) => [version, product as Product]));

/** POST or GET of `/` that names an action, in a header or as a parameter. */
export const isRpc = (request: RawRequest): boolean =>
  request.path === '/' && (request.headers['x-acs-action'] !== undefined || rpcParameters(request).has('Action'));

export async function serveRpc(request: RawRequest, { options, requestId }: Exchange): Promise<RawResponse> {
  const parameters = rpcParameters(request);
  const claim = hasAcs3(request) ? acs3Claim(request) : rpcV1Claim(request, parameters);
  const verdict = judge(claim, options.credential, options.now());
  if (!verdict.ok) return gatewayError(REFUSALS[verdict.refusal], requestId);
  const version = request.headers['x-acs-version'] ?? parameters.get('Version') ?? '';
  const product = PRODUCTS.get(version);
  if (product === undefined) return gatewayError(UNKNOWN_VERSION, requestId);
  const action = request.headers['x-acs-action'] ?? parameters.get('Action') ?? '';
  const input: RpcInput = { product, version, action, parameters: businessParameters(parameters) };
  const response = await options.handle({ service: 'rpc', caller: verdict.caller, input });
  // The world answers this service's requests with this service's outputs.
  const { status, body } = response.output as RpcOutput;
  return jsonResponse(status, { RequestId: response.requestId, ...body });
}
