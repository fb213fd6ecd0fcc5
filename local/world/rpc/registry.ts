/** Every action and effect of the RPC services: one line for each service. */
import { cbnActions, cbnEffects } from '../cbn/actions';
import { ecsActions } from '../ecs/actions';
import { eventBridgeActions } from '../eventbridge/actions';
import { kmsActions } from '../kms/actions';
import { ramActions } from '../ram/actions';
import { resourceManagerActions } from '../resourcemanager/actions';
import { stsActions } from '../sts/actions';
import { vpcActions, vpcEffects } from '../vpc/actions';
import type { Effect } from '../world';
import type { Action } from './action';

export const rpcActions: readonly Action[] = [
  ...vpcActions,
  ...cbnActions,
  ...ecsActions,
  ...eventBridgeActions,
  ...kmsActions,
  ...ramActions,
  ...resourceManagerActions,
  ...stsActions,
];

export const rpcEffects: Readonly<Record<string, Effect>> = { ...vpcEffects, ...cbnEffects };
