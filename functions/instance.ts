/** What every function starts from: its configuration, credentials, clocks and log, built once an instance. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as timer } from 'node:timers/promises';
import * as z from 'zod';
import { type Credentials, functionCredentials } from '../shared/alicloud/credentials';
import { type DurationMs, durationMs, seconds, systemClock } from '../shared/clock';
import { type Config, readConfig } from '../shared/config';
import { engineSettings } from '../shared/engine/settings';
import { TrunklineError } from '../shared/errors';
import { jsonLog } from '../shared/log';
import { revealed } from '../shared/secret';
import type { Surroundings } from './surroundings';

/** The part of Function Compute's context that is used. */
const contextSchema = z.object({
  requestId: z.string(),
  credentials: z
    .object({
      accessKeyId: z.string().optional(),
      accessKeySecret: z.string().optional(),
      securityToken: z.string().optional(),
    })
    .optional(),
});

export interface Instance extends Surroundings {
  config: Config;
  credentials: Credentials;
  /** The longest that one answer of any service may take; real time. */
  socketTimeout: DurationMs;
  pause(delay: DurationMs): Promise<void>;
}

let current: Instance | null = null;

/** One an instance, and another when the role's credentials were renewed: the SDKs keep those that they are given. */
export function instanceOf(context: unknown): Instance {
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success) throw new TrunklineError('EventMalformed', "the context is not Function Compute's");
  // biome-ignore lint/style/noProcessEnv: the environment enters here and nowhere else in a function.
  const credentials = functionCredentials(parsed.data.credentials, process.env);
  if (current && sameCredentials(current.credentials, credentials)) return current;
  current = build(credentials);
  return current;
}

const sameCredentials = (one: Credentials, other: Credentials): boolean =>
  one.accessKeyId === other.accessKeyId && tokenText(one) === tokenText(other);

const tokenText = ({ securityToken }: Credentials): string | null => securityToken && revealed(securityToken);

function build(credentials: Credentials): Instance {
  // biome-ignore lint/style/noProcessEnv: the environment enters here and nowhere else in a function.
  const config = readConfig(process.env);
  const { rate } = config.clockRate;
  return {
    config,
    credentials,
    clock: systemClock(config.clockRate),
    wall: systemClock(),
    // Real time-outs, counted in the cloud's time.
    settings: engineSettings(config.deployment, {
      functionTimeout: durationMs(seconds(config.timeoutSeconds) * rate),
      socketTimeout: durationMs(seconds(config.socketTimeoutSeconds) * rate),
      clockSkew: durationMs(seconds(config.clockSkewSeconds) * rate),
    }),
    socketTimeout: seconds(config.socketTimeoutSeconds),
    // biome-ignore lint/suspicious/noConsole: a function's log is its standard output.
    log: jsonLog((line) => console.log(line)),
    // Production dies where it dies; the named points are for tests.
    crash: () => undefined,
    jitter: () => randomInt(1_000_000) / 1_000_000,
    pause: (delay) => timer(delay).then(() => undefined),
    randomBytes: (size) => randomBytes(size),
    // biome-ignore lint/plugin: this file owns the function's chance.
    randomHex: (digits) => randomUUID().replace(/-/g, '').slice(0, digits),
    // biome-ignore lint/plugin: this file owns the function's chance.
    newOwner: () => randomUUID(),
  };
}
