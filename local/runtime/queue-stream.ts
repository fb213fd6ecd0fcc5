/** An SMQ queue as an EventBridge stream sees it: requests to the world, signed by nobody, and its event. */
import { type EpochMs, isoSeconds } from '../../shared/clock';
import { nextVisibleAt, visibilityOf } from '../world/smq/message';
import {
  type OperationName,
  type Operations,
  type ReceivedMessage,
  type SmqInput,
  type SmqOutput,
  smqRequest,
} from '../world/smq/operations';
import type { Caller } from '../world/world';
import type { WorldShell } from './world-shell';

export interface QueueStreamOptions {
  shell: WorldShell;
  caller: Caller;
  region: string;
  /** The queue's name in the cloud. */
  queue: string;
}

export interface QueueStream {
  /** When the next message can be received; null where the queue is empty, or is not there. Touches nothing. */
  nextVisibleAt(): EpochMs | null;
  receive(): ReceivedMessage | null;
  /** Keeps a received message away from others for so long; null where it is no longer held. */
  hold(receiptHandle: string, seconds: number): string | null;
  remove(receiptHandle: string): void;
  /** False where there is no such queue. */
  send(queue: string, body: string): boolean;
  /** What the function gets: a CloudEvent. */
  event(message: ReceivedMessage): object;
  /** Called when messages of the queue came, went or moved. */
  onChange(listener: () => void): void;
}

export function queueStream({ shell, caller, region, queue }: QueueStreamOptions): QueueStream {
  const { accountId } = caller;
  const run = <K extends OperationName>(input: Extract<SmqInput, { operation: K }>): Operations[K]['result'] | null => {
    const output = shell.handle(smqRequest(caller, input)).output as SmqOutput<K>;
    return output.ok ? output.result : null;
  };
  return {
    nextVisibleAt: () => nextVisibleAt(shell.world.state, queue),
    receive: () =>
      run<'ReceiveMessages'>({ operation: 'ReceiveMessages', queue, count: 1, waitSeconds: 0 })?.messages[0] ?? null,
    hold: (receiptHandle, visibilityTimeout) =>
      run<'ChangeMessageVisibility'>({ operation: 'ChangeMessageVisibility', queue, receiptHandle, visibilityTimeout })
        ?.receiptHandle ?? null,
    remove: (receiptHandle) => {
      run<'DeleteMessages'>({ operation: 'DeleteMessages', queue, receiptHandles: [receiptHandle] });
    },
    send: (target, body) =>
      run<'SendMessages'>({
        operation: 'SendMessages',
        queue: target,
        messages: [{ body, delaySeconds: null, priority: null }],
      }) !== null,
    // Facts: function-compute, section 2.6. The body was base64, and IsBase64Decode is on.
    event: ({ messageId, enqueuedAt, body }) => ({
      id: messageId,
      source: 'acs.mns',
      specversion: '1.0',
      type: 'mns:Queue:SendMessage',
      datacontenttype: 'application/json; charset=utf-8',
      subject: `acs:mns:${region}:${accountId}:queues/${queue}`,
      time: isoSeconds(enqueuedAt),
      aliyunaccountid: accountId,
      aliyunoriginalaccountid: accountId,
      aliyunpublishtime: isoSeconds(shell.clock.now()),
      aliyuneventbusname: 'default',
      aliyunregionid: region,
      data: { requestId: messageId, messageId, messageBody: Buffer.from(body, 'base64').toString('utf8') },
    }),
    onChange: (listener) => {
      const visibility = visibilityOf(queue);
      shell.subscribe((collections) => {
        if (collections.has(visibility)) listener();
      });
    },
  };
}
