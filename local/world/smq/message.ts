/**
 * Messages as the state keeps them. The body is written once; what changes with every receive is a small entry of its
 * own, under a key that begins with the time at which the message becomes visible.
 *
 * 1. A message is visible when its entry's time is not after now. Nothing has to happen at that moment.
 * 2. The entry's key is the receipt: receiving or changing moves the entry, and an old handle finds nothing.
 * 3. Of the visible ones, the lower priority number goes first, then the earlier sent.
 */
import { type EpochMs, epochMs } from '../../../shared/clock';
import type { State } from '../state';
import type { Context } from '../world';
import type { PeekedMessage } from './operations';
import { messageNotExist, receiptHandleError } from './smq-error';

export interface MessageRecord {
  messageId: string;
  body: string;
  bodyMd5: string;
  priority: number;
  enqueuedAt: EpochMs;
  expiresAt: EpochMs;
}

export interface VisibilityRecord {
  messageId: string;
  priority: number;
  sequence: number;
  dequeueCount: number;
  firstDequeuedAt: EpochMs | null;
}

/** An entry with the key that it stands under. */
export interface Entry extends VisibilityRecord {
  key: string;
}

export const messagesOf = (queue: string): string => `smq.messages/${queue}`;
export const visibilityOf = (queue: string): string => `smq.visibility/${queue}`;

/** Ceil, so that an entry is never seen before its time. */
export const visibilityKey = (visibleAt: number, sequence: number): string =>
  `${String(Math.ceil(visibleAt)).padStart(15, '0')}/${String(sequence).padStart(12, '0')}`;

export const visibleAtOf = (key: string): EpochMs => epochMs(Number(key.slice(0, 15)));

/** Visible now, in the order of delivery. */
export function visibleEntries(state: State, queue: string, now: EpochMs): Entry[] {
  const keys = state.keysBetween(visibilityOf(queue), undefined, visibilityKey(Math.floor(now) + 1, 0));
  return keys
    .flatMap((key) => {
      const record = state.get<VisibilityRecord>(visibilityOf(queue), key);
      return record ? [{ ...record, key }] : [];
    })
    .sort((a, b) => a.priority - b.priority || a.sequence - b.sequence);
}

/** When the next message of a queue becomes visible; now, where one is; null where the queue is empty. */
export function nextVisibleAt(state: State, queue: string): EpochMs | null {
  const key = state.firstKey(visibilityOf(queue));
  return key === undefined ? null : visibleAtOf(key);
}

export function removeMessage(state: State, queue: string, entry: Entry): void {
  state.delete(visibilityOf(queue), entry.key);
  state.delete(messagesOf(queue), entry.messageId);
}

/** Puts the entry under the key of its new time, and says which. */
export function moveEntry(state: State, queue: string, { key, ...record }: Entry, visibleAt: EpochMs): string {
  const moved = visibilityKey(visibleAt, record.sequence);
  state.delete(visibilityOf(queue), key);
  state.put(visibilityOf(queue), moved, record);
  return moved;
}

/** Like the service's: the priority, a dash, base64 with all of its characters. */
export const receiptHandle = (priority: number, key: string): string =>
  `${priority}-${Buffer.from(`receipt>>>${key}`).toString('base64')}`;

/** The entry that a handle still holds: neither visible again, nor moved, nor gone. */
export function heldEntry(context: Context, queue: string, handle: string): Entry {
  const text = Buffer.from(/^\d{1,2}-(.+)$/.exec(handle)?.[1] ?? '', 'base64').toString('latin1');
  const key = /^receipt>>>(\d{15}\/\d{12})$/.exec(text)?.[1];
  if (key === undefined) throw receiptHandleError();
  const record = context.state.get<VisibilityRecord>(visibilityOf(queue), key);
  if (!record || visibleAtOf(key) <= context.now) throw messageNotExist();
  return { ...record, key };
}

export const peeked = (message: MessageRecord, entry: VisibilityRecord): PeekedMessage => ({
  messageId: message.messageId,
  body: message.body,
  bodyMd5: message.bodyMd5,
  enqueuedAt: message.enqueuedAt,
  firstDequeuedAt: entry.firstDequeuedAt,
  dequeueCount: entry.dequeueCount,
  priority: message.priority,
});
