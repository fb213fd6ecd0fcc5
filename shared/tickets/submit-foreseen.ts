/**
 * Hands a ticket's topology in, and says what was foreseen of it: what changes, what is proven to hold, who is interrupted.
 * It is worked out before, since afterwards the run is at work; and it is told only where it was of the very plan that the
 * answer is about.
 */
import { foresee } from '../engine/foresight';
import {
  type SubmitDeps,
  type SubmitReply,
  submitTopology,
  type Submission as Topology,
} from '../engine/submit-topology';
import { tellInterruptions } from '../network/interruptions';
import { plannedModel } from '../network/planned-model';
import { prove } from '../network/prove';
import { desiredResources } from '../plan/desired-resources';
import { parseTopology } from '../topology/parse-topology';
import type { Foreseen } from './ticket-event';

export interface Submitted {
  reply: SubmitReply;
  foreseen: Foreseen | null;
}

export async function submitForeseen(deps: SubmitDeps, topology: Topology): Promise<Submitted> {
  const foreseen = await foreseenOf(deps, topology.bytes);
  const reply = await submitTopology(deps, topology);
  return { reply, foreseen: foreseen && (await isOf(deps, reply, foreseen)) ? foreseen : null };
}

async function foreseenOf(deps: SubmitDeps, bytes: Uint8Array): Promise<Foreseen | null> {
  const { topology } = parseTopology(bytes, 'topology');
  if (!topology) return null;
  const row = await deps.runs.readNetwork(topology.name);
  const recorded = row ? await deps.runs.allRecords({ network: row.name, incarnation: row.incarnation }) : [];
  const { plan, interruptions } = await foresee(deps, topology, { row, recorded });
  const { summary } = prove(topology, plannedModel(topology, desiredResources(topology)));
  const isNow = !row?.activeRun;
  return {
    plan: isNow ? plan.hash : null,
    changes: isNow ? plan.summary : null,
    proof: summary,
    interrupted: tellInterruptions(interruptions),
  };
}

/** The network may have moved in between. */
async function isOf({ runs }: SubmitDeps, reply: SubmitReply, { plan }: Foreseen): Promise<boolean> {
  if (reply.kind === 'held') return reply.held.plan === plan;
  if (reply.kind !== 'accepted') return false;
  if (reply.run === null) return plan === null;
  return (await runs.readRun(reply.run))?.planHash === plan;
}
