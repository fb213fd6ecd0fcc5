/** Once faults stopped and all is quiet: the networks stand as their files say, and nothing is left over. */

import type { State } from '../../../local/world/state';
import { readNetwork } from '../../../shared/alicloud/read-network';
import { auditRun } from '../../../shared/engine/audit';
import type { Cloud } from '../../../shared/engine/cloud';
import { placesOf } from '../../../shared/engine/places';
import { reportObject } from '../../../shared/engine/publish-report';
import { isDestroyed } from '../../../shared/engine/revision';
import { type NetworkRow, runId } from '../../../shared/engine/run';
import type { RunStore } from '../../../shared/engine/store';
import { intakeReportObject } from '../../../shared/engine/take-file';
import { sha256Hex } from '../../../shared/json';
import { prove } from '../../../shared/network/prove';
import { createPlan } from '../../../shared/plan/create-plan';
import { mayStand } from '../../../shared/plan/recorded';
import { parseTopology } from '../../../shared/topology/parse-topology';
import type { Topology } from '../../../shared/topology/topology';
import type { Check } from './check';
import type { Places } from './places';
import { taskSeen } from './task-seen';
import { otherKey } from './tunnel-keys';

export interface RestOptions {
  runs: RunStore;
  cloud: Cloud;
  bucket: ReadonlyMap<string, Uint8Array>;
  /** Keys whose networks must stand. */
  networks: readonly string[];
  /** Names of networks that must be down. */
  down: readonly string[];
  state: State;
  /** How often each was uploaded or removed. */
  asked: ReadonlyMap<string, number>;
  places: Places;
}

export function atRest(options: RestOptions): Check {
  const unfinished = new Map<string, string>();
  return {
    name: 'at-rest',
    row: ({ table, after }) => {
      if (table !== 'tasks' || !after) return null;
      const { run, id, state, owner } = taskSeen(after);
      // One that was not propagated is either of a run whose tasks have all ended, or leaves another open.
      const rest = state === 'open' ? 'is open' : owner === '' ? null : 'is held';
      if (rest) unfinished.set(`${run} ${id}`, rest);
      else unfinished.delete(`${run} ${id}`);
      return null;
    },
    atRest: async () => {
      for (const [task, rest] of unfinished) return `${task} ${rest}`;
      const [open] = await options.runs.listOpen();
      if (open) return `the ${open.kind} ${open.id} is still noted as open`;
      for (const key of options.networks) {
        if (wasRefused(options, key)) continue;
        const found = await networkAtRest(options, key);
        if (found) return found;
      }
      for (const name of options.down) {
        const found = await networkDown(options, name);
        if (found) return found;
      }
      return null;
    },
  };
}

export function topologyAt(bucket: ReadonlyMap<string, Uint8Array>, key: string): Topology {
  const { topology } = parseTopology(bucket.get(key) ?? new Uint8Array(), key);
  if (!topology) throw new Error(`${key} holds no topology`);
  return topology;
}

/** Whether a network that lives has a place that this one wants. */
export function wasRefused({ bucket, places }: Pick<RestOptions, 'bucket' | 'places'>, key: string): boolean {
  const topology = topologyAt(bucket, key);
  return placesOf(topology).some((place) => (places.holder(place) ?? topology.name) !== topology.name);
}

/** Null where the network stands as the file under the key says. */
export function notLive(row: NetworkRow | null, bytes: Uint8Array): string | null {
  if (!row) return 'was never taken in';
  if (row.activeRun !== null) return `is still worked on by ${row.activeRun}`;
  if (row.latestHash !== sha256Hex(bytes)) return 'is of other bytes than its file';
  if (row.live !== row.latest || row.outcome !== 'succeeded') return `is not live: ${row.outcome}`;
  return null;
}

/**
 * What no upload may have to make good: a revision that was recorded and never run, and a file whose every event came and
 * that was never taken in. A run that failed is its user's to repeat, and so is a file that was refused for a
 * place, for what it would interrupt, or by somebody.
 */
export async function forgotten(
  { runs, bucket }: Pick<RestOptions, 'runs' | 'bucket'>,
  key: string,
  everyEventCame: boolean,
): Promise<string | null> {
  const bytes = bucket.get(key) ?? new Uint8Array();
  const row = await runs.readNetwork(topologyAt(bucket, key).name);
  if (row?.latestHash !== sha256Hex(bytes)) {
    const answer = bucket.get(intakeReportObject(key, sha256Hex(bytes)));
    const refused =
      answer !== undefined &&
      /"(place-taken|pairs-interrupted|run-active|plan-stale|approval-refused)"|"outcome": "held"/.test(
        new TextDecoder().decode(answer),
      );
    return everyEventCame && !refused ? 'was never taken in, and every event came' : null;
  }
  const last = row.lastRun === null ? null : await runs.readRun(row.lastRun);
  return last?.revision === row.latest ? null : `is revision ${row.latest}, and no run was ever started for it`;
}

async function networkAtRest(
  { runs, cloud, bucket, asked, places, state }: RestOptions,
  key: string,
): Promise<string | null> {
  const topology = topologyAt(bucket, key);
  const row = await runs.readNetwork(topology.name);
  const late = notLive(row, bucket.get(key) ?? new Uint8Array());
  if (late || !row) return `${topology.name} ${late}`;
  const lost = placesOf(topology).find((place) => places.holder(place) !== topology.name);
  if (lost) return `${topology.name} stands, and ${lost} is not its own`;
  const times = asked.get(key) ?? 0;
  if (row.runs > times) return `W4: ${row.name} was asked for ${times} times and run ${row.runs} times`;
  if (!bucket.has(reportObject(row.name, row.lastRun ?? ''))) return `${row.lastRun} has no report`;
  const tampered = await tamperedRun(runs, bucket, row);
  if (tampered) return tampered;
  const recorded = await runs.allRecords({ network: row.name, incarnation: row.incarnation });
  const marked = recorded.find(({ marker }) => marker !== null);
  if (marked) return `a create of ${marked.id} is still announced`;
  const otherwise = otherKey(state, recorded);
  if (otherwise) return otherwise;
  const { tasks } = createPlan({ topology, revision: row.latest + 1, base: row.live, recorded });
  const next = tasks.find(({ action }) => action !== 'keep');
  if (next) return `the next plan would ${next.action} ${next.id}`;
  const proof = prove(topology, await readNetwork({ topology, recorded, cloud }));
  const blocked = proof.pairs.find((pair) => pair.wanted && !pair.reachable);
  return proof.ok ? null : `${topology.name} is not proven: ${blocked?.from} to ${blocked?.to}: ${blocked?.cause}`;
}

/** Nothing of it stands, by its records and by its name. One that was never taken in is down, too. */
async function networkDown({ runs, bucket, state }: RestOptions, name: string): Promise<string | null> {
  const row = await runs.readNetwork(name);
  if (!row || row.latest === 0) return null;
  if (!isDestroyed(row)) return `${name} is not down: ${row.outcome}`;
  const tampered = await tamperedRun(runs, bucket, row);
  if (tampered) return tampered;
  const recorded = await runs.allRecords({ network: name, incarnation: row.incarnation });
  const left = recorded.find((record) => record.ownership === 'ours' && (mayStand(record) || record.marker !== null));
  if (left) return `${left.id} of ${name} is still recorded`;
  const names = new RegExp(`"trunkline-${name}-|"trunkline:${name}:|/psk/${name}/`);
  for (const { collection, key, value } of state.snapshot())
    if (/^(vpc|cbn|ecs|kms)\./.test(collection) && names.test(JSON.stringify(value)))
      return `${key} of ${collection} is left of ${name}`;
  return null;
}

/** Nobody did: whatever died or was overtaken, the history of every run is found to be as it was written. */
async function tamperedRun(
  runs: RunStore,
  bucket: ReadonlyMap<string, Uint8Array>,
  row: NetworkRow,
): Promise<string | null> {
  for (let sequence = 1; sequence <= row.runs; sequence += 1) {
    const run = await runs.readRun(runId(row.name, row.incarnation, sequence));
    // A start that lost the network to another one wrote nothing.
    if (!run) continue;
    const [tasks, events] = [await runs.readTasks(run.id), await runs.readEvents(run.id)];
    const report = bucket.get(reportObject(row.name, run.id));
    const findings = auditRun({
      run,
      tasks,
      events,
      report: report ? JSON.parse(new TextDecoder().decode(report)) : null,
    });
    const found = findings.find(({ severity }) => severity === 'tampered');
    if (found) return `${run.id} ${found.task}: ${found.what}, and nobody did`;
  }
  return null;
}
