/**
 * The removal of one resource as one pure decision: what the record says, what the cloud shows, and the time in; one
 * move out. Only what is recorded as ours by its id, or was announced by a marker and bears our name, is ever removed (W6).
 */
import { after, between, type DurationMs, durationMs, type EpochMs, seconds } from '../clock';
import type { ResourceRecord } from './record';
import type { Observation } from './resource-kind';
import type { EngineSettings } from './settings';

export type RemovalMove =
  /** Ask for it to be removed; a later wake looks. */
  | { kind: 'remove'; cloudId: string }
  /** A create that nobody saw the end of made it: record the id, remove it next. */
  | { kind: 'adopt'; cloudId: string }
  | { kind: 'note-absence' }
  | { kind: 'wait'; delay: DurationMs; reason: string }
  /** Nothing of ours stands: note it. */
  | { kind: 'gone' };

export interface RemovalSituation {
  record: ResourceRecord;
  /** Null where the record holds neither an id nor a marker: there is nothing to look for. */
  observation: Observation | null;
  kind: { pollAfter: DurationMs };
  /** The name that it bears if we made it. */
  name: string;
  /** Before the cloud was asked: what it showed is no newer than that. */
  askedAt: EpochMs;
  settings: Pick<EngineSettings, 'readSettle'>;
}

export function nextRemoval({ record, observation, kind, name, askedAt, settings }: RemovalSituation): RemovalMove {
  if (record.ownership === 'borrowed') return { kind: 'gone' };
  if (observation === null) return { kind: 'gone' };
  if (record.cloudId !== null) {
    if (observation.state === 'absent') {
      const settledAt = record.recordedAt === null ? askedAt : after(record.recordedAt, settings.readSettle);
      // Made a moment ago: a read that shows nothing may be of the time before (W1).
      return askedAt >= settledAt ? { kind: 'gone' } : waitUntil(settledAt, askedAt);
    }
    if (observation.phase === 'changing' && observation.failure === null)
      return { kind: 'wait', delay: kind.pollAfter, reason: 'it is changing' };
    return { kind: 'remove', cloudId: record.cloudId };
  }
  if (observation.state === 'present') {
    const foreign = typeof observation.attributes.name === 'string' && observation.attributes.name !== name;
    return foreign ? { kind: 'gone' } : { kind: 'adopt', cloudId: observation.cloudId };
  }
  const absentSince = record.marker?.absentSince ?? null;
  if (absentSince === null) return { kind: 'note-absence' };
  const settledAt = after(absentSince, settings.readSettle);
  return askedAt >= settledAt ? { kind: 'gone' } : waitUntil(settledAt, askedAt);
}

const waitUntil = (instant: EpochMs, now: EpochMs): RemovalMove => ({
  kind: 'wait',
  delay: durationMs(Math.max(between(now, instant), seconds(1))),
  reason: 'looking twice before it is taken for gone',
});
