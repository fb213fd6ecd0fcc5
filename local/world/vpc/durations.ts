/**
 * How long the VPC service's asynchronous states last, in seconds of the cloud's time; `settings.durationFactor`
 * scales them. Sources: network-apis, sections 2 and 9. What is not measured is judged from the budgets that
 * well-known clients wait within.
 */
import { after, durationMs, type EpochMs } from '../../../shared/clock';
import type { Context } from '../world';

const SECONDS = {
  /** A gateway takes 1 to 5 minutes; Terraform polls every 20 s within 15 minutes. This and the next: 180. */
  gatewayInit: 20,
  gatewayProvision: 160,
  gatewayDelete: 60,
  /** Every write below a gateway makes it `updating`: seconds to a minute. */
  gatewayUpdate: 10,
  /** A connection's own `updating`; Terraform polls every 10 s. */
  connectionCreate: 15,
  connectionUpdate: 15,
  connectionDelete: 10,
  /** Both phases, once both sides have agreed parameters. */
  negotiation: 5,
  /** Terraform polls all of these every 5 s, within 10 minutes. */
  vpcCreate: 3,
  vpcDelete: 3,
  vSwitchCreate: 3,
  vSwitchDelete: 3,
  vSwitchBind: 3,
  routeTableCreate: 3,
  routeTableDelete: 3,
  /** An entry of a VPC's table is `Pending`: Terraform leaves 5 s between two changes. */
  routeEntryCreate: 2,
  routeEntryDelete: 2,
} as const;

export type DurationName = keyof typeof SECONDS;

/** When what begins now will be through. */
export const dueAfter = (context: Pick<Context, 'now' | 'settings'>, name: DurationName): EpochMs =>
  after(context.now, durationMs(SECONDS[name] * 1_000 * context.settings.durationFactor));
