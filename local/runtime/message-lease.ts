/**
 * What keeps a message away from others while it is being delivered, for as long as that takes and no longer.
 *
 * The queue's own visibility time-out would not do: it is counted in the cloud's time and the function's in ours, so
 * with a fast cloud it would lapse in mid-delivery; and a long one would keep a killed runtime's messages away from
 * its next life. So the time-out is short and renewed, and what is held is noted in the world: the next life gives it
 * back when it starts. A runtime that dies before the note is written loses nothing but the length of one lease.
 */
import { seconds } from '../../shared/clock';
import type { ReceivedMessage } from '../world/smq/operations';
import type { QueueStream } from './queue-stream';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface LeaseOptions {
  shell: WorldShell;
  stream: QueueStream;
  /** The queue's name in the cloud. */
  queue: string;
  timing: RetryTiming;
  /** When true, nothing is renewed any more. */
  stopped(): boolean;
}

export interface Lease {
  /** The current one: each renewal makes another. */
  receiptHandle(): string;
  end(): void;
}

const HELD = 'runtime.held-messages';
/** Of ours; renewed three times in it, so that a busy machine is not late. */
const LEASE_REAL_MS = 6_000;
const SHORTEST_SECONDS = 30;
/** The service's longest visibility time-out. */
const LONGEST_SECONDS = 43_200;

export function startLease({ shell, stream, queue, timing, stopped }: LeaseOptions, message: ReceivedMessage): Lease {
  const wanted = Math.ceil(timing.cloudMs(LEASE_REAL_MS) / 1_000);
  const leaseSeconds = Math.min(Math.max(wanted, SHORTEST_SECONDS), LONGEST_SECONDS);
  const note = (value: string | undefined): void =>
    shell.write([{ collection: HELD, key: `${queue}/${message.messageId}`, value }]);
  let receiptHandle = message.receiptHandle;
  const renew = (): void => {
    if (stopped()) return;
    receiptHandle = stream.hold(receiptHandle, leaseSeconds) ?? receiptHandle;
    note(receiptHandle);
  };
  renew();
  // biome-ignore lint/plugin: the lease owns its renewal.
  const renewal = setInterval(renew, timing.realMs(seconds(leaseSeconds)) / 3);
  renewal.unref();
  return {
    receiptHandle: () => receiptHandle,
    end: () => {
      clearInterval(renewal);
      if (!stopped()) note(undefined);
    },
  };
}

/** Before the first message is received: what an earlier life held is visible a second later. */
export function releaseHeld({ shell, stream, queue }: Pick<LeaseOptions, 'shell' | 'stream' | 'queue'>): void {
  // '0' is the character after '/'.
  for (const key of shell.world.state.keysBetween(HELD, `${queue}/`, `${queue}0`)) {
    const receiptHandle = shell.world.state.get<string>(HELD, key);
    if (receiptHandle !== undefined) stream.hold(receiptHandle, 1);
    shell.write([{ collection: HELD, key, value: undefined }]);
  }
}
