/** Default limits of CEN; `settings.quotas` raises them by the same names. */
import type { Context } from '../world';

const DEFAULTS = {
  /** 2019 documentation, as the three that follow. */
  cens: 5,
  childInstancesPerRegion: 10,
  regionsPerCen: 5,
  /** Basic edition: what PublishRouteEntries may add to the vSwitches' own routes. */
  routesPerCen: 100,
  /** Not adjustable on the service. */
  synchronisedVpcsPerTransitRouter: 50,
  /** Unverified: the quota page could not be read. */
  vpcAttachmentsPerTransitRouter: 50,
  staticRoutesPerRouterTable: 200,
} as const;

export const quota = (context: Context, name: keyof typeof DEFAULTS): number =>
  context.settings.quotas[name] ?? DEFAULTS[name];
