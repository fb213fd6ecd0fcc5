import { sha256Hex } from '../json';
import type { ResourceId } from '../plan/desired';
import type { Identity } from './resource-kind';

/** What carries it was made by a deployment of Trunkline, or made its own. */
export const DEPLOYMENT_TAG = 'trunkline:deployment';

const NAME_LIMIT = 100;

/** Deterministic: whoever comes again computes the same name, tags and token (W1). */
export function identityOf(input: {
  deployment: string;
  network: string;
  incarnation: string;
  resource: ResourceId;
  generation: number;
}): Identity {
  const { deployment, network, incarnation, resource, generation } = input;
  return {
    ...input,
    name: nameOf(input),
    tags: [
      { key: DEPLOYMENT_TAG, value: deployment },
      { key: 'trunkline:network', value: network },
      { key: 'trunkline:incarnation', value: incarnation },
      { key: 'trunkline:resource', value: resource },
      { key: 'trunkline:generation', value: String(generation) },
    ],
  };
}

/** The ClientToken of an action on the identity; updates and removals add the run. 64 characters, the API's limit. */
export function tokenOf(identity: Identity, action: string, run: string | null = null): string {
  const { deployment, network, incarnation, resource, generation } = identity;
  return sha256Hex(JSON.stringify([deployment, network, incarnation, resource, generation, action, run]));
}

/** A label people recognise and a digest that makes it unique; letters, digits and hyphens suit every API's names. */
function nameOf({ deployment, network, incarnation, resource, generation }: Parameters<typeof identityOf>[0]): string {
  const digest = sha256Hex(JSON.stringify([deployment, network, incarnation, resource, generation])).slice(0, 12);
  const label = `${network}-${resource.slice(resource.indexOf('/') + 1)}`.replace(/[^A-Za-z0-9-]+/g, '-');
  const room = NAME_LIMIT - 'trunkline--'.length - digest.length;
  return `trunkline-${label.slice(0, room)}-${digest}`;
}
