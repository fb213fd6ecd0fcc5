/**
 * A deployment as the API's bodies, as the component `fc3` sends them, so that both ways of deploying end in the same
 * functions and triggers; and whether what is deployed is what is wanted.
 */
import { canonicalJson, type Json, type JsonObject } from '../../shared/json';
import type { Deployment, TriggerProps } from './deployment';

/** Sent although empty: what was set once by hand would stay otherwise. */
const EMPTY: JsonObject = {
  vpcConfig: { securityGroupId: '', vSwitchIds: [], vpcId: '' },
  tracingConfig: {},
  ossMountConfig: { mountPoints: [] },
  nasConfig: { groupId: 0, userId: 0, mountPoints: [] },
  layers: [],
  instanceIsolationMode: 'SHARE',
  sessionAffinity: 'NONE',
};

export function functionInput({ props }: Deployment, accountId: string): JsonObject {
  const { functionName, description, runtime, handler, timeout, memorySize, cpu, diskSize } = props;
  return {
    ...EMPTY,
    functionName,
    description,
    runtime,
    handler,
    timeout,
    memorySize,
    cpu,
    diskSize,
    internetAccess: true,
    role: roleArn(props.role, accountId),
    environmentVariables: props.environmentVariables,
    logConfig: props.logConfig,
  };
}

export function triggerInput(trigger: TriggerProps, accountId: string): JsonObject {
  const { triggerName, triggerType, qualifier, description = '', triggerConfig } = trigger;
  return {
    triggerName,
    triggerType,
    qualifier,
    description,
    ...('sourceArn' in trigger ? { sourceArn: trigger.sourceArn } : {}),
    ...('invocationRole' in trigger && trigger.invocationRole !== undefined
      ? { invocationRole: roleArn(trigger.invocationRole, accountId) }
      : {}),
    triggerConfig: JSON.stringify(triggerConfig),
  };
}

export function asyncInput({ asyncInvokeConfig }: Deployment['props']): JsonObject | null {
  if (!asyncInvokeConfig) return null;
  const { maxAsyncEventAgeInSeconds, maxAsyncRetryAttempts, destinationConfig } = asyncInvokeConfig;
  const { onSuccess, onFailure } = destinationConfig;
  return {
    maxAsyncEventAgeInSeconds,
    maxAsyncRetryAttempts,
    destinationConfig: { ...(onSuccess ? { onSuccess } : {}), onFailure },
  };
}

/** A bare name is a role of the account. Lower case, as the component sends it. */
const roleArn = (role: string, accountId: string): string =>
  (role.startsWith('acs:ram:') ? role : `acs:ram::${accountId}:role/${role}`).toLowerCase();

/** What is wanted stands there. What the service adds of its own does not count, and empty is as good as absent. */
function covers(actual: Json | undefined, wanted: Json): boolean {
  if (isEmpty(wanted) && (actual === undefined || isEmpty(actual))) return true;
  if (!isMapping(wanted)) return actual !== undefined && canonicalJson(actual) === canonicalJson(wanted);
  return isMapping(actual) && Object.entries(wanted).every(([key, value]) => covers(actual[key], value));
}

/** A variable that is there beside those wanted is a difference. */
export const functionIs = (actual: JsonObject, wanted: JsonObject): boolean =>
  covers(actual, wanted) &&
  Object.keys(mapping(actual.environmentVariables)).length === Object.keys(mapping(wanted.environmentVariables)).length;

/** A destination that is there beside those wanted is a difference. */
export const asyncIs = (actual: JsonObject, wanted: JsonObject): boolean =>
  covers(actual, wanted) && covers(wanted.destinationConfig, actual.destinationConfig ?? null);

/** Its configuration is compared whole: what was taken out of s.yaml must go. */
export const triggerIs = (actual: JsonObject, wanted: JsonObject): boolean =>
  covers({ ...actual, triggerConfig: null }, { ...wanted, triggerConfig: null }) &&
  canonicalJson(parsed(actual.triggerConfig)) === canonicalJson(parsed(wanted.triggerConfig));

/** These cannot be updated: such a trigger is another one. */
export const isAnotherTrigger = (actual: JsonObject, wanted: JsonObject): boolean =>
  actual.triggerType !== wanted.triggerType ||
  (wanted.sourceArn !== undefined && wanted.sourceArn !== actual.sourceArn);

const isMapping = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapping = (value: Json | undefined): JsonObject => (isMapping(value) ? value : {});

const isEmpty = (value: Json): boolean =>
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (typeof value === 'object' && Object.values(value).every(isEmpty));

function parsed(text: Json | undefined): Json {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
