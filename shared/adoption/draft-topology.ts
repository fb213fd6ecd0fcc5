/**
 * What was surveyed as a topology file: VPCs, offices, applications and access as they stand, each office's key kept as
 * it is. Names come from the cloud's names where they make any. What a file cannot say is told. Pure.
 */
import type { TopologyFile } from '../topology/file-schema';
import { draftApplications } from './draft-applications';
import { type Namer, namer } from './draft-names';
import type { Surveyed, SurveyedConnection, SurveyedVpc } from './surveyed';

export interface Draft {
  file: TopologyFile;
  /** What kinds that carry no name of ours cannot be looked for by: resources as a plan names them, and their ids. */
  known: Map<string, string>;
  unsaid: string[];
}

export function draftTopology(network: string, surveyed: Surveyed): Draft {
  const unsaid = [...surveyed.unsaid];
  const names = namer();
  const known = new Map([[`cen/${network}`, surveyed.cen]]);
  const vpcs = surveyed.vpcs.map((vpc) => ({ ...vpc, called: names.of(vpc.name, vpc.region) }));
  const offices = vpcs.flatMap((vpc) => officesOf(vpc, vpc.called, names));
  for (const { called, gateway } of vpcs) if (gateway) known.set(`vpn-gateway/${called}`, gateway.id);
  for (const { called, id } of offices) known.set(`vpn-connection/${called}`, id);
  const tunnel = tunnelOf(vpcs, unsaid);
  const { applications, access } = draftApplications({ vpcs, offices, unsaid });
  const file: TopologyFile = {
    version: 1,
    name: network,
    ...(tunnel ? { defaults: { tunnel } } : {}),
    backbone: { links: surveyed.links.flatMap((link) => linkOf(link, vpcs, unsaid)) },
    vpcs: Object.fromEntries(vpcs.map((vpc) => [vpc.called, vpcOf(vpc, applications.get(vpc.called) ?? {})])),
    offices: Object.fromEntries(offices.map(({ called, entry }) => [called, entry])),
    access,
  };
  return { file, known, unsaid };
}

type Called<T> = T & { called: string };

function vpcOf(
  { region, id, cidrs, vSwitches, gateway, attachedVSwitches }: SurveyedVpc,
  applications: NonNullable<TopologyFile['vpcs'][string]['applications']>,
): TopologyFile['vpcs'][string] {
  const [first, second] = gateway?.vSwitches ?? [];
  return {
    region,
    id,
    cidrs,
    vSwitches: vSwitches.map(({ routeTable, ...vSwitch }) => ({ ...vSwitch, ...(routeTable ? { routeTable } : {}) })),
    ...(gateway && first !== undefined && second !== undefined
      ? { gateway: { bandwidthMbps: gateway.bandwidthMbps, vSwitches: [first, second] as [string, string] } }
      : {}),
    ...(attachedVSwitches.length > 0 ? { attachment: { vSwitches: attachedVSwitches } } : {}),
    ...(Object.keys(applications).length > 0 ? { applications } : {}),
  };
}

interface DraftedOffice {
  called: string;
  id: string;
  cidrs: string[];
  entry: NonNullable<TopologyFile['offices']>[string];
}

const ANYWHERE = '0.0.0.0/0';

const officesOf = ({ gateway }: SurveyedVpc, vpc: string, names: Namer): DraftedOffice[] =>
  (gateway?.connections ?? []).map((connection) => {
    const stated = connection.officeSide.filter((block) => block !== ANYWHERE);
    const cidrs = connection.routes.length > 0 ? [...connection.routes].sort() : stated;
    return {
      called: names.of(connection.name, 'office'),
      id: connection.id,
      cidrs,
      entry: { vpc, address: connection.address, cidrs, ...selectorsOf(connection, cidrs), presharedKey: 'kept' },
    };
  });

function selectorsOf(
  { cloudSide, officeSide }: SurveyedConnection,
  cidrs: readonly string[],
): Pick<DraftedOffice['entry'], 'selectors'> {
  const isAnywhere = (side: readonly string[]) => side.length === 1 && side[0] === ANYWHERE;
  if (isAnywhere(cloudSide) && isAnywhere(officeSide)) return { selectors: 'any' };
  if (isAnywhere(cloudSide) && [...officeSide].sort().join() === cidrs.join()) return {};
  return { selectors: { cloudSide, officeSide } };
}

function linkOf(
  { regions, bandwidthMbps }: Surveyed['links'][number],
  vpcs: readonly Called<SurveyedVpc>[],
  unsaid: string[],
): NonNullable<NonNullable<TopologyFile['backbone']>['links']> {
  const [one, other] = regions.map((region) => vpcs.find((vpc) => vpc.region === region)?.called);
  if (one === undefined || other === undefined) {
    unsaid.push(`the link between ${regions.join(' and ')} joins a region without a VPC of this network`);
    return [];
  }
  return [{ between: [one, other], bandwidthMbps }];
}

type Tunnel = NonNullable<NonNullable<TopologyFile['defaults']>['tunnel']>;
const PHASES = /^(ikev[12]) (\S+) (\S+) (group\d+) \/ \2 \3 \4$/;

/** A file has one set of algorithms for all tunnels: the one that most have. */
function tunnelOf(vpcs: readonly SurveyedVpc[], unsaid: string[]): Tunnel | null {
  const counts = new Map<string, number>();
  const connections = vpcs.flatMap(({ gateway }) => gateway?.connections ?? []);
  for (const text of connections.flatMap(({ algorithms }) => algorithms)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!most) return null;
  for (const { id, algorithms } of connections)
    for (const text of new Set(algorithms))
      if (text !== most[0]) unsaid.push(`${id} has tunnels of ${text}, and a file has one set of algorithms for all`);
  const [, ike, encryption, authentication, dhGroup] = PHASES.exec(most[0]) ?? [];
  if (ike === undefined) {
    unsaid.push(`${most[0]}: a file has the same algorithms for both phases`);
    return null;
  }
  return { ike, encryption, authentication, dhGroup } as Tunnel;
}
