import type { Action } from '../rpc/action';
import { checkServiceLinkedRoleExistence } from './check-service-linked-role-existence';
import { createServiceLinkedRole } from './create-service-linked-role';

/** Of Resource Manager only what makes roles for the cloud's own services; what it makes, RAM keeps. */
export const resourceManagerActions: readonly Action[] = [checkServiceLinkedRoleExistence, createServiceLinkedRole];
