/** Toy actions behind the kernel, at times that the test states. */
import type { Action, Product } from '../../../../local/world/rpc/action';
import { VERSIONS } from '../../../../local/world/rpc/action';
import { type RpcInput, type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import { type Settings, World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';

export interface Ask {
  action?: string;
  product?: Product;
  version?: string;
  parameters?: Record<string, string>;
  /** Seconds after the beginning. */
  at?: number;
  accountId?: string;
}

const START = Date.UTC(2026, 10, 22);

export function kernel(actions: readonly Action[], settings: Partial<Settings> = {}) {
  const world = new World(
    { seed: 'rpc', accountId: '1234567890123456', region: 'us-east-1', quotas: {}, durationFactor: 1, ...settings },
    { rpc: rpcService(actions, {}) },
  );
  const ask = ({ action = 'CreateToy', product = 'vpc', version, parameters = {}, at = 0, accountId }: Ask = {}) => {
    const input: RpcInput = { product, version: version ?? VERSIONS[product], action, parameters };
    const caller = { accountId: accountId ?? '1234567890123456', accessKeyId: 'key', roleArn: null };
    return world.handle(epochMs(START + at * 1_000), { service: 'rpc', caller, input }).response.output as RpcOutput;
  };
  /** `400 Code`, or `200` and the body. */
  const tell = (asked?: Ask): string => {
    const { status, body } = ask(asked);
    return status === 200 ? `200 ${JSON.stringify(body)}` : `${status} ${String(body['Code'])}`;
  };
  return { world, ask, tell };
}
