/**
 * Repairs what drifted: looks once more at what an order names, makes the records true, and runs the live revision again.
 *
 * - The order's word is not taken: what is seen as wanted by now is left alone, and so is a record that has moved (W1).
 * - Records are marked by compare-and-set before the network is taken by the run, as the row stood before the look. A run
 *   that starts in between has the start refused (W5); what was marked is true for it, too.
 * - Cut off after the marks, the next look finds them and offers the same again.
 */
import { between } from '../clock';
import { foresee } from '../engine/foresight';
import { recordsBehind } from '../engine/records-behind';
import type { NetworkRow } from '../engine/run';
import type { EngineSettings } from '../engine/settings';
import { type StartDeps, startRun } from '../engine/start-run';
import type { TaskStore } from '../engine/store';
import type { SubmitReply } from '../engine/submit-topology';
import { tellInterruptions } from '../network/interruptions';
import type { ResourceId } from '../plan/desired';
import { isError, type Problem, problemOf } from '../problem';
import type { Topology } from '../topology/topology';
import { liveTopology, look, subjectsOf } from './find-drift';
import type { LookDeps } from './look-at-record';
import { repairPlan } from './repair-plan';

export interface RepairDeps extends StartDeps, LookDeps {
  tasks: Pick<TaskStore, 'writeRecord'>;
  settings: Pick<EngineSettings, 'readSettle'>;
}

export interface Repair {
  network: string;
  /** The live revision that whoever gave it had looked at. */
  base: number;
  /** What to look at again; at most `MOST_REPAIRED`. */
  resources: string[];
  /** Hash of the one plan that may interrupt pairs; null where none may. */
  plan: string | null;
}

/** It asks nobody: see ADR 16. */
export type RepairReply = Exclude<SubmitReply, { kind: 'held' }>;

/** Each is one look or two of a few calls: what an invocation has time for. */
export const MOST_REPAIRED = 100;

export async function repairDrift(deps: RepairDeps, repair: Repair): Promise<RepairReply> {
  const { network, base } = repair;
  const row = await deps.runs.readNetwork(network);
  if (!row || row.latest === 0) return refused(network, UNKNOWN(network));
  const behind = await recordsBehind(deps, network, row);
  if (behind !== null) return refused(network, { code: 'records-behind', message: behind, remedy: RECOVER });
  const topology = row.latest === base ? await liveTopology(deps, row) : null;
  if (!topology) return refused(network, stale(row, base));
  const standing = { network, revision: row.latest, problems: [], live: true };
  // Ordered before, or at work on its own: its end tells what is left.
  if (row.activeRun !== null) return { kind: 'unchanged', ...standing, live: false, run: row.activeRun };
  return lookAndRepair(deps, repair, row, topology);
}

async function lookAndRepair(
  deps: RepairDeps,
  { network, resources, plan: allowed, base }: Repair,
  row: NetworkRow,
  topology: Topology,
): Promise<RepairReply> {
  const ids = new Set<ResourceId>(resources.slice(0, MOST_REPAIRED) as ResourceId[]);
  const subjects = await subjectsOf(deps, row, topology);
  // One look is enough where no read can be of the time before it was made.
  const asked = deps.clock.now();
  const { findings } = await look(
    deps,
    subjects.filter(({ record }) => ids.has(record.id)),
  );
  const young = new Set(
    subjects.flatMap(({ record: { id, recordedAt } }) =>
      recordedAt !== null && between(recordedAt, asked) < deps.settings.readSettle ? [id] : [],
    ),
  );
  const repairable = findings.filter(({ repair, resource }) => repair !== null && !young.has(resource));
  if (repairable.length === 0)
    return { kind: 'unchanged', network, revision: row.latest, live: true, run: row.lastRun, problems: [] };
  const records = await deps.runs.allRecords({ network, incarnation: row.incarnation });
  const { plan, recorded, marked, interruptions } = repairPlan({ row, topology, records, findings: repairable });
  const { problems, reasons } = await foresee(deps, topology, { row, recorded });
  if (problems.some(isError)) return { kind: 'refused', network, problems, outage: null };
  if (interruptions.length > 0 && plan.hash !== allowed)
    return refused(network, interrupts(tellInterruptions(interruptions)));
  if (interruptions.length > 0 && reasons.length > 0) return refused(network, needsAgreement(reasons));
  for (const record of marked)
    if (!(await deps.tasks.writeRecord({ network, incarnation: row.incarnation }, record)))
      return refused(network, stale(row, base));
  deps.crash('drift/marked');
  return { kind: 'accepted', network, revision: row.latest, run: await startRun(deps, row), problems: [] };
}

type Told = Pick<Problem, 'code' | 'message' | 'remedy'>;

const refused = (network: string, told: Told): RepairReply => ({
  kind: 'refused',
  network,
  problems: [problemOf(told)],
  outage: null,
});

const UNKNOWN = (network: string): Told => ({
  code: 'network-unknown',
  message: `there is no network named ${network}`,
  remedy: '`trunkline status` lists them.',
});

const stale = ({ name, live, latest }: NetworkRow, base: number): Told => ({
  code: 'order-stale',
  message: `${name} has moved since it was looked at: revision ${base} then, ${latest} wanted and ${live ?? 'none'} live now`,
  remedy: 'Look again with `trunkline drift`, and repair what is left.',
});

const interrupts = (told: readonly string[]): Told => ({
  code: 'pairs-interrupted',
  message: `pairs that are up would be interrupted: ${told.join('; ')}`,
  remedy: 'Repair it with --allow-outage, which allows this plan and no other.',
});

const needsAgreement = (reasons: readonly string[]): Told => ({
  code: 'approval-needed',
  message: `what it interrupts needs somebody's agreement, and nobody can agree to a repair: ${reasons.join('; ')}`,
  remedy: 'Hand in a revision that replaces what is gone, another key for an office, say, and have that agreed to.',
});

const RECOVER = 'Tables that were lost or restored are rebuilt with `trunkline recover`; then look again.';
