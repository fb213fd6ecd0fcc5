/** The local cloud with the account of examples/account.yaml, in this process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAccount, seedAccount } from '../../../local/world/account';
import { rpcActions, rpcEffects } from '../../../local/world/rpc/registry';
import { rpcService } from '../../../local/world/rpc/service';
import type { DesiredResource, ResourceId } from '../../../shared/plan/desired';
import { desiredResources } from '../../../shared/plan/desired-resources';
import type { Topology } from '../../../shared/topology/topology';
import { type InProcess, inProcessWorld } from '../../in-process/in-process-world';
import { Builder } from './build';
import { type WorldCloud, worldCloud } from './world-cloud';

export interface ExampleCloud extends InProcess {
  cloud: WorldCloud;
  builder: Builder;
}

export function exampleCloud(): ExampleCloud {
  const file = 'examples/account.yaml';
  const { account, problems } = parseAccount(readFileSync(join(__dirname, '../../..', file), 'utf8'), file);
  if (!account) throw new Error(JSON.stringify(problems));
  const inProcess = inProcessWorld({ rpc: rpcService(rpcActions, rpcEffects) });
  seedAccount(inProcess.world.state, account, inProcess.clock.now());
  const cloud = worldCloud(inProcess);
  return { ...inProcess, cloud, builder: new Builder(cloud, inProcess.clock) };
}

/** In an order in which each comes after what it needs. */
export function inOrder(topology: Topology): DesiredResource[] {
  const left = new Map(desiredResources(topology).map((resource) => [resource.id, resource]));
  const ordered: DesiredResource[] = [];
  const visit = (id: ResourceId): void => {
    const resource = left.get(id);
    if (!resource) return;
    left.delete(id);
    resource.needs.forEach(visit);
    ordered.push(resource);
  };
  for (const id of [...left.keys()]) visit(id);
  return ordered;
}
