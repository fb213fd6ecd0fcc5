/**
 * What the file assumes of the account, against what is there: all differences at once, before anything is touched.
 * Reads only. What was there before and does no harm (another VPN gateway, more vSwitches) is no difference.
 */
import type { Cloud } from '../engine/cloud';
import type { RecordedResource } from '../plan/recorded';
import type { Problem } from '../problem';
import type { Topology } from '../topology/topology';
import { accountError } from './account-problem';
import { compareBackbone } from './compare-backbone';
import { compareVpc } from './compare-vpc';
import { currentVersionOf } from './reads/secrets';
import { withParallelism } from './with-parallelism';

const MOST_AT_ONCE = 6;

export interface Comparison {
  topology: Topology;
  /** What the network has made or found, or is to adopt: what stands in its way may be its own, and go. */
  recorded?: readonly RecordedResource[];
  cloud: Cloud;
}

export async function compareAccount(input: Comparison): Promise<Problem[]> {
  const { topology, recorded = [] } = input;
  const own = new Set([
    ...recorded.flatMap(({ cloudId }) => cloudId ?? []),
    ...topology.adopt.map(({ cloudId }) => cloudId),
  ]);
  const cloud = withParallelism(input.cloud, MOST_AT_ONCE);
  const found = await Promise.all([
    ...topology.vpcs.map((vpc) => compareVpc(cloud, topology, vpc)),
    compareBackbone(cloud, topology, own),
    compareSecrets(cloud, topology),
  ]);
  return found.flat();
}

async function compareSecrets(cloud: Cloud, { offices, vpcs }: Topology): Promise<Problem[]> {
  const found = await Promise.all(
    offices.map(async ({ name, vpc, presharedKeySecret }) => {
      const region = vpcs.find((each) => each.name === vpc)?.region;
      if (presharedKeySecret === null || region === undefined) return [];
      if ((await currentVersionOf(cloud, region, presharedKeySecret)) !== null) return [];
      return accountError(
        'secret-missing',
        `${name} names the secret ${presharedKeySecret}, and the key management service of ${region} has none of that name`,
        `make the secret in ${region}, or leave presharedKey out and Trunkline makes a key`,
      );
    }),
  );
  return found.flat();
}
