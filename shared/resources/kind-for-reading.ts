/** The kinds for whoever only looks: nothing is made, and so no key is drawn. */
import type { ResourceKind } from '../engine/resource-kind';
import { TrunklineError } from '../errors';
import type { Kind } from '../plan/desired';
import { resourceKinds } from './registry';

const kinds = resourceKinds({
  randomKey: () => {
    throw new TrunklineError('InvariantBroken', 'who only looks makes nothing, and no key');
  },
});

/** Chosen by the kind of what it will be asked about. */
export const kindForReading = (kind: Kind): ResourceKind => kinds[kind] as unknown as ResourceKind;
