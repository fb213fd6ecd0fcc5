/**
 * Findings as a plan: the records as they would stand if they told what was seen, and what the live revision then asks
 * for. Pure; the same findings over the same records give the same plan, whoever works it out.
 */
import type { ResourceRecord } from '../engine/record';
import type { NetworkRow } from '../engine/run';
import { type Interruption, interruptionsOf } from '../network/interruptions';
import { createPlan } from '../plan/create-plan';
import type { Desired } from '../plan/desired';
import { desiredResources } from '../plan/desired-resources';
import type { Plan } from '../plan/plan';
import { statesOf } from '../plan/states';
import type { Topology } from '../topology/topology';
import type { DriftFinding } from './drift-finding';

export interface RepairPlan {
  plan: Plan;
  /** All records, as they would stand. */
  recorded: ResourceRecord[];
  /** Those that stand otherwise now: to be written before the plan is carried out. */
  marked: ResourceRecord[];
  /** Pairs that are up, and are not while it is repaired. */
  interruptions: Interruption[];
}

export function repairPlan(input: {
  row: Pick<NetworkRow, 'latest' | 'live'>;
  topology: Topology;
  records: readonly ResourceRecord[];
  findings: readonly DriftFinding[];
}): RepairPlan {
  const { row, topology, records, findings } = input;
  const wanted = new Map(desiredResources(topology).map(({ id, desired }) => [id, desired]));
  const found = new Map(findings.map((finding) => [finding.resource, finding]));
  const marked: ResourceRecord[] = [];
  const recorded = records.map((record) => {
    const [finding, desired] = [found.get(record.id), wanted.get(record.id)];
    const next = finding && desired ? asFound(record, desired, finding) : record;
    if (next !== record) marked.push(next);
    return next;
  });
  const plan = createPlan({ topology, revision: row.latest, base: row.live, recorded });
  // A stored key that is gone cuts nobody off: its tunnels hold it, and are given another one in turn.
  const carrying = recorded.map((record, index) =>
    record.kind === 'pre-shared-key' ? (records[index] ?? record) : record,
  );
  const cut = new Set(findings.flatMap(({ resource, repair }) => (repair === 'renegotiate' ? [resource] : [])));
  const states = statesOf(plan, carrying, cut);
  return { plan, recorded, marked, interruptions: interruptionsOf({ before: topology, after: topology, states }) };
}

/**
 * What is gone begins a new generation, since name and token of the old one are spent (W1); what was changed is no more
 * fulfilled than on the day it was made, and the next run goes on from there.
 */
function asFound(record: ResourceRecord, desired: Desired, { repair, version }: DriftFinding): ResourceRecord {
  if (repair === null || version !== record.version) return record;
  if (repair !== 'make') return record.desiredHash === null ? record : { ...record, desired, desiredHash: null };
  if (record.cloudId === null) return record;
  const generation = record.generation + 1;
  return {
    ...record,
    generation,
    cloudId: null,
    desired,
    desiredHash: null,
    marker: null,
    removal: null,
    recordedAt: null,
  };
}
