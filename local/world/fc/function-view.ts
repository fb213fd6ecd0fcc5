import { isoSeconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import type { FunctionRecord } from './records';
import { tagView } from './tag';
import { tagsOf } from './tags';

export const functionArn = ({ settings }: Context, name: string): string =>
  `acs:fc:${settings.region}:${settings.accountId}:functions/${name}`;

/** What was not sent is not in the answer: the deployment tool's plan would tell of a difference. */
export function functionView(context: Context, record: FunctionRecord): JsonObject {
  const { initializer, preStop } = record;
  // The tool always sends them, and always empty; its plan tells of a difference where they come back.
  const { layers: _, tags: __, ...echo } = record.echo;
  const tags = tagsOf(record);
  const hooks = {
    ...(initializer ? { initializer: { handler: initializer.handler, timeout: initializer.timeoutSeconds } } : {}),
    ...(preStop ? { preStop: { handler: preStop.handler, timeout: preStop.timeoutSeconds } } : {}),
  };
  return {
    ...echo,
    ...(tags.length === 0 ? {} : { tags: tags.map(tagView) }),
    functionName: record.name,
    functionId: record.id,
    functionArn: functionArn(context, record.name),
    runtime: record.runtime,
    handler: record.handler,
    cpu: record.cpu,
    memorySize: record.memoryMb,
    timeout: record.timeoutSeconds,
    ...(record.role === null ? {} : { role: record.role }),
    environmentVariables: { ...record.environment },
    ...(initializer || preStop ? { instanceLifecycleConfig: hooks } : {}),
    codeChecksum: record.codeChecksum,
    codeSize: record.codeSize,
    createdTime: isoSeconds(record.createdAt),
    lastModifiedTime: isoSeconds(record.modifiedAt),
    state: 'Active',
    lastUpdateStatus: 'Successful',
  };
}
