import { type DurationMs, durationMs, minutes, seconds } from '../clock';

/** The engine's timings. All in the cloud's time; see Clock. */
export interface EngineSettings {
  /** Names this installation in tags, names and tokens: two in one account never take each other's things. */
  deployment: string;
  /**
   * T of W1: a create is repeated with its ClientToken only while the token is younger. The services keep tokens for
   * longer (facts differ between 10 minutes and 24 hours by product); 8 minutes is below every figure found.
   */
  tokenLife: DurationMs;
  /** S of W1: after a write, how long a read may still show the state before it, by anybody's clock. */
  readSettle: DurationMs;
  /** Function timeout, plus the longest a socket may hang, plus a minute of clock skew (W2). */
  lease: DurationMs;
  /** No cloud call starts later than this after the claim, by the monotonic clock (W2). */
  budget: DurationMs;
  /** Failed tries with an unclear cause before a task fails. A busy or throttled answer is not one. */
  maximumAttempts: number;
  /** First backoff; doubles up to `maximumBackoff`. */
  backoff: DurationMs;
  maximumBackoff: DurationMs;
}

/** After a write, every read shows it by then; seconds, as a rule. */
const READS_CONVERGE = minutes(1);

export interface FunctionTimes {
  functionTimeout: DurationMs;
  socketTimeout: DurationMs;
  clockSkew: DurationMs;
}

export function engineSettings(deployment: string, times: FunctionTimes): EngineSettings {
  const { functionTimeout, socketTimeout, clockSkew } = times;
  return {
    deployment,
    tokenLife: minutes(8),
    // Written by one instance's clock and compared by another's.
    readSettle: durationMs(READS_CONVERGE + clockSkew),
    lease: durationMs(functionTimeout + socketTimeout + clockSkew),
    budget: durationMs(Math.max(functionTimeout - socketTimeout, functionTimeout / 2)),
    maximumAttempts: 8,
    backoff: seconds(5),
    maximumBackoff: minutes(2),
  };
}
