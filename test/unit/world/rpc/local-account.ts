/** The account of an example in this process, and any RPC service's actions to call on it. */
import { type Account, seedAccount } from '../../../../local/world/account';
import { type Product, VERSIONS } from '../../../../local/world/rpc/action';
import { rpcActions, rpcEffects } from '../../../../local/world/rpc/registry';
import { type RpcInput, type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import { type Caller, World } from '../../../../local/world/world';
import { type EpochMs, epochMs } from '../../../../shared/clock';
import type { JsonObject } from '../../../../shared/json';

export interface LocalAccount {
  world: World;
  /** The body of an answer that must be a success. */
  call(action: string, parameters?: Record<string, string>): JsonObject;
  /** `400 Code` of an answer that must be an error. */
  refused(action: string, parameters?: Record<string, string>): string;
  /** Whoever it is that calls from now on. */
  as(caller: Partial<Caller>): void;
  now(): EpochMs;
  wait(seconds: number): void;
}

export const ACCOUNT_ID = '1234567890123456';
const START = Date.UTC(2026, 10, 22);
const NOTHING: Account = {
  version: 1,
  accountId: ACCOUNT_ID,
  region: 'us-east-1',
  accessKey: { id: 'LTAI5tTrunklineLocal0001', secret: 'a-secret-of-sixteen-and-more' },
  quotas: {},
  roles: [],
  services: {
    transitRouter: true,
    crossBorder: false,
    functionCompute: true,
    oss: true,
    tablestore: true,
    smq: true,
    kms: true,
    eventBridge: true,
  },
  vpcs: [],
  securityGroups: [],
  instances: [],
  cens: [],
  bandwidthPackages: [],
  offices: [],
  secrets: [],
};

/** Calls are of one product; `base` is sent with each unless the call says otherwise. */
export function localAccount(product: Product, stated: Partial<Account> = {}, base: Record<string, string> = {}) {
  const account = { ...NOTHING, ...stated };
  const { accountId, region, quotas } = account;
  const world = new World(
    { seed: 'account', accountId, region, quotas, durationFactor: 1 },
    { rpc: rpcService(rpcActions, rpcEffects) },
  );
  let now = epochMs(START);
  let caller: Caller = { accountId, accessKeyId: account.accessKey.id, roleArn: null };
  seedAccount(world.state, account, now);
  const ask = (action: string, parameters: Record<string, string>): RpcOutput => {
    const input: RpcInput = { product, version: VERSIONS[product], action, parameters: { ...base, ...parameters } };
    return world.handle(now, { service: 'rpc', caller, input }).response.output as RpcOutput;
  };
  const local: LocalAccount = {
    world,
    call(action, parameters = {}) {
      const { status, body } = ask(action, parameters);
      if (status !== 200) throw new Error(`${action}: ${body['Code']}: ${body['Message']}`);
      return body;
    },
    refused(action, parameters = {}) {
      const { status, body } = ask(action, parameters);
      if (status === 200) throw new Error(`${action} was not refused: ${JSON.stringify(body)}`);
      return `${status} ${body['Code']}`;
    },
    as(change) {
      caller = { ...caller, ...change };
    },
    now: () => now,
    wait(seconds) {
      now = epochMs(now + seconds * 1_000);
      world.tick(now);
    },
  };
  return local;
}
