/**
 * Deploys what s.yaml says through Function Compute's own API: how the local cloud gets its functions, in the same way
 * and to the same end as `s deploy`. Repeating it changes nothing; what differs is updated. Like `s deploy` it takes
 * nothing away that the file does not name.
 *
 * 1. A function has its concurrency before its first trigger: no burst comes that the limits are not meant for.
 * 2. Code is sent only where the zip's CRC-64 differs.
 */
import * as z from 'zod';
import { crc64 } from '../../local/world/oss/crc64';
import { hasCode, TrunklineError } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import type { Target } from '../connection';
import { messageWithRemedy } from '../doctor/explain-failure';
import {
  asyncInput,
  asyncIs,
  functionInput,
  functionIs,
  isAnotherTrigger,
  triggerInput,
  triggerIs,
} from './api-inputs';
import type { Deployment, TriggerProps } from './deployment';
import { type FunctionCompute, type FunctionComputeRequest, functionCompute } from './function-compute';
import { zipCode } from './zip-code';

export interface DeployOptions {
  target: Target;
  definitions: readonly Deployment[];
  /**
   * Tells what would be written, and writes nothing. Code is not compared then: it need not be built, and the zip of
   * another tool differs byte by byte.
   */
  dryRun?: boolean;
}

export interface DeployedFunction {
  functionName: string;
  /** What was written, in order: `CreateFunction`, `UpdateFunction code`, `UpdateTrigger queue`. Empty: all was as wanted. */
  written: readonly string[];
}

/** In the order of the definitions. The first refusal is told when all the others have ended. */
export async function deployFunctions(options: DeployOptions): Promise<DeployedFunction[]> {
  const { target, definitions, dryRun = false } = options;
  const { accountId } = target;
  const api = dryRun ? readOnly(functionCompute(target)) : functionCompute(target);
  const settled = await Promise.allSettled(
    definitions.map((definition) => deployFunction({ api, accountId, definition, dryRun, written: [] })),
  );
  return settled.map((one) => {
    if (one.status === 'fulfilled') return one.value;
    if (!hasCode(one.reason, 'DeploymentFailed')) throw one.reason;
    throw new TrunklineError('DeploymentFailed', messageWithRemedy(one.reason), { cause: one.reason });
  });
}

const readOnly = ({ find }: FunctionCompute): FunctionCompute => ({ find, call: async () => null });

interface Deploying {
  api: FunctionCompute;
  accountId: string;
  definition: Deployment;
  dryRun: boolean;
  written: string[];
}

async function deployFunction(deploying: Deploying): Promise<DeployedFunction> {
  const { functionName, triggers } = deploying.definition.props;
  await putFunction(deploying);
  await Promise.all([putConcurrency(deploying), putAsyncConfig(deploying)]);
  // One after the other: the component does so too, and eventbridge triggers stand last.
  for (const trigger of triggers) await putTrigger(deploying, trigger);
  return { functionName, written: deploying.written };
}

async function putFunction(deploying: Deploying): Promise<void> {
  const { accountId, definition, dryRun } = deploying;
  const path = pathOf(definition);
  const wanted = functionInput(definition, accountId);
  const code = dryRun ? null : await codeOf(definition);
  const actual = await find(deploying, { action: 'GetFunction', method: 'GET', path });
  if (actual === null) {
    await write(deploying, {
      action: 'CreateFunction',
      method: 'POST',
      path: '/functions',
      body: { ...wanted, code },
    });
    return;
  }
  const sameCode = code === null || actual.codeChecksum === code.checksum;
  if (sameCode && functionIs({ ...actual, role: lower(actual.role) }, wanted)) return;
  const { functionName: _, ...settings } = wanted;
  const body = sameCode ? settings : { ...settings, code };
  await write(deploying, { action: 'UpdateFunction', method: 'PUT', path, body }, sameCode ? '' : 'code');
}

async function codeOf({ codeFolder }: Deployment): Promise<{ zipFile: string; checksum: string }> {
  const zip = await zipCode(codeFolder);
  return { zipFile: Buffer.from(zip).toString('base64'), checksum: crc64(zip) };
}

async function putConcurrency(deploying: Deploying): Promise<void> {
  const { concurrencyConfig } = deploying.definition.props;
  const path = `${pathOf(deploying.definition)}/concurrency`;
  const actual = await find(deploying, { action: 'GetConcurrencyConfig', method: 'GET', path });
  if (actual?.reservedConcurrency === concurrencyConfig.reservedConcurrency) return;
  await write(deploying, { action: 'PutConcurrencyConfig', method: 'PUT', path, body: concurrencyConfig });
}

async function putAsyncConfig(deploying: Deploying): Promise<void> {
  const body = asyncInput(deploying.definition.props);
  if (body === null) return;
  const at = { path: `${pathOf(deploying.definition)}/async-invoke-config`, query: { qualifier: 'LATEST' } };
  const actual = await find(deploying, { action: 'GetAsyncInvokeConfig', method: 'GET', ...at });
  if (actual !== null && asyncIs(actual, body)) return;
  await write(deploying, { action: 'PutAsyncInvokeConfig', method: 'PUT', ...at, body });
}

async function putTrigger(deploying: Deploying, trigger: TriggerProps): Promise<void> {
  const wanted = triggerInput(trigger, deploying.accountId);
  const all = `${pathOf(deploying.definition)}/triggers`;
  const path = `${all}/${encodeURIComponent(trigger.triggerName)}`;
  const { triggerName } = trigger;
  const found = await find(deploying, { action: 'GetTrigger', method: 'GET', path });
  const actual = found === null ? null : { ...found, invocationRole: lower(found.invocationRole) };
  if (actual !== null && !isAnotherTrigger(actual, wanted)) {
    if (triggerIs(actual, wanted)) return;
    // What makes it this trigger stays as it is.
    const { triggerName: _name, triggerType: _type, sourceArn: _source, ...body } = wanted;
    await write(deploying, { action: 'UpdateTrigger', method: 'PUT', path, body }, triggerName);
    return;
  }
  if (actual !== null) await write(deploying, { action: 'DeleteTrigger', method: 'DELETE', path }, triggerName);
  await write(deploying, { action: 'CreateTrigger', method: 'POST', path: all, body: wanted }, triggerName);
}

const pathOf = ({ props }: Deployment): string => `/functions/${encodeURIComponent(props.functionName)}`;

const lower = (role: unknown): string => (typeof role === 'string' ? role.toLowerCase() : '');

const answerSchema = z.record(z.string(), z.json());

async function find({ api, definition }: Deploying, request: FunctionComputeRequest): Promise<JsonObject | null> {
  const body = await api.find(request);
  if (body === null) return null;
  const parsed = answerSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { functionName } = definition.props;
  throw new TrunklineError('ResponseMalformed', `${functionName}: ${request.action} was answered with no JSON object`);
}

async function write({ api, written }: Deploying, request: FunctionComputeRequest, what = ''): Promise<void> {
  await api.call(request);
  written.push(what === '' ? request.action : `${request.action} ${what}`);
}
