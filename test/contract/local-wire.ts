/** A world and its wire on a free port of loopback, for tests with the official SDKs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificates } from '../../local/wire/certificates';
import type { Invoke } from '../../local/wire/invoke';
import type { RawRequest, RawResponse } from '../../local/wire/raw';
import { createWire } from '../../local/wire/server';
import type { Credential } from '../../local/wire/signatures/claim';
import type { AuthorizationObserver } from '../../local/world/authorization/permission';
import { oss } from '../../local/world/oss/service';
import { seedRole } from '../../local/world/ram/seed-role';
import { smq } from '../../local/world/smq/service';
import { findCredential } from '../../local/world/sts/credentials';
import { tablestore } from '../../local/world/tablestore/service';
import { type Service, type Settings, World } from '../../local/world/world';
import { epochMs, systemClock } from '../../shared/clock';

export const ACCOUNT_ID = '1234567890123456';
export const REGION = 'us-east-1';
export const ACCESS_KEY_ID = 'LTAI5tLocalWire';
export const ACCESS_KEY_SECRET = 'a-secret-of-the-local-cloud';
/** Temporary credentials: they need their token. */
export const STS_KEY_ID = 'STS.LocalWire';
export const STS_KEY_SECRET = 'a-temporary-secret';
export const STS_TOKEN = 'token/with+characters=';

const CREDENTIALS: Readonly<Record<string, Credential>> = {
  [ACCESS_KEY_ID]: { secret: ACCESS_KEY_SECRET, securityToken: null, accountId: ACCOUNT_ID, roleArn: null },
  [STS_KEY_ID]: {
    secret: STS_KEY_SECRET,
    securityToken: STS_TOKEN,
    accountId: ACCOUNT_ID,
    roleArn: `acs:ram::${ACCOUNT_ID}:role/trunkline`,
  },
};

const SETTINGS: Settings = {
  seed: 'contract',
  accountId: ACCOUNT_ID,
  region: REGION,
  quotas: {},
  // States are reached at once: contract tests are about the wire.
  durationFactor: 0,
};

export interface LocalWire {
  /** `127.0.0.1:PORT` */
  host: string;
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  port: number;
  world: World;
  serve(request: RawRequest): Promise<RawResponse>;
  /** Moves the cloud's clock, not the real one: signatures stay valid. */
  advance(ms: number): void;
  close(): Promise<void>;
}

export async function startLocalWire(
  options: {
    services?: Readonly<Record<string, Service>>;
    settings?: Partial<Settings>;
    certificates?: Certificates;
    invoke?: Invoke;
    observe?: AuthorizationObserver;
  } = {},
): Promise<LocalWire> {
  const services = { tablestore, smq, oss, ...options.services };
  const world = new World({ ...SETTINGS, ...options.settings }, services, [], options.observe);
  const clock = systemClock();
  let ahead = 0;
  const now = () => epochMs(clock.now() + ahead);
  seedRole(world.state, { accountId: ACCOUNT_ID, name: 'trunkline', now: now() });
  const wire = createWire({
    handle: (request) => world.handle(now(), request).response,
    now: () => clock.now(),
    credential: (accessKeyId) => CREDENTIALS[accessKeyId] ?? findCredential(world.state, accessKeyId, now()),
    ...(options.invoke ? { invoke: options.invoke } : {}),
    wait: (cloudMs) => sleep(Math.min(cloudMs, 20)),
  });
  const { certificates } = options;
  const { port, close } = await wire.listen({ host: '127.0.0.1', port: 0, ...(certificates ? { certificates } : {}) });
  const host = `127.0.0.1:${port}`;
  return {
    host,
    endpoint: `http://${host}`,
    port,
    world,
    serve: wire.serve,
    advance: (ms) => {
      ahead += ms;
    },
    close,
  };
}
