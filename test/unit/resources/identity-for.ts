import { identityOf } from '../../../shared/engine/identity';
import type { Identity } from '../../../shared/engine/resource-kind';
import type { ResourceId } from '../../../shared/plan/desired';

/** As the engine makes it, for a network of the tests. */
export const identityFor = (resource: string, generation = 1): Identity =>
  identityOf({ deployment: 'test', network: 'acme', incarnation: 'i1', resource: resource as ResourceId, generation });
