import { isoSeconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import type { TriggerRecord } from './records';

/** Stands in an HTTP trigger's address until the wire, which knows its port, puts it in. */
export const ENDPOINT = 'endpoint:';

/** Without `targetArn`, and `status` for EventBridge's only: the deployment tool's plan would tell of a difference. */
export function triggerView(record: TriggerRecord): JsonObject {
  const url = `${ENDPOINT}/fcapp/${record.functionName}/`;
  return {
    triggerName: record.name,
    triggerId: record.id,
    triggerType: record.type,
    qualifier: record.qualifier,
    description: record.description,
    triggerConfig: record.triggerConfig,
    ...(record.sourceArn === null ? {} : { sourceArn: record.sourceArn }),
    ...(record.invocationRole === null ? {} : { invocationRole: record.invocationRole }),
    ...(record.type === 'http' ? { httpTrigger: { urlInternet: url, urlIntranet: url } } : {}),
    ...(record.type === 'eventbridge' ? { status: 'Running' } : {}),
    createdTime: isoSeconds(record.createdAt),
    lastModifiedTime: isoSeconds(record.modifiedAt),
  };
}
