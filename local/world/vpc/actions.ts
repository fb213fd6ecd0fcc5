import type { Action } from '../rpc/action';

export const vpcActions: readonly Action[] = [];
