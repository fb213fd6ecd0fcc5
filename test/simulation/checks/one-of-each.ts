/**
 * W1, after every change of the cloud: no two things for one intended resource, and nothing of ours that no record
 * accounts for, by its id or by a marker that announced it.
 */
import { CENS, PEER_ATTACHMENTS, TRANSIT_ROUTERS, VPC_ATTACHMENTS } from '../../../local/world/cbn/records';
import type { State } from '../../../local/world/state';
import { CUSTOMER_GATEWAYS, VPN_CONNECTIONS, VPN_GATEWAYS } from '../../../local/world/vpc/records';
import { identityOf } from '../../../shared/engine/identity';
import type { ResourceRecord } from '../../../shared/engine/record';
import type { Check } from './check';

interface Thing {
  id: string;
  name: string;
}

const NAMED = [
  VPN_GATEWAYS,
  CUSTOMER_GATEWAYS,
  VPN_CONNECTIONS,
  CENS,
  TRANSIT_ROUTERS,
  VPC_ATTACHMENTS,
  PEER_ATTACHMENTS,
] as const;

export function oneOfEach(state: State, deployment: string): Check {
  const records = new Map<string, ResourceRecord>();
  /** Every name that a resource has borne, in any generation. */
  const names = new Map<string, string>();
  const look = (): string | null => {
    const seen = new Map<string, string>();
    for (const collection of NAMED)
      for (const { id, name } of state.values<Thing>(collection)) {
        if (!name.startsWith('trunkline-')) continue;
        const resource = names.get(name);
        if (resource === undefined) return `W1: ${id} bears our name, and no record knows it`;
        const other = seen.get(resource);
        if (other !== undefined) return `W1: ${other} and ${id} are both ${resource}`;
        seen.set(resource, id);
        const record = records.get(resource);
        if (record?.cloudId !== id && !record?.marker) return `W1: no record accounts for ${id} (${resource})`;
      }
    return null;
  };
  return {
    name: 'one-of-each',
    row: ({ table, key, after }) => {
      if (table !== 'records' || !after) return null;
      const record = JSON.parse(String(after.record)) as ResourceRecord;
      const [network = '', incarnation = ''] = key;
      const { id: resource, generation } = record;
      records.set(key.join('/'), record);
      names.set(identityOf({ deployment, network, incarnation, resource, generation }).name, key.join('/'));
      const taken = record.ownership === 'ours' && record.cloudId !== null && foreignName(state, record.cloudId);
      return taken ? `W6: ${taken} is not ours, and ${resource} is recorded as if it were` : look();
    },
    changed: look,
  };
}

/** The id, where a thing that bears another's name has it. */
const foreignName = (state: State, id: string): string | null =>
  NAMED.flatMap((collection) => state.values<Thing>(collection)).find(
    (thing) => thing.id === id && !thing.name.startsWith('trunkline-'),
  )?.id ?? null;
