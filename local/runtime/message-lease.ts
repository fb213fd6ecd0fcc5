/**
 * What keeps a message away from others while it is being delivered, for as long as that takes and no longer.
 *
 * The queue's own visibility time-out would not do: it is counted in the cloud's time and the function's in ours, so
 * with a fast cloud it would lapse in mid-delivery; and a long one would keep a killed runtime's messages away from
 * its next life. So the time-out is short and renewed, and what is held is noted in the world: the next life gives it
 * back when it starts. A runtime that dies before the note is written loses nothing but the length of one lease.
 */
import { seconds } from '../../shared/clock';
import { type ReceivedMessage, type SmqOutput, smqRequest } from '../world/smq/operations';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface LeaseOptions {
  shell: WorldShell;
  accountId: string;
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

export function startLease(options: LeaseOptions, message: ReceivedMessage): Lease {
  const { shell, queue, timing, stopped } = options;
  const wanted = Math.ceil(timing.cloudMs(LEASE_REAL_MS) / 1_000);
  const leaseSeconds = Math.min(Math.max(wanted, SHORTEST_SECONDS), LONGEST_SECONDS);
  const note = (value: string | undefined): void =>
    shell.write([{ collection: HELD, key: `${queue}/${message.messageId}`, value }]);
  let receiptHandle = message.receiptHandle;
  const renew = (): void => {
    if (stopped()) return;
    receiptHandle = hold(options, { queue, receiptHandle, visibilityTimeout: leaseSeconds }) ?? receiptHandle;
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

/** Before the first message is received: what an earlier life held, of whichever queue, is visible a second later. */
export function releaseHeld(options: Pick<LeaseOptions, 'shell' | 'accountId'>): void {
  const { shell } = options;
  for (const key of shell.world.state.keysBetween(HELD)) {
    const receiptHandle = shell.world.state.get<string>(HELD, key);
    const queue = key.slice(0, key.indexOf('/'));
    if (receiptHandle !== undefined) hold(options, { queue, receiptHandle, visibilityTimeout: 1 });
    shell.write([{ collection: HELD, key, value: undefined }]);
  }
}

interface Hold {
  queue: string;
  receiptHandle: string;
  visibilityTimeout: number;
}

/** As the account: the lease is the local cloud's own affair, for which a stream's role needs no permission. */
function hold({ shell, accountId }: Pick<LeaseOptions, 'shell' | 'accountId'>, held: Hold): string | null {
  const caller = { accountId, accessKeyId: '', roleArn: null };
  const request = smqRequest(caller, { operation: 'ChangeMessageVisibility', ...held });
  const output = shell.handle(request).output as SmqOutput<'ChangeMessageVisibility'>;
  return output.ok ? output.result.receiptHandle : null;
}
