/** The passes over what could be resolved; each knows one concern, and keeps quiet about what follows from a gap. */
import type { Finding } from '../finding';
import type { Resolved } from '../resolve/resolve-topology';
import { accessBetweenOffices } from './access-between-offices';
import { adoptions } from './adoptions';
import { algorithms } from './algorithms';
import { border } from './border';
import { customTables } from './custom-tables';
import { gatewayBandwidth } from './gateway-bandwidth';
import { limits } from './limits';
import { links } from './links';
import { officeAddresses } from './office-addresses';
import { overlappingCidrs } from './overlapping-cidrs';
import { secrets } from './secrets';
import { selectors } from './selectors';
import { siteBlocks } from './site-blocks';
import { tests } from './tests';
import { vpcAddresses } from './vpc-addresses';
import { vpcIds } from './vpc-ids';
import { zones } from './zones';

export type Lint = (resolved: Resolved) => Finding[];

const PASSES: readonly Lint[] = [
  overlappingCidrs,
  siteBlocks,
  vpcIds,
  vpcAddresses,
  zones,
  customTables,
  officeAddresses,
  border,
  selectors,
  secrets,
  algorithms,
  links,
  gatewayBandwidth,
  limits,
  accessBetweenOffices,
  tests,
  adoptions,
];

export const lint = (resolved: Resolved): Finding[] => PASSES.flatMap((pass) => pass(resolved));
