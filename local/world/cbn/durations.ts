/**
 * How long CEN's asynchronous states last, in seconds of the cloud's time; `settings.durationFactor` scales them.
 * Measured ones name their source, the others are judged from the budgets that well-known clients wait within
 * (network-apis, sections 4, 5 and 9): the order of magnitude is what a caller's polling is tested against.
 */
import { after, durationMs, type EpochMs } from '../../../shared/clock';
import type { Context } from '../world';

const SECONDS = {
  /** Every write of a CEN closes it to other writes for a moment: `Operation.Blocking`. */
  cenLock: 3,
  cenCreate: 5,
  cenDelete: 10,
  /** A Terraform acceptance test of one attachment took 28 s. */
  childAttach: 30,
  childDetach: 30,
  /** Terraform waits for at most 60 s. */
  publish: 10,
  withdraw: 10,
  packageCreate: 5,
  packageAssociate: 5,
  packageUnassociate: 5,
  bandwidthLimit: 10,
  routerCreate: 20,
  routerDelete: 15,
  /** Typically 1 to 5 minutes; Terraform's budget is 42 minutes. */
  vpcAttach: 90,
  vpcModify: 20,
  vpcDetach: 60,
  /** Terraform's budget is 5 minutes. */
  peerAttach: 60,
  peerModify: 15,
  peerDetach: 30,
  associate: 5,
  dissociate: 5,
  propagate: 5,
  stopPropagating: 5,
  routeEntry: 5,
} as const;

export type DurationName = keyof typeof SECONDS;

/** When what begins now will be through. */
export const dueAfter = (context: Context, name: DurationName): EpochMs =>
  after(context.now, durationMs(SECONDS[name] * 1_000 * context.settings.durationFactor));
