import type { Action } from '../rpc/action';
import { assumeRole } from './assume-role';
import { getCallerIdentity } from './get-caller-identity';

export const stsActions: readonly Action[] = [assumeRole, getCallerIdentity];
