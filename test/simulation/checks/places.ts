/** A VPC or a CEN instance serves one network that lives: nobody takes it from that one. */
import type { NetworkRow } from '../../../shared/engine/run';
import type { Check } from './check';

export interface Places extends Check {
  /** The living network that has the place; null where none has: one that died on its way gives way to whoever asks. */
  holder(place: string): string | null;
}

export function places(): Places {
  const holders = new Map<string, string>();
  const latest = new Map<string, number>();
  const lives = (network: string): boolean => (latest.get(network) ?? 0) > 0;
  return {
    name: 'places',
    row: ({ table, key, before, after }) => {
      if (table === 'networks' && after)
        latest.set(key[0] ?? '', (JSON.parse(String(after.document)) as NetworkRow).latest);
      if (table !== 'places') return null;
      const place = key[0] ?? '';
      if (after) holders.set(place, String(after.network));
      else holders.delete(place);
      const was = before ? String(before.network) : null;
      return was !== null && was !== after?.network && lives(was) ? `${place} was taken from ${was}` : null;
    },
    holder: (place) => {
      const network = holders.get(place) ?? '';
      return lives(network) ? network : null;
    },
  };
}
