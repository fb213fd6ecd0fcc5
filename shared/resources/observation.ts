import type { Observation } from '../engine/resource-kind';
import type { JsonObject } from '../json';

export const absent: Observation = { state: 'absent' };

export const present = (seen: {
  cloudId: string;
  settled: boolean;
  failure?: string | null;
  attributes: JsonObject;
}): Observation => ({
  state: 'present',
  cloudId: seen.cloudId,
  phase: seen.settled ? 'settled' : 'changing',
  failure: seen.failure ?? null,
  attributes: seen.attributes,
});
