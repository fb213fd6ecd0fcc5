/** The order to take a network down becomes its next revision: one that wants nothing. */
import { sha256Hex } from '../json';
import { isError, type Problem, problemOf } from '../problem';
import { foresee } from './foresight';
import { answered, askLeave } from './leave';
import { recordsBehind } from './records-behind';
import { destructionObject, destructionText, isDestruction, nothingOf } from './revision';
import type { NetworkRow } from './run';
import { noteNextRun, type StartDeps, startRun, stopOrStart } from './start-run';
import type { SubmitReply } from './submit-topology';

export interface Destruction {
  network: string;
  /** The newest revision that whoever ordered it had seen: an order is for that one, and for no later one. */
  base: number;
}

export async function submitDestruction(deps: StartDeps, { network, base }: Destruction): Promise<SubmitReply> {
  const row = await deps.runs.readNetwork(network);
  if (!row || row.latest === 0) return refused(network, UNKNOWN(network));
  const behind = await recordsBehind(deps, network, row);
  if (behind !== null) return refused(network, { code: 'records-behind', message: behind, remedy: RECOVER });
  if (isDestruction(row.latestObject)) return again(deps, row);
  if (row.latest !== base) return refused(network, stale(row, base));
  const recorded = await deps.runs.allRecords({ network, incarnation: row.incarnation });
  const foresight = await foresee(deps, nothingOf(network), { row, recorded });
  if (foresight.problems.some(isError)) return { kind: 'refused', network, problems: foresight.problems, outage: null };
  const leave = await askLeave(deps, { row, foresight, wanted: undefined, asker: { kind: 'destroy', base } });
  if (leave === null) return refused(network, stale(row, base));
  if (leave.kind === 'refused') return leave;
  if (leave.kind === 'held') return { ...leave, problems: foresight.problems };
  const revision = row.latest + 1;
  const question = answered(row.question, foresight.plan.hash, revision);
  const text = destructionText(network, revision);
  const latestObject = destructionObject(network, revision);
  await deps.objects.put(latestObject, text, 'application/json');
  deps.crash('revision/object-stored');
  if (row.activeRun === null) await noteNextRun(deps, row);
  const moved = await deps.runs.writeNetwork({
    ...row,
    latest: revision,
    latestHash: sha256Hex(text),
    latestObject,
    question,
  });
  if (!moved) return refused(network, stale(row, base));
  deps.crash('revision/network-moved');
  return { kind: 'accepted', network, revision, run: await stopOrStart(deps, moved), problems: [] };
}

/** Ordered before: on its way, done, or to be tried once more. */
async function again(deps: StartDeps, row: NetworkRow): Promise<SubmitReply> {
  const live = row.live === row.latest;
  const base = { network: row.name, revision: row.latest, problems: [] };
  if (live || row.activeRun !== null) return { kind: 'unchanged', ...base, live, run: row.activeRun ?? row.lastRun };
  return { kind: 'accepted', ...base, run: await startRun(deps, row) };
}

type Told = Pick<Problem, 'code' | 'message' | 'remedy'>;

const refused = (network: string, told: Told): SubmitReply => ({
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

const stale = ({ name, latest }: NetworkRow, base: number): Told => ({
  code: 'order-stale',
  message: `${name} is at revision ${latest} by now, and the order was for revision ${base}`,
  remedy: 'Look at what stands now, and order it again.',
});

const RECOVER = 'Tables that were lost or restored are rebuilt with `trunkline recover`; then order it again.';
