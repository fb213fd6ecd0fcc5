/** What holds where the file says nothing. */
import type { TopologyFile } from '../file-schema';
import type { ApprovalPolicy, Quotas, TunnelParameters } from '../topology';

/** The services' own; where an account's were raised, the file says so. `rulesPerSecurityGroup` is the older, lower figure. */
const QUOTAS: Quotas = {
  gateways: 30,
  connectionsPerGateway: 10,
  cidrsPerConnection: 5,
  destinationRoutesPerGateway: 20,
  customerGatewaysPerRegion: 100,
  routesPerTable: 200,
  routesPerCen: 100,
  synchronisedVpcsPerTransitRouter: 50,
  rulesPerSecurityGroup: 200,
};

/** Stated always: the API's own defaults are IKEv1, MD5 and group 2. */
const TUNNEL: TunnelParameters = { ike: 'ikev2', encryption: 'aes256', authentication: 'sha256', dhGroup: 'group14' };

/** Sold by both sites of the provider; the international one has none between 10 and 100. */
export const GATEWAY_MBPS = 100;

type Defaults = NonNullable<TopologyFile['defaults']>;

export function quotasOf(given: Defaults['quotas'] = {}): Quotas {
  const quotas = { ...QUOTAS };
  for (const key of Object.keys(QUOTAS) as (keyof Quotas)[]) quotas[key] = given[key] ?? QUOTAS[key];
  return quotas;
}

/** Broken ones are no values of the schema (shape-findings.ts); weak ones are told by lint/algorithms.ts. */
export function tunnelOf(given: Defaults['tunnel'] = {}): TunnelParameters {
  const { ike, encryption, authentication, dhGroup } = given;
  return {
    ike: ike ?? TUNNEL.ike,
    // The API calls AES with 128 bits `aes`.
    encryption: encryption === 'aes128' ? 'aes' : (encryption ?? TUNNEL.encryption),
    authentication: authentication ?? TUNNEL.authentication,
    dhGroup: dhGroup ?? TUNNEL.dhGroup,
  };
}

const A_DAY_HOURS = 24;

export function approvalOf(given: TopologyFile['approval']): ApprovalPolicy | null {
  if (given === undefined || given === 'none') return null;
  const { unless, people = 1, validHours = A_DAY_HOURS } = given === 'always' ? {} : given;
  // Unless nothing: always.
  if (!unless || Object.keys(unless).length === 0) return { people, validHours, unless: null };
  const { addsOnly = false, noOutage = false, noTestTouched = false } = unless;
  const { tasksAtMost = null, monthlyCostBelow = null } = unless;
  return { people, validHours, unless: { addsOnly, noOutage, noTestTouched, tasksAtMost, monthlyCostBelow } };
}
