/** W6: what was there before us, and is not ours to change, is as it was. */
import type { Change, State } from '../../../local/world/state';
import type { Check } from './check';

/** Collections in which a thing that is not ours may be used and never changed; a vSwitch counts its free addresses. */
const FOREIGN = [
  'vpc.vpcs',
  'vpc.route-tables',
  'vpc.vpn-gateways',
  'vpc.customer-gateways',
  'vpc.vpn-connections',
  'ecs.security-groups',
  'ecs.security-rules',
  'cbn.cens',
  'kms.secrets',
] as const;

export const foreignIn = (state: State): Change[] =>
  FOREIGN.flatMap((collection) =>
    state.keysBetween(collection).map((key) => ({ collection, key, value: state.get(collection, key) })),
  );

/** `beginning`: what was there before any network was. */
export function foreign(state: State, beginning: readonly Change[]): Check {
  return {
    name: 'foreign',
    changed: () => {
      // Values are replaced, never modified in place: the same object is the same thing.
      const other = beginning.find(({ collection, key, value }) => {
        const now = state.get(collection, key);
        return now !== value && JSON.stringify(now) !== JSON.stringify(value);
      });
      return other ? `W6: ${other.key} of ${other.collection} is not ours and was changed` : null;
    },
  };
}
