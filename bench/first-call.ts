// From an upload to the first call to the network's services, cold and warm; the calls of a run; and the most memory that each function's
// instances took in a whole run of the example (Linux only: /proc). Both runs stand in one life of the local cloud.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import OSS from 'ali-oss';
import { connectTo, targetOfLocal } from '../cli/connection';
import { fillLocalCloud, hostFile } from '../cli/fill-local-cloud';
import { type LocalCloud, startLocalCloud } from '../local/runtime/local-cloud';
import { parseAccount } from '../local/world/account';
import { systemClock } from '../shared/clock';

const DEPLOYMENT = 'bench';
const NETWORK_SERVICES = /^(vpc|cen|ecs):/;
const PATIENCE_MS = 120_000;

const example = (name: string): string => readFileSync(join(__dirname, '..', '..', 'examples', `${name}.yaml`), 'utf8');

async function main(): Promise<void> {
  const { account } = parseAccount(example('account'), 'account.yaml');
  if (!account) throw new Error('the example account is not valid');
  let firstCall: (() => void) | null = null;
  const calls = new Map<string, number>();
  const clock = systemClock();
  const cloud = await startLocalCloud({
    account,
    port: 0,
    speed: 60,
    dataFolder: null,
    caFolder: join(__dirname, '..', 'test-ca'),
    hostFile: hostFile(),
    deployment: DEPLOYMENT,
    bucket: 'trunkline-topologies',
    tablestoreInstance: 'trunkline',
    bootstrap: (document) => fillLocalCloud(document, DEPLOYMENT, clock),
    observeAuthorization: ({ action }) => {
      const service = action.slice(0, action.indexOf(':'));
      calls.set(service, (calls.get(service) ?? 0) + 1);
      if (NETWORK_SERVICES.test(action)) firstCall?.();
    },
    log: () => undefined,
  });
  const { document } = cloud;
  const oss = new OSS({
    region: `oss-${document.region}`,
    endpoint: document.endpoint,
    bucket: document.bucket,
    accessKeyId: document.accessKeyId,
    accessKeySecret: document.accessKeySecret,
  });
  const toFirstCall = async (name: string): Promise<number> => {
    const called = new Promise<number>((resolve) => {
      firstCall = () => resolve(performance.now());
    });
    const began = performance.now();
    await oss.put(`topologies/${name}.yaml`, Buffer.from(example(name)));
    return Math.round((await called) - began);
  };
  const coldMs = await toFirstCall('global-network');
  const peaks = await followToEnd(cloud, 'global-network');
  const inTheRun = [...calls].map(([service, count]) => `${count} ${service}`).join(', ');
  const warmMs = await toFirstCall('second-network');
  console.log(`from upload to the first cloud call: ${coldMs} ms cold, ${warmMs} ms warm`);
  console.log(`calls of the first run, by RAM's name of the service: ${inTheRun}`);
  console.table([...peaks].map(([name, megabytes]) => ({ function: name, 'peak MB': megabytes })));
  await cloud.stop();
  process.exit(0);
}

/** Looks at every instance until the run has ended. */
async function followToEnd(cloud: LocalCloud, network: string): Promise<Map<string, number>> {
  const peaks = new Map<string, number>();
  const { runs } = connectTo(targetOfLocal(cloud.document, DEPLOYMENT), systemClock());
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    for (const [name, megabytes] of instances()) peaks.set(name, Math.max(peaks.get(name) ?? 0, megabytes));
    const row = await runs.readNetwork(network);
    if (row?.lastRun && !row.activeRun) return peaks;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the run did not end');
}

/** Our own children that are functions: name and highest resident memory. */
function instances(): [string, number][] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.flatMap((pid): [string, number][] => {
    try {
      const name = /FC_FUNCTION_NAME=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, 'latin1'))?.[1];
      const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return name && kilobytes ? [[name, Math.round(Number(kilobytes) / 1_024)]] : [];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}

void main();
