/** What a function is told by its environment: read here and nowhere else, all that is wrong reported at once. */
import { type ClockRate, epochMs } from './clock';
import { TrunklineError } from './errors';

export interface Config {
  /** Names this installation: queues, tables, names and tags begin with it. */
  deployment: string;
  region: string;
  accountId: string;
  bucket: string;
  tablestoreInstance: string;
  /** `http://127.0.0.1:4560`: every service of the local cloud. Null: the services' own endpoints. */
  endpoint: string | null;
  /** How the cloud's time runs; see ClockRate. */
  clockRate: ClockRate;
  /** Of this function, in real seconds. */
  timeoutSeconds: number;
  /** The longest that one answer of any service may take, in real seconds. */
  socketTimeoutSeconds: number;
  /** How far clocks may be apart, in real seconds. */
  clockSkewSeconds: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const REAL_TIME: ClockRate = { realOrigin: epochMs(0), cloudOrigin: epochMs(0), rate: 1 };

/** It begins the names of queues, tables and roles, whose rules this is what they have in common of. */
export const DEPLOYMENT = /^[A-Za-z][A-Za-z0-9_-]{0,30}$/;
export const DEPLOYMENT_WRONG =
  'TRUNKLINE_DEPLOYMENT is not 1 to 31 letters, digits, hyphens and underscores, a letter first';

/** Where the environment states nothing; real seconds. */
export const FUNCTION_SECONDS = { timeout: 60, socketTimeout: 10, clockSkew: 60 } as const;

export function readConfig(environment: Environment): Config {
  const missing: string[] = [];
  const wrong: string[] = [];
  const required = (name: string): string => {
    const value = environment[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const seconds = (name: string, otherwise: number, least = 0.1): number => {
    const text = environment[name] || String(otherwise);
    if (!/^\d{1,6}(\.\d{1,3})?$/.test(text) || Number(text) < least) wrong.push(`${name} is no number of seconds`);
    return Number(text);
  };
  const clockRate = parseClockRate(environment.TRUNKLINE_CLOCK);
  if (clockRate === null) wrong.push('TRUNKLINE_CLOCK is not "realOrigin,cloudOrigin,rate"');
  const endpoint = environment.TRUNKLINE_ENDPOINT || null;
  if (endpoint !== null && !isHttp(endpoint)) wrong.push('TRUNKLINE_ENDPOINT is no http or https address');
  const deployment = environment.TRUNKLINE_DEPLOYMENT || 'trunkline';
  if (!DEPLOYMENT.test(deployment)) wrong.push(DEPLOYMENT_WRONG);
  const config: Config = {
    deployment,
    region: required('FC_REGION'),
    accountId: required('FC_ACCOUNT_ID'),
    bucket: required('TRUNKLINE_BUCKET'),
    tablestoreInstance: required('TRUNKLINE_TABLESTORE_INSTANCE'),
    endpoint,
    clockRate: clockRate ?? REAL_TIME,
    timeoutSeconds: seconds('TRUNKLINE_TIMEOUT_SECONDS', FUNCTION_SECONDS.timeout),
    socketTimeoutSeconds: seconds('TRUNKLINE_SOCKET_TIMEOUT_SECONDS', FUNCTION_SECONDS.socketTimeout),
    clockSkewSeconds: seconds('TRUNKLINE_CLOCK_SKEW_SECONDS', FUNCTION_SECONDS.clockSkew, 0),
  };
  if (missing.length > 0) wrong.unshift(`these environment variables are not set: ${missing.join(', ')}`);
  if (wrong.length > 0) throw new TrunklineError('ConfigurationInvalid', wrong.join('; '));
  return config;
}

/** `realOrigin,cloudOrigin,rate`, as the local cloud sets it. Null where it is not that. */
function parseClockRate(text: string | undefined): ClockRate | null {
  if (!text) return REAL_TIME;
  const numbers = text.split(',').map(Number);
  const [realOrigin = Number.NaN, cloudOrigin = Number.NaN, rate = Number.NaN] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite) || rate <= 0) return null;
  return { realOrigin: epochMs(realOrigin), cloudOrigin: epochMs(cloudOrigin), rate };
}

function isHttp(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}
