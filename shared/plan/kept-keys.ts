/** A tunnel whose key nobody told Trunkline stands, or cannot be made. */
import { type Problem, problemOf } from '../problem';
import type { Plan } from './plan';

export const keptKeysToMake = (plan: Plan): Problem[] =>
  plan.tasks.flatMap(({ action, resource, desired }) => {
    if (action !== 'create' || desired?.kind !== 'vpn-connection' || desired.presharedKey !== null) return [];
    return problemOf({
      code: 'kept-key-unknown',
      message: `${resource} would be made, and its office says presharedKey: kept: nobody told Trunkline that key`,
      remedy: 'Name the secret that holds it, or leave presharedKey out and Trunkline makes one.',
    });
  });
