/** What Function Compute tells a function: its environment and its context. Facts: function-compute, section 2.1. */
import type { FunctionRecord } from '../world/fc/records';
import type { CredentialRecord } from '../world/sts/credentials';
import type { FunctionContext } from './host-messages';

export interface Place {
  accountId: string;
  region: string;
}

export interface InstanceFacts {
  record: FunctionRecord;
  credentials: CredentialRecord | null;
  instanceId: string;
  codeFolder: string;
  /** What the local cloud adds as the platform; it wins over the function's own. */
  platform: Readonly<Record<string, string>>;
}

/** The system's time zone there is UTC. */
export function environmentOf(place: Place, facts: InstanceFacts): Record<string, string> {
  const { record, credentials, instanceId, codeFolder, platform } = facts;
  const role = credentials
    ? {
        ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.secret,
        ALIBABA_CLOUD_SECURITY_TOKEN: credentials.securityToken,
      }
    : {};
  return {
    TZ: 'UTC',
    ...record.environment,
    ...role,
    FC_FUNC_CODE_PATH: `${codeFolder}/`,
    FC_ACCOUNT_ID: place.accountId,
    FC_REGION: place.region,
    FC_FUNCTION_NAME: record.name,
    FC_FUNCTION_HANDLER: record.handler,
    FC_FUNCTION_MEMORY_SIZE: String(record.memoryMb),
    FC_FUNCTION_VERSION: 'LATEST',
    FC_INSTANCE_ID: instanceId,
    ...platform,
  };
}

export interface CallFacts {
  record: FunctionRecord;
  credentials: CredentialRecord | null;
  requestId: string;
  /** 0 unless an asynchronous invocation is tried again. */
  retryCount: number;
}

export function contextOf(place: Place, { record, credentials, requestId, retryCount }: CallFacts): FunctionContext {
  const { name, handler, memoryMb, timeoutSeconds } = record;
  return {
    requestId,
    credentials: credentials
      ? {
          accessKeyId: credentials.accessKeyId,
          accessKeySecret: credentials.secret,
          securityToken: credentials.securityToken,
        }
      : {},
    function: { name, handler, memory: memoryMb, timeout: timeoutSeconds },
    // Kept for compatibility; empty in Function Compute 3.0.
    service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
    region: place.region,
    accountId: place.accountId,
    retryCount,
    tracing: { openTracingSpanContext: '', openTracingSpanBaggages: {}, jaegerEndpoint: '' },
  };
}
