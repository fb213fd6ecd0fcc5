/** What every protocol of the wire is given. */
import type { WorldRequest, WorldResponse } from '../world/world';
import type { Invoke } from './invoke';
import type { RawRequest, RawResponse } from './raw';
import type { FindCredential } from './signatures/claim';

export interface WireOptions {
  handle(request: WorldRequest): Promise<WorldResponse> | WorldResponse;
  /** Real time in ms: signatures carry the client's clock. */
  now(): number;
  credential: FindCredential;
  /**
   * Resolves when this much of the cloud's time has passed: an SMQ receive with `waitseconds` sleeps on it between two
   * looks. It may resolve early.
   */
  wait(cloudMs: number): Promise<void>;
  /** Hears of what should never be thrown; the client hears 500. */
  defect?(error: unknown): void;
  /** Carries out synchronous invocations; without it they are answered with 503. It may be set later. */
  invoke?: Invoke;
  /** Handlers of whole path prefixes (`/fcapp/`), for what is none of the protocols. The longest prefix wins; they may be added later. */
  routes?: Readonly<Record<string, (request: RawRequest) => Promise<RawResponse>>>;
}

/** What one protocol needs of a request besides its bytes. */
export interface Exchange {
  options: WireOptions;
  /** For answers that never reach the world; the world numbers its own. */
  requestId: string;
  /** `http://127.0.0.1:9900`: where the wire listens; null where it does not, in a simulation. */
  endpoint: string | null;
}
