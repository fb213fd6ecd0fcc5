/** The passes, in the order in which their findings are told where they share a place. */
import type { Topology } from '../topology';
import { accessBetweenOffices } from './access-between-offices';
import { algorithms } from './algorithms';
import { customTables } from './custom-tables';
import type { Finding, Lint } from './finding';
import { limits } from './limits';
import { links, tunnelsOverTheBorder } from './links';
import { officeAddresses } from './office-addresses';
import { overlappingCidrs } from './overlapping-cidrs';
import { tests } from './tests';
import { vpcAddresses } from './vpc-addresses';
import { zones } from './zones';

const PASSES: readonly Lint[] = [
  overlappingCidrs,
  vpcAddresses,
  officeAddresses,
  zones,
  algorithms,
  links,
  tunnelsOverTheBorder,
  limits,
  accessBetweenOffices,
  customTables,
  tests,
];

export const lint = (topology: Topology): Finding[] => PASSES.flatMap((pass) => pass(topology));
