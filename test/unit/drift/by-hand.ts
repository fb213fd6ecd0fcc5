/** What people do to a network at the console, in a cloud of this process. */

import { minutes } from '../../../shared/clock';
import type { CloudParameter, CloudService } from '../../../shared/engine/cloud';
import type { ResourceRecord } from '../../../shared/engine/record';
import { sha256Hex } from '../../../shared/json';
import type { Kind, ResourceId } from '../../../shared/plan/desired';
import { desiredResources } from '../../../shared/plan/desired-resources';
import { kindForReading } from '../../../shared/resources/kind-for-reading';
import { parseTopology } from '../../../shared/topology/parse-topology';
import type { Topology } from '../../../shared/topology/topology';
import { wait } from '../../in-process/drift-harness';
import type { VirtualCloud } from '../../in-process/virtual-run';

export const topologyOf = (text: string): Topology =>
  parseTopology(new TextEncoder().encode(text), 'topology.yaml').topology!;

export async function recordsOf(cloud: VirtualCloud, network: string): Promise<ResourceRecord[]> {
  const { incarnation } = (await cloud.runs.readNetwork(network))!;
  return cloud.runs.allRecords({ network, incarnation });
}

/** The first of a kind, in the order of ids. */
export async function recordOf(cloud: VirtualCloud, network: string, kind: Kind): Promise<ResourceRecord> {
  const records = (await recordsOf(cloud, network)).filter((record) => record.kind === kind);
  return records.sort((one, other) => (one.id < other.id ? -1 : 1))[0]!;
}

export async function byHand(
  cloud: VirtualCloud,
  service: CloudService,
  region: string | null,
  action: string,
  parameters: Record<string, CloudParameter>,
): Promise<unknown> {
  const answer = await cloud.cloud.call({ service, region, action, parameters });
  wait(cloud);
  return answer;
}

/** With all that needs it, since the cloud refuses to take away what is in use; the last made goes first. */
export async function takeAway(cloud: VirtualCloud, text: string, id: ResourceId): Promise<void> {
  const resources = desiredResources(topologyOf(text));
  const doomed = new Set<ResourceId>([id]);
  for (let grown = 0; grown < doomed.size; ) {
    grown = doomed.size;
    for (const { id: other, needs } of resources) if (needs.some((need) => doomed.has(need))) doomed.add(other);
  }
  const records = new Map((await recordsOf(cloud, topologyOf(text).name)).map((record) => [record.id, record]));
  const left = resources.filter((resource) => doomed.has(resource.id));
  while (left.length > 0) {
    const at = left.findIndex(({ id: one }) => !left.some(({ needs }) => needs.includes(one)));
    const [{ id: next, desired }] = left.splice(at, 1) as [(typeof left)[number]];
    const { cloudId, parameters } = records.get(next)!;
    const removal = {
      desired,
      cloudId: cloudId!,
      parameters: parameters!,
      token: sha256Hex(`by hand ${next}`),
      cloud: cloud.cloud,
    };
    await kindForReading(desired.kind).remove(removal);
    wait(cloud, minutes(5));
  }
}
