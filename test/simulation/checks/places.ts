/**
 * A VPC or a CEN instance serves one network that lives: nobody takes it from that one, and who was refused keeps none.
 * One whose file went before it came to a revision may: it gives way to whoever asks.
 */
import { keyOfSource } from '../../../shared/engine/objects';
import type { NetworkRow } from '../../../shared/engine/run';
import type { Check } from './check';

export interface Places extends Check {
  /** The living network that has the place; null where none has. */
  holder(place: string): string | null;
}

export function places(bucket: ReadonlyMap<string, Uint8Array>): Places {
  const holders = new Map<string, string>();
  const rows = new Map<string, NetworkRow>();
  const lives = (network: string): boolean => (rows.get(network)?.latest ?? 0) > 0;
  const isForsaken = (network: string): boolean => {
    const key = keyOfSource(rows.get(network)?.source ?? '');
    return key !== null && !bucket.has(key);
  };
  return {
    name: 'places',
    row: ({ table, key, before, after }) => {
      if (table === 'networks' && after) rows.set(key[0] ?? '', JSON.parse(String(after.document)) as NetworkRow);
      if (table !== 'places') return null;
      const place = key[0] ?? '';
      if (after) holders.set(place, String(after.network));
      else holders.delete(place);
      const was = before ? String(before.network) : null;
      return was !== null && was !== after?.network && lives(was) ? `${place} was taken from ${was}` : null;
    },
    atRest: async () => {
      const idle = [...holders].find(([, network]) => !lives(network) && !isForsaken(network));
      return idle ? `${idle[0]} is kept by ${idle[1]}, which was refused` : null;
    },
    holder: (place) => {
      const network = holders.get(place) ?? '';
      return lives(network) ? network : null;
    },
  };
}
