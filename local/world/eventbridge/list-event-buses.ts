import { action } from '../rpc/action';

/** Before anything in the local cloud was made. */
const OPENED_AT = Date.UTC(2024, 0, 1);

/**
 * The bus that every account has from the day on which it opened the service; others cannot be made here. The streams
 * of functions' triggers have none.
 */
export const listEventBuses = action({
  product: 'eventbridge',
  name: 'ListEventBuses',
  parameters: {
    NamePrefix: { type: 'string' },
    Limit: { type: 'integer', minimum: 1, maximum: 100 },
    NextToken: { type: 'string' },
  },
  handle: ({ region, settings }, { NamePrefix = '' }) => {
    const bus = {
      EventBusARN: `acs:eventbridge:${region}:${settings.accountId}:eventbus/default`,
      EventBusName: 'default',
      Description: '',
      CreateTimestamp: OPENED_AT,
    };
    const found = bus.EventBusName.startsWith(NamePrefix) ? [bus] : [];
    return { Code: 'Success', Success: true, Message: '', Data: { EventBuses: found, Total: found.length } };
  },
});
