/** What holds where the file says nothing. */
import type { TopologyFile } from '../file-schema';
import { error } from '../finding';
import type { Quotas, TunnelParameters } from '../topology';
import type { Context } from './context';

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

/** Broken ones are errors: whoever writes them has a device in mind that should not be joined. Weak ones: lint/algorithms.ts. */
export function tunnelOf({ tell }: Context, given: Defaults['tunnel'] = {}): TunnelParameters {
  const { ike, encryption, authentication, dhGroup } = given;
  const refuse = (key: keyof TunnelParameters, value: string, reason: string): void =>
    tell(
      error(['defaults', 'tunnel', key], {
        code: 'broken-algorithm',
        message: `${value} is broken: ${reason}`,
        remedy: `Use ${TUNNEL[key]}.`,
      }),
    );
  const tunnel = { ...TUNNEL, ike: ike ?? TUNNEL.ike };
  if (encryption === 'des') refuse('encryption', encryption, 'its 56 bits are searched through in a day');
  else if (encryption === '3des')
    refuse('encryption', encryption, 'its 64-bit blocks repeat on a busy tunnel (Sweet32)');
  // The API calls AES with 128 bits `aes`.
  else if (encryption) tunnel.encryption = encryption === 'aes128' ? 'aes' : encryption;
  if (authentication === 'md5') refuse('authentication', authentication, 'collisions are made at will');
  else if (authentication) tunnel.authentication = authentication;
  if (dhGroup === 'group1') refuse('dhGroup', dhGroup, '768-bit groups have been solved');
  else if (dhGroup) tunnel.dhGroup = dhGroup;
  return tunnel;
}
