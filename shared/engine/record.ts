import type { EpochMs } from '../clock';
import type { JsonObject } from '../json';
import type { Desired, ResourceId } from '../plan/desired';
import type { RecordedResource } from '../plan/recorded';

/**
 * Written before a create is sent, after its place was seen absent (W1). A marker without an outcome means: it may
 * have been made. It carries the exact parameters, so that a repeat is the identical call.
 */
export interface Marker {
  token: string;
  parameters: JsonObject;
  /** 0 where its token must not be sent again. */
  at: EpochMs;
  /** When a look after the marker first saw nothing; null before. Without a token two such looks are needed. */
  absentSince: EpochMs | null;
}

export interface ResourceRecord extends RecordedResource {
  /** Compare-and-set counter: of two holders, one frozen past its claim, only one can write. */
  version: number;
  marker: Marker | null;
  /**
   * When its removal was announced, before it is asked for: what the id stands for may be gone. A plan that wants it again
   * waits for that to be settled, where it would take the record's word.
   */
  removal: EpochMs | null;
  /** The parameters it was made with; null for what was borrowed without any. */
  parameters: JsonObject | null;
  /** When the id was recorded: a read that shows it absent soon after is not believed. */
  recordedAt: EpochMs | null;
}

export const emptyRecord = (id: ResourceId, desired: Desired, generation: number): ResourceRecord => ({
  id,
  kind: desired.kind,
  region: 'region' in desired ? desired.region : null,
  generation,
  cloudId: null,
  ownership: 'ours',
  desiredHash: null,
  desired,
  attributes: {},
  version: 0,
  marker: null,
  removal: null,
  parameters: null,
  recordedAt: null,
});

/** Another holder wrote the record: this one is frozen past its claim, or was just overtaken. It drops everything. */
export class RecordContended extends Error {
  constructor(id: string) {
    super(`another holder wrote the record of ${id}`);
    this.name = 'RecordContended';
  }
}
