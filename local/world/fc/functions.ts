import type { JsonObject } from '../../../shared/json';
import { roleTrusts } from '../ram/trust';
import type { Context } from '../world';
import { dropCode, storeCode } from './code';
import { FcError, functionNotFound, invalidArgument } from './fc-error';
import { type CreateInput, checkRatio, createInput, keptFields, type UpdateInput, updateInput } from './function-input';
import { functionView } from './function-view';
import type { Operations } from './operations';
import { page } from './page';
import { ASYNC_CONFIGS, CONCURRENCY, FUNCTIONS, type FunctionRecord, TRIGGERS } from './records';

const DEFAULT_CPU = 0.35;
const DEFAULT_MEMORY_MB = 512;
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_HOOK_SECONDS = 3;

export function findFunction({ state }: Context, name: string): FunctionRecord {
  const found = state.get<FunctionRecord>(FUNCTIONS, name);
  if (!found) throw functionNotFound(name);
  return found;
}

export function createFunction(context: Context, { body }: Operations['CreateFunction']): JsonObject {
  const input = createInput(body);
  const name = input.functionName;
  if (context.state.get(FUNCTIONS, name) !== undefined)
    throw new FcError(409, 'FunctionAlreadyExists', `function '${name}' already exists`);
  const record: FunctionRecord = {
    name,
    id: context.newId(''),
    runtime: input.runtime,
    handler: input.handler,
    ...settingsOf(input, DEFAULTS),
    ...storeCode(context, input.code),
    echo: keptFields(body),
    createdAt: context.now,
    modifiedAt: context.now,
    revision: 1,
  };
  return put(context, record);
}

/** What is not sent stays. */
export function updateFunction(context: Context, { name, body }: Operations['UpdateFunction']): JsonObject {
  const before = findFunction(context, name);
  const input = updateInput(body);
  const record: FunctionRecord = {
    ...before,
    runtime: input.runtime ?? before.runtime,
    handler: input.handler ?? before.handler,
    ...settingsOf(input, before),
    ...(input.code ? storeCode(context, input.code) : {}),
    echo: { ...before.echo, ...keptFields(body) },
    modifiedAt: context.now,
    revision: before.revision + 1,
  };
  const view = put(context, record);
  dropCode(context, before.codeChecksum);
  return view;
}

export function deleteFunction(context: Context, { name }: Operations['DeleteFunction']): null {
  const { codeChecksum } = findFunction(context, name);
  if (context.state.keysBetween(TRIGGERS, `${name}/`, `${name}0`).length > 0)
    throw new FcError(409, 'FunctionNotEmpty', `function '${name}' has active triggers`);
  for (const collection of [FUNCTIONS, ASYNC_CONFIGS, CONCURRENCY]) context.state.delete(collection, name);
  dropCode(context, codeChecksum);
  return null;
}

export function listFunctions(context: Context, { prefix, ...asked }: Operations['ListFunctions']): JsonObject {
  const names = context.state.keysBetween(FUNCTIONS).filter((name) => name.startsWith(prefix));
  const { items, nextToken } = page(names, asked);
  return { functions: items.map((name) => functionView(context, findFunction(context, name))), ...nextToken };
}

type FunctionSettings = Pick<
  FunctionRecord,
  'cpu' | 'memoryMb' | 'timeoutSeconds' | 'instanceConcurrency' | 'role' | 'environment' | 'initializer' | 'preStop'
>;

const DEFAULTS: FunctionSettings = {
  cpu: DEFAULT_CPU,
  memoryMb: DEFAULT_MEMORY_MB,
  timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
  instanceConcurrency: 1,
  role: null,
  environment: {},
  initializer: null,
  preStop: null,
};

function settingsOf(input: CreateInput | UpdateInput, before: FunctionSettings): FunctionSettings {
  const { instanceLifecycleConfig: hooks } = input;
  return {
    cpu: input.cpu ?? before.cpu,
    memoryMb: input.memorySize ?? before.memoryMb,
    timeoutSeconds: input.timeout ?? before.timeoutSeconds,
    instanceConcurrency: input.instanceConcurrency ?? before.instanceConcurrency,
    role: input.role === undefined ? before.role : input.role || null,
    environment: input.environmentVariables ?? before.environment,
    initializer: hooks === undefined ? before.initializer : hookOf(hooks?.initializer),
    preStop: hooks === undefined ? before.preStop : hookOf(hooks?.preStop),
  };
}

type Hook = { handler?: string | undefined; timeout?: number | undefined } | null | undefined;

const hookOf = (hook: Hook): FunctionRecord['initializer'] =>
  hook?.handler ? { handler: hook.handler, timeoutSeconds: hook.timeout ?? DEFAULT_HOOK_SECONDS } : null;

function put(context: Context, record: FunctionRecord): JsonObject {
  checkRatio(record.cpu, record.memoryMb);
  checkRole(context, record.role);
  context.state.put(FUNCTIONS, record.name, record);
  return functionView(context, record);
}

/** Function Compute takes a role on when an instance starts: one that it cannot take on is refused when it is named. */
function checkRole({ state }: Context, role: string | null): void {
  const trust = role === null ? 'ok' : roleTrusts(state, role, 'fc.aliyuncs.com');
  if (trust === 'no-role') throw invalidArgument(`role '${role}' does not exist`);
  if (trust === 'not-trusted') throw invalidArgument(`role '${role}' does not trust fc.aliyuncs.com`);
}
