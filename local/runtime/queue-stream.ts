/** An SMQ queue as an EventBridge stream sees it: requests to the world in the name of the stream's role, and its event. */
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
import { sendMessage } from './request-as';
import type { WorldShell } from './world-shell';

export interface QueueStreamOptions {
  shell: WorldShell;
  caller: Caller;
  region: string;
  /** The queue's name in the cloud. */
  queue: string;
  /** IsBase64Decode: bodies are base64, and the function gets their text. */
  base64Decode: boolean;
  schema: 'CloudEvents' | 'RawData';
  /** Hears what RAM refuses: everything else is an ordinary answer. */
  log(line: string): void;
}

export interface QueueStream {
  /** When the next message can be received; null where the queue is empty, or is not there. Touches nothing. */
  nextVisibleAt(): EpochMs | null;
  /** At most so many, and 16. */
  receive(count: number): ReceivedMessage[];
  remove(receiptHandle: string): void;
  /** Null where it was sent, else why not. */
  send(queue: string, body: string): string | null;
  /** What the function gets for a message: a CloudEvent, or its data alone. */
  item(message: ReceivedMessage): object;
  /** Called when messages of the queue came, went or moved. Returns what ends it. */
  onChange(listener: () => void): () => void;
}

const MOST_RECEIVED = 16;

export function queueStream(options: QueueStreamOptions): QueueStream {
  const { shell, caller, queue, log } = options;
  const refused = new Set<string>();
  const run = <K extends OperationName>(input: Extract<SmqInput, { operation: K }>): Operations[K]['result'] | null => {
    const output = shell.handle(smqRequest(caller, input)).output as SmqOutput<K>;
    if (output.ok) return output.result;
    if (output.code === 'AccessDenied' && !refused.has(input.operation)) {
      refused.add(input.operation);
      log(`${queue}: ${caller.roleArn} may not ${input.operation}`);
    }
    return null;
  };
  return {
    nextVisibleAt: () => nextVisibleAt(shell.world.state, queue),
    receive: (count) =>
      run<'ReceiveMessages'>({
        operation: 'ReceiveMessages',
        queue,
        count: Math.min(count, MOST_RECEIVED),
        waitSeconds: 0,
      })?.messages ?? [],
    remove: (receiptHandle) => {
      run<'DeleteMessages'>({ operation: 'DeleteMessages', queue, receiptHandles: [receiptHandle] });
    },
    send: (target, body) => sendMessage(shell, caller, target, body),
    item: (message) => itemOf(options, message),
    onChange: (listener) => {
      const visibility = visibilityOf(queue);
      return shell.subscribe((collections) => {
        if (collections.has(visibility)) listener();
      });
    },
  };
}

/** Facts: function-compute, section 2.6. */
function itemOf(options: QueueStreamOptions, { messageId, enqueuedAt, body }: ReceivedMessage): object {
  const { shell, region, queue, base64Decode, schema, caller } = options;
  const { accountId } = caller;
  const messageBody = base64Decode ? Buffer.from(body, 'base64').toString('utf8') : body;
  const data = { requestId: messageId, messageId, messageBody };
  if (schema === 'RawData') return data;
  return {
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
    data,
  };
}
