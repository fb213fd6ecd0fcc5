/**
 * What the services and RAM say to each other: a service states what a request needs, RAM says whether the caller's
 * role may, and the service says no in its own words.
 */

/** One RAM action on one resource. */
export interface Permission {
  /** `vpc:CreateVpnGateway`: the prefix is RAM's name of the product (`cen` for CBN, `ots`, `mns`), not the API's. */
  action: string;
  /** `acs:vpc:us-east-1:1234567890123456:vpngateway/vpn-…`, or `*` where no one resource is meant. */
  resource: string;
  /** What conditions may ask of the request, by key: `oss:Prefix`. RAM adds `acs:CurrentTime`. */
  conditions?: Readonly<Record<string, string>>;
}

/** `implicit`: no statement allows it. `explicit`: a statement denies it, whatever others allow. */
export type Verdict = 'allowed' | 'implicit' | 'explicit';

/** What a caller lacks: the first permission of the request that was refused. */
export interface Denial extends Permission {
  roleArn: string;
  verdict: Exclude<Verdict, 'allowed'>;
}

/** One question to RAM, and its answer. */
export interface AskedPermission {
  roleArn: string;
  action: string;
  resource: string;
  allowed: boolean;
}

/**
 * Hears of every permission that a role's request needed, in the order asked, the request's others too where one was
 * refused. The account's own key is never asked about. The world keeps none of it.
 */
export type AuthorizationObserver = (asked: AskedPermission) => void;
