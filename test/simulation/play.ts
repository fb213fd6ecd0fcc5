/** A history is played: what people do, under faults; then rest; then what a user would repeat; and what must hold then. */
import { type DurationMs, durationMs, epochMs, minutes } from '../../shared/clock';
import { isDestroyed } from '../../shared/engine/revision';
import type { NetworkRow } from '../../shared/engine/run';
import { forgotten, notLive, topologyAt, wasRefused } from './checks/at-rest';
import { act, order } from './people';
import { remove, type Stage, sceneOf, upload } from './stage';

export interface Pace {
  /** Faults stop so long after whatever was done last. */
  troubled: DurationMs;
  /** Rest is believed after it. */
  thaw: DurationMs;
}

/** Past the longest outage, and the longest standstill of a frozen invocation. */
export const STORM: Pace = { troubled: minutes(75), thaw: minutes(25) };
/** Past a claim that nobody holds any more, and the sweeps that find it. */
export const A_DEATH: Pace = { troubled: minutes(15), thaw: durationMs(0) };

/** Quiet must come within it: a message may be four hours late, and what it begins has deadlines of an hour. */
const PATIENCE = minutes(24 * 60);

/** Ends at the first violation: what follows from one is no other. */
const isOver = ({ record }: Stage): boolean => record.violations.length > 0;

/** To the end of the faults. */
export async function playTroubled(stage: Stage, { troubled }: Pace): Promise<void> {
  const { timeline, workload, platform, fate, record, start } = stage;
  platform.start();
  for (const { at, key, text } of workload.uploads)
    timeline.after(at, () => (text === null ? remove(stage, key) : upload(stage, key, new TextEncoder().encode(text))));
  for (const one of workload.acts) timeline.after(one.at, () => void act(sceneOf(stage), one));
  const last = Math.max(...[...workload.uploads, ...workload.acts].map(({ at }) => at));
  await timeline.run(epochMs(start + last + troubled), () => isOver(stage));
  fate.calmDown();
  record.note('faults stop');
}

export async function settle(stage: Stage, { thaw }: Pace): Promise<void> {
  const { timeline, platform, record } = stage;
  const thawed = timeline.now + thaw;
  const isQuiet = (): boolean => timeline.now >= thawed && platform.quiet;
  const quiet = await timeline.run(epochMs(timeline.now + PATIENCE), () => isOver(stage) || isQuiet());
  if (!quiet)
    record.violated({ check: 'quiet', what: `no rest within ${PATIENCE / 3_600_000} hours after the faults` });
}

/** As a user would where a run failed, or where no event came; without faults it must succeed. How many files there were. */
export async function repeatWhatFailed(stage: Stage, pace: Pace): Promise<number> {
  const { workload, bucket, store, record, platform } = stage;
  let repeats = 0;
  for (const key of workload.networks) {
    if (isOver(stage)) break;
    const bytes = bucket.get(key) ?? new Uint8Array();
    const row = await store.readNetwork(topologyAt(bucket, key).name);
    if (notLive(row, bytes) === null || wasRefused(stage, key)) continue;
    const what = await forgotten({ runs: store, bucket }, key, platform.missedUploads === 0);
    if (what) record.violated({ check: 'nothing-lost', what: `${key} ${what}` });
    if (isOver(stage)) break;
    repeats += 1;
    upload(stage, key, bytes);
    await settle(stage, pace);
    for (const one of LAST_WORDS) if (await act(sceneOf(stage), { ...one, key })) await settle(stage, pace);
  }
  for (const name of workload.down) {
    const row = await store.readNetwork(name);
    if (isOver(stage) || !row || isDestroyed(row)) continue;
    repeats += 1;
    await takeDown(stage, row);
    await settle(stage, pace);
  }
  return repeats;
}

/** What people say in the end, of whatever still waits for it. */
const LAST_WORDS = [
  { by: 'alice', what: 'leave' },
  { by: 'alice', what: 'agree' },
  { by: 'bob', what: 'agree' },
] as const;

function takeDown(stage: Stage, { name, latest }: NetworkRow): Promise<void> {
  stage.record.note(`somebody orders ${name} to be taken down`);
  return order(sceneOf(stage), { kind: 'destroy', network: name, base: latest });
}

export async function checkAtRest(stage: Stage): Promise<void> {
  for (const check of stage.checks) {
    if (isOver(stage)) return;
    const found = await check.atRest?.();
    if (found) stage.record.violated({ check: check.name, what: found });
  }
}
