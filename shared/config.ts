/** What a function is told by its environment: read here and nowhere else, all that is missing reported at once. */
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

export function readConfig(environment: Environment): Config {
  const missing: string[] = [];
  const required = (name: string): string => {
    const value = environment[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const config: Config = {
    deployment: environment.TRUNKLINE_DEPLOYMENT || 'trunkline',
    region: required('FC_REGION'),
    accountId: required('FC_ACCOUNT_ID'),
    bucket: required('TRUNKLINE_BUCKET'),
    tablestoreInstance: required('TRUNKLINE_TABLESTORE_INSTANCE'),
    endpoint: environment.TRUNKLINE_ENDPOINT || null,
    clockRate: parseClockRate(environment.TRUNKLINE_CLOCK),
    timeoutSeconds: Number(environment.TRUNKLINE_TIMEOUT_SECONDS || 60),
    socketTimeoutSeconds: Number(environment.TRUNKLINE_SOCKET_TIMEOUT_SECONDS || 10),
    clockSkewSeconds: Number(environment.TRUNKLINE_CLOCK_SKEW_SECONDS || 60),
  };
  if (missing.length > 0)
    throw new TrunklineError('ConfigurationInvalid', `these environment variables are not set: ${missing.join(', ')}`);
  return config;
}

/** `realOrigin,cloudOrigin,rate`, as the local cloud sets it. */
function parseClockRate(text: string | undefined): ClockRate {
  if (!text) return REAL_TIME;
  const [realOrigin, cloudOrigin, rate] = text.split(',').map(Number);
  if (!Number.isFinite(realOrigin) || !Number.isFinite(cloudOrigin) || !rate || !(rate > 0))
    throw new TrunklineError('ConfigurationInvalid', `TRUNKLINE_CLOCK is not "realOrigin,cloudOrigin,rate": ${text}`);
  return { realOrigin: epochMs(Number(realOrigin)), cloudOrigin: epochMs(Number(cloudOrigin)), rate };
}
