/** Resources of STS's actions; who one is, everybody may ask. */
import type { ResourceTable } from '../rpc/permissions';

export const stsResources: ResourceTable = { AssumeRole: '{RoleArn}', GetCallerIdentity: null };
