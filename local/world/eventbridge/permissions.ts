/** Resources of EventBridge's actions: the ARNs of the service's RAM tables. */
import type { ResourceTable } from '../rpc/permissions';

export const eventBridgeResources: ResourceTable = { ListEventBuses: 'eventbus/*' };
