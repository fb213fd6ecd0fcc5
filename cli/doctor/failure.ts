/**
 * Which service said what, from whatever its SDK throws: the SDKs keep the code in a field, in the error's name or in
 * the message. Errors of our own are looked through to what caused them.
 */
import { ossCode } from '../../shared/alicloud/oss-objects';
import { type CloudService, cloudErrorOf } from '../../shared/engine/cloud';
import { TrunklineError } from '../../shared/errors';
import { smqCode } from '../../shared/queue/smq-client';
import { tablestoreCode } from '../../shared/store/tablestore-client';
import { FunctionComputeError } from '../deployment/function-compute';

export type ServiceName = CloudService | 'fc' | 'oss' | 'tablestore' | 'smq';

export interface ToldFailure {
  /** Null where the error does not say. */
  service: ServiceName | null;
  code: string;
  message: string;
  /** RAM's, of the call that failed; where the error does not name it, those that the command line needs there. */
  actions: readonly string[];
}

/** Longest chain of causes that is followed. */
const DEPTH = 5;

/** Null where no code is found in it. */
export function failureOf(error: unknown, depth = 0): ToldFailure | null {
  if (depth >= DEPTH || !(error instanceof Error)) return null;
  const { message } = error;
  const detail = cloudErrorOf(error);
  if (detail) {
    const { service, code, action } = detail;
    return { service, code, message, actions: [`${service === 'cbn' ? 'cen' : service}:${action}`] };
  }
  if (error instanceof FunctionComputeError)
    return { service: 'fc', code: error.code, message, actions: [actionIn(message) ?? `fc:${error.action}`] };
  if (error instanceof TrunklineError) {
    if (error.code === 'CredentialsMissing') return { service: null, code: error.code, message, actions: [] };
    return failureOf(error.cause, depth + 1);
  }
  return failureOfSdk(error);
}

function failureOfSdk(error: Error): ToldFailure | null {
  const { message } = error;
  const ofSmq = smqCode(error);
  if (ofSmq !== null) return { service: 'smq', code: ofSmq, message, actions: NEEDED.smq };
  const ofTablestore = tablestoreCode(error);
  if (ofTablestore !== null) return { service: 'tablestore', code: ofTablestore, message, actions: NEEDED.tablestore };
  const code = ossCode(error) ?? transportCode(error);
  if (code === null) return null;
  // Of the SDKs here Tablestore's alone calls it so.
  if (code === 'NetworkingError') return { service: 'tablestore', code, message, actions: NEEDED.tablestore };
  const service = isOssError(error) ? 'oss' : null;
  return { service, code, message, actions: service === null ? [] : NEEDED.oss };
}

/** These services' errors do not name the action. */
const NEEDED = {
  oss: ['oss:GetBucketInfo', 'oss:GetBucketVersioning', 'oss:GetBucketPublicAccessBlock', 'oss:GetObject'],
  tablestore: ['ots:ListTable', 'ots:DescribeTable'],
  smq: ['mns:GetQueueAttributes'],
} as const;

/** ali-oss gives its errors the answer's host and the name `<code>Error`; Node's own have neither. */
const isOssError = (error: Error): boolean => 'hostId' in error || 'host' in error || 'requestId' in error;

const transportCode = (error: Error): string | null => (/timeout/i.test(error.name) ? error.name : null);

/** `the caller is not authorized to perform 'fc:GetFunction' on resource …` */
const actionIn = (message: string): string | null => /perform '(fc:\w+)'/.exec(message)?.[1] ?? null;
