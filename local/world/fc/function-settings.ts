/** What CreateFunction and UpdateFunction have in common: settings with what stands where they are not sent. */
import type { JsonObject } from '../../../shared/json';
import { roleTrusts } from '../ram/trust';
import type { Context } from '../world';
import { invalidArgument } from './fc-error';
import { type CreateInput, checkHandler, checkRatio, type UpdateInput } from './function-input';
import { functionView } from './function-view';
import { FUNCTIONS, type FunctionRecord } from './records';

const DEFAULT_HOOK_SECONDS = 3;

type FunctionSettings = Pick<
  FunctionRecord,
  'cpu' | 'memoryMb' | 'timeoutSeconds' | 'instanceConcurrency' | 'role' | 'environment' | 'initializer' | 'preStop'
>;

export const DEFAULT_SETTINGS: FunctionSettings = {
  cpu: 0.35,
  memoryMb: 512,
  timeoutSeconds: 3,
  instanceConcurrency: 1,
  role: null,
  environment: {},
  initializer: null,
  preStop: null,
};

/** `before` stands where nothing was sent; what was sent empty takes away. */
export function settingsOf(input: CreateInput | UpdateInput, before: FunctionSettings): FunctionSettings {
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

export function putFunction(context: Context, record: FunctionRecord): JsonObject {
  checkHandler(record);
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
