/** The local cloud, started: world, wire, functions and triggers on one loopback port. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTIONS } from '../../functions/manifest';
import { type ClockRate, durationMs, epochMs, systemClock } from '../../shared/clock';
import { TrunklineError } from '../../shared/errors';
import type { Certificates } from '../wire/certificates';
import type { Listening } from '../wire/http-adapter';
import { createWire, type Wire } from '../wire/server';
import type { Account } from '../world/account';
import type { AuthorizationObserver } from '../world/authorization/permission';
import { findCredential } from '../world/sts/credentials';
import { serverCertificates } from './certificates/server-certificates';
import { createWorld } from './create-world';
import { type FunctionRuntime, functionRuntime } from './function-runtime';
import { type Journal, openJournal } from './journal';
import { openLocalCa } from './local-ca';
import { retryTiming } from './retry';
import { httpRoutes, startTriggers } from './triggers';
import { type WorldShell, worldShell } from './world-shell';

export interface LocalCloudOptions {
  account: Account;
  /** 0: any free one. Taken: the next free one above it. */
  port: number;
  /** How much faster than ours the cloud's time runs; 1 is realtime. */
  speed: number;
  /** Where everything is kept; null keeps it in memory. */
  dataFolder: string | null;
  /** Where the authority of its TLS is kept, and made the first time. */
  caFolder: string;
  bundles: string;
  deployment: string;
  bucket: string;
  tablestoreInstance: string;
  /** More variables for the functions; tests shorten leases with it. */
  functionEnvironment?: Readonly<Record<string, string>>;
  /** Makes what the functions find when they start: called once the port serves, before the triggers start. */
  bootstrap(document: LocalCloudDocument): Promise<void>;
  log(line: string): void;
  /** Hears of every permission that a function's role asked for; a test proves with it that none is left over. */
  observeAuthorization?: AuthorizationObserver;
}

/** The first line that `trunkline local --json` prints. */
export interface LocalCloudDocument {
  endpoint: string;
  region: string;
  accountId: string;
  accessKeyId: string;
  accessKeySecret: string;
  bucket: string;
  tablestoreInstance: string;
  webhookUrl: string;
  /** The authority that clients over https are told to trust; absolute. */
  caFile: string;
}

export interface LocalCloud {
  readonly document: LocalCloudDocument;
  readonly shell: WorldShell;
  readonly runtime: FunctionRuntime;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Ports tried above the wanted one. */
const PORTS = 50;

export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { account, dataFolder, log } = options;
  checkBundles(options.bundles);
  const { shell, rate } = startWorld(options, dataFolder === null ? null : openJournal(dataFolder));
  const timing = retryTiming(rate.rate);
  const routes: ReturnType<typeof httpRoutes> = {};
  const wall = systemClock();
  const wire = createWire({
    handle: (request) => shell.handle(request),
    now: () => wall.now(),
    credential: (accessKeyId) => credentialOf(options, shell, accessKeyId),
    wait: (cloudMs) => timing.wait(durationMs(cloudMs)),
    defect: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    routes,
  });
  const stops: (() => Promise<void> | void)[] = [() => shell.stop()];
  /** What was started last is stopped first. */
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const ca = openLocalCa(options.caFolder, wall.now());
    const certificates = serverCertificates(ca, () => wall.now());
    const listening = await listenFrom(wire, options.port, certificates);
    stops.push(() => listening.close());
    const document = { ...documentOf(options, listening.port), caFile: ca.caFile };
    const runtime = functionRuntime({
      shell,
      accountId: account.accountId,
      region: account.region,
      bundles: options.bundles,
      environment: { ...functionEnvironment(options, rate, document.endpoint), ...options.functionEnvironment },
      logFolder: dataFolder === null ? null : join(dataFolder, 'logs'),
    });
    stops.push(() => runtime.stop());
    const caller = { accountId: account.accountId, accessKeyId: account.accessKey.id, roleArn: null };
    const { deployment, bucket } = options;
    const triggers = { shell, runtime, caller, region: account.region, deployment, bucket, timing, log };
    Object.assign(routes, httpRoutes(triggers));
    await options.bootstrap(document);
    const started = startTriggers(triggers);
    stops.push(() => started.stop());
    return { document, shell, runtime, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function checkBundles(bundles: string): void {
  const wanted = [
    join('runtime', 'function-host.js'),
    ...FUNCTIONS.map(({ name }) => join('functions', name, 'index.js')),
  ];
  const missing = wanted.filter((file) => !existsSync(join(bundles, file)));
  if (missing.length > 0)
    throw new TrunklineError(
      'ConfigurationInvalid',
      `not built: ${missing.join(', ')} in ${bundles}; run npm run build`,
    );
}

/** The cloud's time goes on where an earlier life left it, and never runs behind ours at its start. */
function startWorld({ account, speed, observeAuthorization }: LocalCloudOptions, journal: Journal | null) {
  const realOrigin = systemClock().now();
  const restored = journal?.restored ?? [];
  const latest = restored.findLast(({ collection, key }) => collection === 'world.meta' && key === 'latest')?.value;
  const cloudOrigin = epochMs(Math.max(realOrigin, typeof latest === 'number' ? latest : 0));
  const rate: ClockRate = { realOrigin, cloudOrigin, rate: speed };
  const world = createWorld(account, restored, cloudOrigin, observeAuthorization);
  world.state.takeChanges();
  journal?.compact(world.state.snapshot());
  return { shell: worldShell({ world, rate, journal }), rate };
}

function documentOf(
  { account, bucket, tablestoreInstance }: LocalCloudOptions,
  port: Listening['port'],
): Omit<LocalCloudDocument, 'caFile'> {
  const endpoint = `http://${HOST}:${port}`;
  return {
    endpoint,
    region: account.region,
    accountId: account.accountId,
    accessKeyId: account.accessKey.id,
    accessKeySecret: account.accessKey.secret,
    bucket,
    tablestoreInstance,
    webhookUrl: `${endpoint}/fcapp/webhook/v1/topologies`,
  };
}

/** Facts that a function cannot know: where the cloud is, what is its own there, how its time runs. */
function functionEnvironment(
  { deployment, bucket, tablestoreInstance }: LocalCloudOptions,
  { realOrigin, cloudOrigin, rate }: ClockRate,
  endpoint: string,
): Record<string, string> {
  return {
    TRUNKLINE_ENDPOINT: endpoint,
    TRUNKLINE_DEPLOYMENT: deployment,
    TRUNKLINE_BUCKET: bucket,
    TRUNKLINE_TABLESTORE_INSTANCE: tablestoreInstance,
    TRUNKLINE_CLOCK: `${realOrigin},${cloudOrigin},${rate}`,
    // One machine has one clock.
    TRUNKLINE_CLOCK_SKEW_SECONDS: '1',
  };
}

function credentialOf({ account }: LocalCloudOptions, shell: WorldShell, accessKeyId: string) {
  const { accountId, accessKey } = account;
  if (accessKeyId === accessKey.id) return { secret: accessKey.secret, securityToken: null, accountId, roleArn: null };
  return findCredential(shell.world.state, accessKeyId, shell.clock.now());
}

async function listenFrom(wire: Wire, wanted: number, certificates: Certificates): Promise<Listening> {
  const last = wanted === 0 ? 0 : wanted + PORTS;
  for (let port = wanted; ; port += 1) {
    try {
      return await wire.listen({ host: HOST, port, certificates });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error;
    }
  }
}
