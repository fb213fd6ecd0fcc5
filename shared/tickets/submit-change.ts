/**
 * A ticket's change is applied to the revision that is the latest when intake takes it, and to no other: where the network
 * moves meanwhile it is applied again, to what is latest then. Whoever wrote the ticket may have seen an older one.
 */
import { lastGood, objectOf } from '../engine/earlier-revisions';
import { isDestruction } from '../engine/revision';
import type { NetworkRow } from '../engine/run';
import type { SubmitReply, Submission as Topology } from '../engine/submit-topology';
import { type Problem, problemOf } from '../problem';
import { applyChange } from './changes/apply-change';
import type { TopologyChange } from './changes/topology-change';
import type { Submission } from './submission';
import { type Submitted, submitForeseen } from './submit-foreseen';
import type { TakeDeps } from './take-submission';

/** Two tickets and a file of one network at once. */
const ROUNDS = 4;

interface Changing {
  submission: Submission;
  change: TopologyChange;
  isAgain: boolean;
}

export async function submitChange(deps: TakeDeps, { submission, change, isAgain }: Changing): Promise<Submitted> {
  const { network: name } = change;
  const origin = originOf(submission);
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await deps.runs.readNetwork(name);
    if (!row || row.latest === 0 || isDestruction(row.latestObject))
      return refusedBy(name, 'network-unknown', `there is no network ${name}`, 'Hand in its whole topology first.');
    // Before anything of it is told.
    if (row.source !== origin.source)
      return refusedBy(
        name,
        'network-has-another-source',
        `the network ${name} is not this system’s`,
        'Change it there.',
      );
    const applied = await appliedTo(deps, row, change, isAgain);
    if ('problems' in applied) return refused(name, applied.problems);
    const isCurrent = async () => (await deps.runs.readNetwork(name))?.latestHash === row.latestHash;
    const submitted = await submitForeseen(deps, { bytes: applied.bytes, file: 'topology', isCurrent, ...origin });
    const { reply } = submitted;
    if (reply.kind !== 'refused' || reply.problems.every(({ code }) => code !== 'file-replaced')) return submitted;
  }
  return refusedBy(name, 'network-contended', 'other revisions of it kept arriving', 'Hand it in again.');
}

async function appliedTo(
  { objects, runs }: TakeDeps,
  row: NetworkRow,
  change: TopologyChange,
  isAgain: boolean,
): Promise<{ bytes: Uint8Array } | { problems: Problem[] }> {
  if (change.change === 'rollback') {
    const object = change.revision === undefined ? null : await objectOf(runs, row, change.revision);
    const earlier = object === null || isDestruction(object) ? null : await objects.get(object);
    return earlier ? { bytes: earlier } : { problems: [noSuchRevision(row, change.revision)] };
  }
  const bytes = (await objects.get(row.latestObject)) ?? new Uint8Array();
  const applied = applyChange(new TextDecoder().decode(bytes), change, isAgain);
  if (applied.kind === 'problems') return applied;
  // The very bytes where nothing changes: their hash says that they are the latest.
  return { bytes: applied.isNews ? new TextEncoder().encode(applied.text) : bytes };
}

const noSuchRevision = ({ name }: NetworkRow, revision: number | undefined): Problem =>
  problemOf({
    code: 'revision-unknown',
    message:
      revision === undefined
        ? `${name} has no earlier revision that was ever live`
        : `${name} has no revision ${revision} that was ever run`,
    remedy: 'Name one that `trunkline history` lists, or hand in the whole topology.',
  });

/** Where it goes back to the last good revision, which one that is now: by its own revision, another one will be. */
export async function settledChange({ runs }: TakeDeps, change: TopologyChange): Promise<TopologyChange> {
  if (change.change !== 'rollback' || change.revision !== undefined) return change;
  const row = await runs.readNetwork(change.network);
  const good = row && (await lastGood(runs, row));
  return good ? { ...change, revision: good } : change;
}

export const originOf = ({ id, system }: Submission): Pick<Topology, 'source' | 'asker'> => ({
  source: `ticket:${system}`,
  asker: { kind: 'submission', id },
});

export const refusedBy = (network: string, code: string, message: string, remedy: string): Submitted =>
  refused(network, [problemOf({ code, message, remedy })]);

function refused(network: string, problems: Problem[]): Submitted {
  const reply: SubmitReply = { kind: 'refused', network, problems, outage: null };
  return { reply, foreseen: null };
}
