/** Networks that stand, built once in each process: what histories of edits begin with. */
import { durationMs } from '../../shared/clock';
import { sha256Hex } from '../../shared/json';
import { chanceOf } from './chance';
import { HistoryRecord } from './history-record';
import { A_DEATH, checkAtRest, playTroubled, settle } from './play';
import { type Standing, setStage } from './stage';
import type { Workload } from './workloads/workload';

const built = new Map<string, Promise<Standing>>();

/** Null where the workload begins with nothing. */
export function standingOf({ account, stands }: Workload): Promise<Standing> | null {
  if (stands === null) return null;
  const name = sha256Hex(JSON.stringify([account, stands]));
  const standing = built.get(name) ?? build(name, account, stands);
  built.set(name, standing);
  return standing;
}

async function build(name: string, account: string, { key, text }: NonNullable<Workload['stands']>): Promise<Standing> {
  const uploads = [{ at: durationMs(0), key, text }];
  const workload = {
    name,
    account,
    stands: null,
    byHand: [],
    uploads,
    acts: [],
    mustAsk: [],
    networks: [key],
    down: [],
  };
  const record = new HistoryRecord();
  // Of a seed of its own: what is made later bears other names.
  const chance = chanceOf(`standing/${name}`);
  const stage = await setStage({ workload, faults: [], chance, record, standing: null });
  await playTroubled(stage, A_DEATH);
  await settle(stage, A_DEATH);
  await checkAtRest(stage);
  const { timeline, bucket, asked, effects, foreign } = stage;
  const { violations } = record;
  return {
    instant: timeline.now,
    everything: stage.everything(),
    foreign,
    bucket,
    asked,
    rows: effects.heard,
    violations,
  };
}
