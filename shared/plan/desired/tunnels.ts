import type { NetworkName, Topology } from '../../topology/topology';
import type { CustomerGateway, PresharedKey, VpnConnection } from '../desired';
import { connectionId, customerGatewayId, gatewayId, presharedKeyId } from './resource-ids';
import { type OfficeAtVpc, officesAtVpcs } from './sites';
import { sortCidrs } from './sort-cidrs';
import type { Wanted } from './wanted';

type Tunnel = Wanted<CustomerGateway> | Wanted<PresharedKey> | Wanted<VpnConnection>;

/**
 * What each office's tunnel consists of. Offices of one region with one address (behind two VPCs) name the same
 * customer gateway: the cloud takes one per address and region.
 */
export function tunnels(topology: Topology): Tunnel[] {
  return officesAtVpcs(topology).flatMap((site) => [
    customerGateway(site),
    ...(site.office.keepsKey ? [] : [presharedKey(topology.name, site)]),
    connection(topology, site),
  ]);
}

const customerGateway = ({ office, vpc }: OfficeAtVpc): Wanted<CustomerGateway> => ({
  id: customerGatewayId(vpc.region, office.address),
  desired: { kind: 'customer-gateway', region: vpc.region, address: office.address },
});

/** A generated key's secret is named by network and office, so that whoever comes again finds it. */
const presharedKey = (network: NetworkName, { office, vpc }: OfficeAtVpc): Wanted<PresharedKey> => ({
  id: presharedKeyId(office),
  desired: {
    kind: 'pre-shared-key',
    region: vpc.region,
    secretName: office.presharedKeySecret ?? `${network}/${office.name}`,
    provided: office.presharedKeySecret !== null,
  },
});

const connection = (topology: Topology, { office, vpc }: OfficeAtVpc): Wanted<VpnConnection> => ({
  id: connectionId(office.name),
  desired: {
    kind: 'vpn-connection',
    region: vpc.region,
    gateway: gatewayId(vpc.name),
    customerGateway: customerGatewayId(vpc.region, office.address),
    presharedKey: office.keepsKey ? null : presharedKeyId(office),
    cloudSide: sortCidrs(office.selectors.cloudSide),
    officeSide: sortCidrs(office.selectors.officeSide),
    tunnel: { ...topology.tunnel },
  },
});
