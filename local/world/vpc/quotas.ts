/** Default limits of the VPC service; `settings.quotas` raises them by the same names. */
import type { Context } from '../world';

const DEFAULTS = {
  /** Of an account, in all regions. 2021 documentation, as the four that follow; connections are raised on request. */
  gateways: 30,
  connectionsPerGateway: 10,
  destinationRoutesPerGateway: 20,
  policyRoutesPerGateway: 20,
  /** Not adjustable on the service. */
  customerGatewaysPerRegion: 100,
  /** Blocks a side; not adjustable on the service. */
  cidrsPerConnection: 5,
  /** 2024 documentation, as the next. */
  vpcsPerRegion: 10,
  vSwitchesPerVpc: 150,
  /** Unverified. */
  customTablesPerVpc: 9,
  /** What somebody made and what a transit router synchronised, together. */
  routesPerTable: 200,
} as const;

export const quota = (context: Context, name: keyof typeof DEFAULTS): number =>
  context.settings.quotas[name] ?? DEFAULTS[name];
