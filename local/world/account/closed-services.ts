/**
 * Services that the account's file says were never opened. They are open where nothing is said, as in a world that no
 * file began. The transit router's and the cross-border service are CEN's own (cbn/records.ts).
 */
import type { State } from '../state';

export type ClosableService = 'functionCompute' | 'oss' | 'tablestore' | 'smq' | 'kms' | 'eventBridge';

const CLOSED_SERVICES = 'account.closed-services';

export const isClosed = ({ state }: { state: State }, name: ClosableService): boolean =>
  state.get(CLOSED_SERVICES, name) !== undefined;

export function setClosed(state: State, name: ClosableService, closed: boolean): void {
  if (closed) state.put(CLOSED_SERVICES, name, { name });
  else state.delete(CLOSED_SERVICES, name);
}
