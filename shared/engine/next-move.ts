/**
 * W1 and W3 as one pure decision: what the record says, what the cloud shows, and the time in; one move out.
 *
 * The order of the cases is the argument for "at most one": an id is believed before a marker, a marker before a look,
 * and nothing is made unless its place was seen absent before the marker was written.
 */
import { after, between, type DurationMs, durationMs, type EpochMs, minutes, seconds } from '../clock';
import type { ResourceRecord } from './record';
import type { Difference, Observation } from './resource-kind';
import type { EngineSettings } from './settings';
import type { Failure } from './task';

export type Move =
  /** Write the marker, then create. */
  | { kind: 'mark-and-create' }
  /** The identical call again, with the marker's token. */
  | { kind: 'repeat-create' }
  /** Record the id of what was found. */
  | { kind: 'adopt'; cloudId: string; ownership: 'ours' | 'borrowed' }
  /** The marker's thing was not there; note when that was first seen. */
  | { kind: 'note-absence' }
  /** The marker is settled: nothing came of it. The next try is a new generation. */
  | { kind: 'next-generation' }
  | { kind: 'update'; reason: string }
  | { kind: 'wait'; delay: DurationMs; reason: string }
  | { kind: 'done' }
  /** The recorded id is gone: this run does not make it again (W1). */
  | { kind: 'vanished' }
  /** Gone as an earlier run had announced: it is made anew. */
  | { kind: 'removed' }
  /** Announced by an earlier run and not carried out. */
  | { kind: 'not-removed' }
  | { kind: 'fail'; failure: Failure };

export interface Situation {
  record: ResourceRecord;
  observation: Observation;
  /** Of a present resource. */
  difference: Difference;
  kind: { clientToken: boolean; borrows: boolean; pollAfter: DurationMs };
  /** The name it would carry if we had made it. */
  name: string;
  /** Before the cloud was asked: what it showed is no newer than that, however late its answer came. */
  askedAt: EpochMs;
  now: EpochMs;
  settings: Pick<EngineSettings, 'tokenLife' | 'readSettle'>;
}

export function nextMove(situation: Situation): Move {
  const { record } = situation;
  if (record.cloudId !== null && record.removal !== null) return announcedGone(situation, record.removal);
  if (record.cloudId !== null) return held(situation, record.recordedAt);
  if (record.marker !== null) return announced(situation, record.marker);
  return open(situation);
}

/** A run that was to remove it ended in between. Where reads may still be of the time before, they are not believed. */
function announcedGone({ observation, kind, askedAt, settings }: Situation, removal: EpochMs): Move {
  const settledAt = after(removal, settings.readSettle);
  if (askedAt < settledAt)
    return { kind: 'wait', delay: atLeastOneSecond(between(askedAt, settledAt)), reason: 'its removal was announced' };
  if (observation.state === 'absent') return { kind: 'removed' };
  if (observation.phase === 'changing' && observation.failure === null)
    return { kind: 'wait', delay: kind.pollAfter, reason: 'it is changing' };
  return { kind: 'not-removed' };
}

function held({ observation, difference, kind, askedAt, settings }: Situation, recordedAt: EpochMs | null): Move {
  if (observation.state === 'absent') {
    if (recordedAt === null || between(recordedAt, askedAt) >= settings.readSettle) return { kind: 'vanished' };
    return { kind: 'wait', delay: kind.pollAfter, reason: 'its id is recorded and no read shows it yet' };
  }
  if (observation.failure !== null) return failed('ResourceFailed', observation.failure);
  if (observation.phase === 'changing') return { kind: 'wait', delay: kind.pollAfter, reason: 'it is changing' };
  switch (difference.kind) {
    case 'none':
      return { kind: 'done' };
    case 'update':
      return { kind: 'update', reason: difference.reason };
    case 'await':
      return { kind: 'wait', delay: minutes(1), reason: difference.reason };
    case 'replace':
      return failed('ReplacementNeeded', difference.reason);
    case 'refuse':
      return failed('NotOursToChange', difference.reason);
  }
}

function announced(situation: Situation, marker: NonNullable<ResourceRecord['marker']>): Move {
  const { observation, kind, name, askedAt, now, settings } = situation;
  if (observation.state === 'present') {
    // Its place was empty before the marker: it is ours unless it carries another's name.
    const foreign = typeof observation.attributes.name === 'string' && observation.attributes.name !== name;
    if (foreign && !kind.borrows) return occupied(observation.cloudId);
    return { kind: 'adopt', cloudId: observation.cloudId, ownership: foreign ? 'borrowed' : 'ours' };
  }
  if (kind.clientToken && between(marker.at, now) < settings.tokenLife) return { kind: 'repeat-create' };
  if (marker.absentSince === null) return { kind: 'note-absence' };
  const settledAt = after(marker.absentSince, settings.readSettle);
  if (askedAt >= settledAt) return { kind: 'next-generation' };
  return {
    kind: 'wait',
    delay: atLeastOneSecond(between(now, settledAt)),
    reason: 'looking twice before making it again',
  };
}

function open({ observation, kind }: Situation): Move {
  if (observation.state === 'absent') return { kind: 'mark-and-create' };
  if (!kind.borrows) return occupied(observation.cloudId);
  return { kind: 'adopt', cloudId: observation.cloudId, ownership: 'borrowed' };
}

const occupied = (cloudId: string): Move =>
  failed('PlaceOccupied', `${cloudId} stands in its place and Trunkline did not make it; remove it or rename it`);

export const failed = (code: string, message: string): Move & { kind: 'fail' } => ({
  kind: 'fail',
  failure: { code, message, requestId: null },
});

const atLeastOneSecond = (delay: DurationMs): DurationMs => durationMs(Math.max(delay, seconds(1)));
