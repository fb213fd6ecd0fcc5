import type { Kind } from './desired';

/**
 * How long each kind takes to make, roughly: what orders the writes and what `plan` says beforehand. Only their
 * proportions matter to the order; a wrong one costs time, never correctness. Sources: a gateway is documented with
 * 1 to 5 minutes; a transit router's attachment takes 1 to 5 with a long tail (Terraform waits up to 42) and the
 * emulations of its tests some 90 s; a basic attachment took 28 s in Terraform's acceptance test; a gateway stays
 * `updating` for seconds to a minute after each write; a publication is waited for up to 60 s. The rest answers at once
 * and costs the second look.
 */
export const ROUGH_SECONDS: Record<Kind, number> = {
  'vpn-gateway': 180,
  'customer-gateway': 5,
  'pre-shared-key': 5,
  'vpn-connection': 20,
  'vpn-route': 10,
  'vpc-route': 10,
  cen: 5,
  'transit-router': 5,
  'vpc-attachment': 90,
  'peer-attachment': 60,
  'route-table-association': 5,
  'route-table-propagation': 5,
  'cen-child-instance': 30,
  'bandwidth-package': 5,
  'inter-region-bandwidth': 5,
  'cen-route': 10,
  'security-group-rules': 5,
};
