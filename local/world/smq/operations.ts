/** What the queue service takes and gives. Single and batch calls are one operation here: the wire tells them apart. */
import type { EpochMs } from '../../../shared/clock';
import type { Caller, WorldRequest } from '../world';

export interface DeadLetterPolicy {
  enabled: boolean;
  /** A queue's name, or an ARN that ends in it. */
  targetQueue: string;
  maxReceiveCount: number;
}

/** Seconds and bytes, as the API has them. */
export interface QueueAttributes {
  delaySeconds: number;
  maximumMessageSize: number;
  messageRetentionPeriod: number;
  visibilityTimeout: number;
  pollingWaitSeconds: number;
  loggingEnabled: boolean;
  deadLetterPolicy: DeadLetterPolicy | null;
}

export interface QueueDescription extends QueueAttributes {
  queue: string;
  createdAt: EpochMs;
  modifiedAt: EpochMs;
  /** Visible now. */
  activeMessages: number;
  /** Received, neither deleted nor visible again. */
  inactiveMessages: number;
  /** Not yet visible for the first time. */
  delayMessages: number;
}

export interface OutgoingMessage {
  body: string;
  /** Null: the queue's. */
  delaySeconds: number | null;
  /** 1 (first) to 16; null is 8. */
  priority: number | null;
}

export interface SentMessage {
  messageId: string;
  /** Upper-case hexadecimal. */
  bodyMd5: string;
  /** For a delayed message: it can be changed or deleted before anyone has received it. */
  receiptHandle: string | null;
}

export interface PeekedMessage {
  messageId: string;
  body: string;
  bodyMd5: string;
  enqueuedAt: EpochMs;
  firstDequeuedAt: EpochMs | null;
  dequeueCount: number;
  priority: number;
}

export interface ReceivedMessage extends PeekedMessage {
  receiptHandle: string;
  nextVisibleAt: EpochMs;
}

export interface Operations {
  CreateQueue: {
    input: { queue: string; attributes: Partial<QueueAttributes> };
    /** False: it was there already, with the same attributes. */
    result: { created: boolean };
  };
  SetQueueAttributes: { input: { queue: string; attributes: Partial<QueueAttributes> }; result: Record<string, never> };
  GetQueueAttributes: { input: { queue: string }; result: QueueDescription };
  ListQueue: {
    input: { prefix: string; marker: string; limit: number };
    result: { queues: string[]; nextMarker: string | null };
  };
  DeleteQueue: { input: { queue: string }; result: Record<string, never> };
  SendMessages: { input: { queue: string; messages: OutgoingMessage[] }; result: { messages: SentMessage[] } };
  /**
   * Answers at once. Where it has nothing, `nextVisibleAt` says when a message that is there now can next be received,
   * and `waitUntil` how long the call may wait for one; null takes the queue's PollingWaitSeconds.
   */
  ReceiveMessages: {
    input: { queue: string; count: number; waitSeconds: number | null };
    result: { messages: ReceivedMessage[]; now: EpochMs; nextVisibleAt: EpochMs | null; waitUntil: EpochMs };
  };
  PeekMessages: { input: { queue: string; count: number }; result: { messages: PeekedMessage[] } };
  ChangeMessageVisibility: {
    input: { queue: string; receiptHandle: string; visibilityTimeout: number };
    result: { receiptHandle: string; nextVisibleAt: EpochMs };
  };
  DeleteMessages: {
    input: { queue: string; receiptHandles: string[] };
    /** Those that were not deleted. */
    result: { failures: { receiptHandle: string; code: string; message: string; status: number }[] };
  };
}

export type OperationName = keyof Operations;

export type SmqInput = { [K in OperationName]: { operation: K } & Operations[K]['input'] }[OperationName];

export type SmqOutput<K extends OperationName = OperationName> =
  | { ok: true; result: Operations[K]['result'] }
  | { ok: false; status: number; code: string; message: string };

/** A request to the world, typed: what the wire and the runtime's triggers make. */
export const smqRequest = (caller: Caller, input: SmqInput): WorldRequest => ({ service: 'smq', caller, input });
