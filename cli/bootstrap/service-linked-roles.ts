/**
 * The account's two roles that EventBridge takes to receive from queues and to start functions: a stream has no role of
 * its own. Serverless Devs looks for them at every deployment, and makes those that are missing; what defines them is
 * the service, so there is nothing of them to be different.
 */
import { type Cloud, cloudErrorOf } from '../../shared/engine/cloud';
import type { Item } from './item';
import { ramOf } from './roles';

const ROLES = [
  { name: 'AliyunServiceRoleForEventBridgeSendToFC', ServiceName: 'sendevent-fc.eventbridge.aliyuncs.com' },
  { name: 'AliyunServiceRoleForEventBridgeSendToMNS', ServiceName: 'sendevent-mns.eventbridge.aliyuncs.com' },
];

export const serviceLinkedRoleItems = (cloud: Cloud): Item[] =>
  ROLES.map(({ name, ServiceName }) => ({
    kind: 'role',
    name,
    look: async () => ((await ramOf(cloud).find('GetRole', { RoleName: name })) === null ? 'absent' : 'there'),
    make: () => create(cloud, ServiceName),
    remove: null,
  }));

/** Whoever else makes it in that moment has made the same. */
async function create(cloud: Cloud, ServiceName: string): Promise<void> {
  const request = { service: 'resourcemanager', region: null, action: 'CreateServiceLinkedRole' } as const;
  try {
    await cloud.call({ ...request, parameters: { ServiceName } });
  } catch (error) {
    if (cloudErrorOf(error)?.code !== 'EntityAlreadyExists.Role') throw error;
  }
}
