/** The local cloud's world, with every service that it has. */
import type { EpochMs } from '../../shared/clock';
import { type Account, seedAccount } from '../world/account';
import type { AuthorizationObserver } from '../world/authorization/permission';
import { fc } from '../world/fc/service';
import { oss } from '../world/oss/service';
import { rpcActions, rpcEffects } from '../world/rpc/registry';
import { rpcService } from '../world/rpc/service';
import { smq } from '../world/smq/service';
import type { Change } from '../world/state';
import { tablestore } from '../world/tablestore/service';
import { World } from '../world/world';

/** From an account's file the first time, from the journal's changes ever after. */
export function createWorld(
  account: Account,
  restored: Iterable<Change>,
  now: EpochMs,
  observe?: AuthorizationObserver,
): World {
  const settings = {
    seed: account.accountId,
    accountId: account.accountId,
    region: account.region,
    quotas: account.quotas,
    durationFactor: 1,
  };
  const services = { rpc: rpcService(rpcActions, rpcEffects), tablestore, smq, oss, fc };
  const world = new World(settings, services, restored, observe);
  if (world.state.get('account', 'seeded') === undefined) {
    seedAccount(world.state, account, now);
    world.state.put('account', 'seeded', true);
  }
  return world;
}
