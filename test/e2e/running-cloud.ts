/** The local cloud with the built functions in it, as `trunkline local` starts it, on a free port and a fast clock. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import OSS from 'ali-oss';
import { type Connection, connectTo, targetOfLocal } from '../../cli/connection';
import { fillLocalCloud, hostFile } from '../../cli/fill-local-cloud';
import { type LocalCloud, startLocalCloud } from '../../local/runtime/local-cloud';
import { parseAccount } from '../../local/world/account';
import type { AuthorizationObserver } from '../../local/world/authorization/permission';
import { systemClock } from '../../shared/clock';
import type { RunReport } from '../../shared/engine/publish-report';
import type { Run } from '../../shared/engine/run';
import { type IntakeReport, intakeReportObject } from '../../shared/engine/take-file';
import { sha256Hex } from '../../shared/json';
import type { Proof } from '../../shared/network/proof';

const ROOT = join(__dirname, '..', '..');
export const DEPLOYMENT = 'trunkline';
/** Fast enough for a test, slow enough that a busy machine meets the deadlines: half an hour of the cloud's is 30 seconds. */
const SPEED = 60;
const PATIENCE_MS = 90_000;

export interface RunningCloud {
  cloud: LocalCloud;
  connection: Connection;
  oss: OSS;
  /** Uploads with the official SDK and returns intake's answer. */
  upload(key: string, body: string): Promise<IntakeReport>;
  /** Waits for the run's end. */
  ended(run: string): Promise<Run>;
  report(run: Run): Promise<RunReport>;
  proof(run: Run): Promise<Proof>;
  stop(): Promise<void>;
}

export const example = (name: string): string => readFileSync(join(ROOT, 'examples', `${name}.yaml`), 'utf8');

export interface Options {
  /** An earlier life's folder has everything: nothing is bootstrapped or deployed again. */
  deployed?: boolean;
  dataFolder?: string | null;
  speed?: number;
  port?: number;
  platformEnvironment?: Readonly<Record<string, string>>;
  observeAuthorization?: AuthorizationObserver;
}

export async function startRunningCloud(options: Options = {}): Promise<RunningCloud> {
  const { account, problems } = parseAccount(example('account'), 'account.yaml');
  if (!account) throw new Error(JSON.stringify(problems));
  const clock = systemClock();
  const lines: string[] = [];
  const cloud = await startLocalCloud({
    account,
    port: options.port ?? 0,
    speed: options.speed ?? SPEED,
    dataFolder: options.dataFolder ?? null,
    caFolder: join(ROOT, 'dist', 'test-ca'),
    hostFile: hostFile(),
    deployment: DEPLOYMENT,
    bucket: 'trunkline-topologies',
    tablestoreInstance: 'trunkline',
    ...(options.platformEnvironment ? { platformEnvironment: options.platformEnvironment } : {}),
    ...(options.observeAuthorization ? { observeAuthorization: options.observeAuthorization } : {}),
    bootstrap: async (document) => {
      if (!options.deployed) await fillLocalCloud(document, DEPLOYMENT, clock);
    },
    log: (line) => lines.push(line),
  });
  const { document } = cloud;
  const connection = connectTo(targetOfLocal(document, DEPLOYMENT), clock);
  const oss = new OSS({
    region: `oss-${document.region}`,
    endpoint: document.endpoint,
    bucket: document.bucket,
    accessKeyId: document.accessKeyId,
    accessKeySecret: document.accessKeySecret,
  });
  const json = async <T>(key: string): Promise<T | null> => {
    const body = await connection.objects.get(key);
    return body ? (JSON.parse(new TextDecoder().decode(body)) as T) : null;
  };
  const eventually = async <T>(what: string, look: () => Promise<T | null>): Promise<T> => {
    for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
      const found = await look();
      if (found !== null) return found;
      await sleep(100);
    }
    throw new Error(`waited in vain for ${what}\n${lines.slice(-20).join('\n')}`);
  };
  return {
    cloud,
    connection,
    oss,
    upload: async (key, body) => {
      const report = intakeReportObject(key, sha256Hex(body));
      const before = await json<IntakeReport>(report);
      await oss.put(key, Buffer.from(body));
      return eventually(`intake's answer to ${key}`, async () => {
        const answer = await json<IntakeReport>(report);
        return answer && answer.at !== before?.at ? answer : null;
      });
    },
    ended: (run) =>
      eventually(`the end of ${run}`, async () => {
        const row = await connection.runs.readRun(run as Run['id']);
        return row?.state === 'ended' ? row : null;
      }),
    report: async (run) => (await json<RunReport>(`reports/${run.network}/${run.id}/report.json`)) as RunReport,
    proof: async (run) => (await json<Proof>(`reports/${run.network}/${run.id}/proof.json`)) as Proof,
    stop: () => cloud.stop(),
  };
}

/** What the cloud holds, by kind: counted in the cloud's own state, not in our records. */
export function cloudCounts(cloud: LocalCloud): Record<string, number> {
  const { state } = cloud.shell.world;
  const collections = [
    'vpc.vpn-gateways',
    'vpc.customer-gateways',
    'vpc.vpn-connections',
    'vpc.vpn-route-entries',
    'cbn.cens',
    'cbn.transit-routers',
    'cbn.vpc-attachments',
    'cbn.peer-attachments',
    'cbn.associations',
    'cbn.propagations',
    'cbn.published-routes',
    'cbn.child-instances',
  ];
  return Object.fromEntries(collections.map((name) => [name, state.size(name)]));
}
