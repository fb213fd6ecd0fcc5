import type { Action } from '../rpc/action';
import { listEventBuses } from './list-event-buses';

/** What tells whether the account has opened the service. Triggers reach it through Function Compute. */
export const eventBridgeActions: readonly Action[] = [listEventBuses];
