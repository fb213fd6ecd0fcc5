/** What an account holds of a network that somebody built by hand: what drafting a topology needs, and no more. */
import type { SecurityRule } from '../network/model';

export interface Surveyed {
  cen: string;
  vpcs: SurveyedVpc[];
  /** Between the transit routers of two regions. */
  links: { regions: [string, string]; bandwidthMbps: number }[];
  /** What no topology can say, as it was found. */
  unsaid: string[];
}

export interface SurveyedVpc {
  region: string;
  id: string;
  /** May be empty. */
  name: string;
  cidrs: string[];
  vSwitches: { id: string; zone: string; cidr: string; routeTable: string | null }[];
  gateway: SurveyedGateway | null;
  /** Of the transit router's attachment; empty where there is none. */
  attachedVSwitches: string[];
  groups: SurveyedGroup[];
}

export interface SurveyedGateway {
  id: string;
  bandwidthMbps: number;
  vSwitches: string[];
  connections: SurveyedConnection[];
}

export interface SurveyedConnection {
  id: string;
  name: string;
  /** Of the office's device. */
  address: string;
  cloudSide: string[];
  officeSide: string[];
  /** As the resource kinds write them: `ikev2 aes256 sha256 group14 / aes256 sha256 group14`; one a tunnel. */
  algorithms: string[];
  /** Destination routes that lead to it. */
  routes: string[];
}

export interface SurveyedGroup {
  id: string;
  /** Of what is let in. */
  rules: SecurityRule[];
  /** Who is in it: by vSwitch, their addresses. */
  members: { vSwitch: string; addresses: string[] }[];
}
