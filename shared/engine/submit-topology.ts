/**
 * Intake: a topology's bytes become a revision, or a list of problems and nothing else.
 *
 * Everything that can refuse comes first; the network's row moves by compare-and-set; on conflict it is read again.
 * A revision's identity is the SHA-256 of its bytes, compared with `latest` only, so A, B, A is three revisions.
 */
import { after, type EpochMs, minutes } from '../clock';
import { withFormat } from '../format';
import { sha256Hex } from '../json';
import { plannedModel } from '../network/planned-model';
import type { Proof } from '../network/proof';
import { prove } from '../network/prove';
import { desiredResources } from '../plan/desired-resources';
import type { RecordedResource } from '../plan/recorded';
import { isError, type Problem, problemOf } from '../problem';
import { parseTopology } from '../topology/parse-topology';
import type { Topology } from '../topology/topology';
import { type NetworkNote, networkNoteObject } from './bucket-notes';
import { foresee } from './foresight';
import { answered, askLeave, type Held, type Outage } from './leave';
import { placesHeld, placesOf } from './places';
import { recordsBehind } from './records-behind';
import { isDestroyed, readRevision, topologyObject } from './revision';
import type { Asker, NetworkRow, RunId } from './run';
import { noteNextRun, type StartDeps, startRun, stopOrStart } from './start-run';
import type { NetworkKey, PlaceHolder } from './store';

export interface SubmitDeps extends StartDeps {
  /** Unique per life of a network: eight hexadecimal digits. */
  newIncarnation(): string;
  /** What the file assumes of the account, and adopts of it, against what is there and what is recorded. */
  compareAccount(topology: Topology, recorded: readonly RecordedResource[]): Promise<Problem[]>;
}

export interface Submission {
  bytes: Uint8Array;
  /** For the problems' places. */
  file: string;
  source: string;
  /** Whether the bytes still stand where they came from; left out where nobody can replace them. */
  isCurrent?(): Promise<boolean>;
  /** In the cloud's time; null or left out where that is not told. */
  askedAt?: EpochMs | null;
  /** The one plan that is wanted; left out: whichever follows. */
  plan?: WantedPlan;
  asker: Asker;
}

/** What somebody has seen, and wants as it was. */
export interface WantedPlan {
  hash: string;
  /** Whether it may interrupt pairs. */
  mayInterrupt: boolean;
}

export type SubmitReply =
  | { kind: 'refused'; network: string | null; problems: Problem[]; outage: Outage | null }
  /** Run: the one that brought it live, or, where it is not live yet, the active one. */
  | { kind: 'unchanged'; network: string; revision: number; run: RunId | null; live: boolean; problems: Problem[] }
  /** Somebody must agree first; nothing was touched. */
  | { kind: 'held'; network: string; revision: number; held: Held; problems: Problem[] }
  /** Run: null where it waits for the active one to stop. */
  | { kind: 'accepted'; network: string; revision: number; run: RunId | null; problems: Problem[] };

/** Two intakes of one network seldom meet; four rounds let three of them pass. */
const ROUNDS = 4;

export async function submitTopology(deps: SubmitDeps, submission: Submission): Promise<SubmitReply> {
  const { topology, problems } = parseTopology(submission.bytes, submission.file);
  if (!topology) return { kind: 'refused', network: null, problems, outage: null };
  const hash = sha256Hex(submission.bytes);
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await deps.runs.readNetwork(topology.name);
    // After the row was read: whoever replaces them from here on moves the row later, or has our move refused.
    if (submission.isCurrent && !(await submission.isCurrent())) return refused(topology, [REPLACED]);
    const reply = await submitOver(deps, { submission, topology, hash, row, problems });
    if (reply) return reply;
  }
  return refused(topology, [problem('network-contended', 'other revisions of it kept arriving', 'Upload it again.')]);
}

interface Attempt {
  submission: Submission;
  topology: Topology;
  hash: string;
  row: NetworkRow | null;
  problems: Problem[];
}

/** With leave. */
interface Admitted extends Attempt {
  row: NetworkRow;
  /** Hash of its plan. */
  plan: string;
}

/** Null where the row moved under us: read it again. */
async function submitOver(deps: SubmitDeps, attempt: Attempt): Promise<SubmitReply | null> {
  const { submission, topology, hash, row, problems } = attempt;
  // Whoever comes after a network was taken down owns the name.
  if (row && row.latest > 0 && row.source !== submission.source && !isDestroyed(row))
    return refused(topology, [
      problem(
        'network-has-another-source',
        `the network ${topology.name} belongs to ${row.source}`,
        'Change it there, or give this topology another name.',
      ),
    ]);
  if (row && row.latestHash === hash) {
    // Whoever still has in hand what stood there before would move the row after this answer, had it not moved.
    const standing = submission.isCurrent ? await deps.runs.writeNetwork(row) : row;
    return standing && again(deps, standing, submission.askedAt ?? null, problems);
  }
  const behind = await recordsBehind(deps, topology.name, row);
  if (behind !== null) return refused(topology, [problem('records-behind', behind, BEHIND_REMEDY)]);
  const recorded = row ? await deps.runs.allRecords({ network: row.name, incarnation: row.incarnation }) : [];
  const found = await findings(deps, topology, recorded);
  if (found.some(isError)) return refused(topology, [...problems, ...found]);
  const foresight = await foresee(deps, topology, { row, recorded });
  const told = [...problems, ...found, ...foresight.problems];
  if (foresight.problems.some(isError)) return refused(topology, told);
  const base = row ?? firstRow(topology.name, deps.newIncarnation(), submission.source);
  const leave = await askLeave(deps, { row: base, foresight, wanted: submission.plan, asker: submission.asker });
  if (leave === null) return null;
  if (leave.kind === 'held') return { ...leave, problems: told };
  if (leave.kind === 'refused') return { ...leave, problems: [...told, ...leave.problems] };
  const moved = await takeAndMove(deps, { ...attempt, row: base, plan: foresight.plan.hash });
  if (moved === null || !('version' in moved)) return moved;
  deps.crash('revision/network-moved');
  const run = await stopOrStart(deps, moved);
  return {
    kind: 'accepted',
    network: topology.name,
    revision: moved.latest,
    run,
    problems: told,
  };
}

/** Clocks of others are off by up to so much: a file that was uploaded again within it is taken for asked again. */
const SKEW = minutes(1);

/** The same bytes once more: nothing to do where they are live or on their way, another run where the last one failed. */
async function again(
  deps: SubmitDeps,
  row: NetworkRow,
  askedAt: EpochMs | null,
  problems: Problem[],
): Promise<SubmitReply> {
  const live = row.live === row.latest;
  const base = { network: row.name, revision: row.latest, problems };
  if (live || row.activeRun !== null) return { kind: 'unchanged', ...base, live, run: row.activeRun ?? row.lastRun };
  const last = row.lastRun === null ? null : await deps.runs.readRun(row.lastRun);
  // A late duplicate: nobody asked again since it failed (W4).
  if (last?.endedAt && last.revision === row.latest && askedAt !== null && after(askedAt, SKEW) < last.endedAt)
    return { kind: 'unchanged', ...base, live, run: last.id };
  return { kind: 'accepted', ...base, run: await startRun(deps, row) };
}

/** What the account and the proof on planned state say. */
async function findings(
  deps: SubmitDeps,
  topology: Topology,
  recorded: readonly RecordedResource[],
): Promise<Problem[]> {
  const account = await deps.compareAccount(topology, recorded);
  if (account.some(isError)) return account;
  const proof = prove(topology, plannedModel(topology, desiredResources(topology)));
  return [...account, ...(proof.ok ? [] : proofProblems(proof))];
}

const SHOWN = 20;

export function proofProblems(proof: Proof): Problem[] {
  const blocked = proof.pairs.filter((pair) => pair.wanted && !pair.reachable);
  const pairs = blocked
    .slice(0, SHOWN)
    .map((pair) =>
      problem(
        'pair-not-reachable',
        `${pair.from} would not reach ${pair.to}${pair.port ? ` on ${pair.port}` : ''}: ${pair.cause ?? pair.verdict}${pair.blockedAt ? ` (at ${pair.blockedAt})` : ''}`,
        pair.remedy ?? 'See `trunkline prove`.',
      ),
    );
  const more = blocked.length - pairs.length;
  const rest =
    more > 0 ? [problem('pair-not-reachable', `${more} more pairs are not reachable`, 'See `trunkline prove`.')] : [];
  const tests = proof.tests
    .filter((test) => !test.holds)
    .map((test) =>
      problem(
        'test-does-not-hold',
        `the test ${test.from} to ${test.to}${test.port ? ` on ${test.port}` : ''} expects ${test.expect} and would not hold`,
        'Correct the test or the access that contradicts it.',
      ),
    );
  return [...pairs, ...rest, ...tests];
}

async function takeAndMove(deps: SubmitDeps, attempt: Admitted): Promise<NetworkRow | SubmitReply | null> {
  const { submission, topology, hash, row, plan } = attempt;
  const base = row.version === 0 ? await deps.runs.writeNetwork(row) : row;
  if (!base) return null;
  deps.crash('revision/name-reserved');
  const conflict = await takePlaces(deps, attempt, base);
  if (conflict) return refused(topology, [conflict]);
  await noteNetwork(deps, { ...base, source: submission.source });
  const latestObject = topologyObject(topology.name, hash);
  await deps.objects.put(latestObject, submission.bytes, 'application/yaml');
  deps.crash('revision/object-stored');
  // The end of an active run starts the next by itself.
  if (base.activeRun === null) await noteNextRun(deps, base);
  const { source } = submission;
  const latest = base.latest + 1;
  const question = answered(base.question, plan, latest);
  return deps.runs.writeNetwork({ ...base, source, latest, latestHash: hash, latestObject, question });
}

/** Only this life of the network writes it, and always the same. */
async function noteNetwork({ objects }: SubmitDeps, { name, incarnation, source }: NetworkRow): Promise<void> {
  const note: NetworkNote = { network: name, incarnation, source };
  await objects.put(networkNoteObject(name), JSON.stringify(withFormat(note)), 'application/json');
}

/**
 * Written before anything is taken in its name, so that whoever comes again takes it for the same incarnation. A row
 * without a revision belongs to nobody yet.
 */
const firstRow = (name: string, incarnation: string, source: string): NetworkRow => ({
  name,
  incarnation,
  source,
  latest: 0,
  latestHash: '',
  latestObject: '',
  live: null,
  liveObject: null,
  activeRun: null,
  runs: 0,
  lastRun: null,
  outcome: null,
  question: null,
  version: 0,
});

/**
 * Each serves one network. Where another has one of them, a network without any revision gives back
 * what it has taken; one that stands keeps it for its next revision.
 */
async function takePlaces(deps: SubmitDeps, { topology, hash }: Attempt, row: NetworkRow): Promise<Problem | null> {
  // The row's version tells two attempts with the same bytes apart.
  const attempt = `${row.version}/${hash}`;
  const by: PlaceHolder = { network: row.name, incarnation: row.incarnation, attempt, at: deps.clock.now() };
  const taken: string[] = [];
  for (const place of placesOf(topology)) {
    const holder = await takeOrTakeOver(deps, place, by);
    if (isSame(holder, by)) {
      taken.push(place);
      continue;
    }
    await givePlacesBack(deps, row, taken, by);
    return problem(
      'place-taken',
      `${place.replace('/', ' ')} belongs to the network ${holder.network}`,
      'A VPC, a CEN instance and what is adopted are of one network: name another one, or remove it from that network.',
    );
  }
  return null;
}

const isSame = (one: NetworkKey, other: NetworkKey): boolean =>
  one.network === other.network && one.incarnation === other.incarnation;

/** Who holds the place now. One whose network no longer wants it, and has nothing there any more, gives it up. */
async function takeOrTakeOver(deps: SubmitDeps, place: string, by: PlaceHolder): Promise<PlaceHolder> {
  const holder = await deps.runs.takePlace(place, by);
  if (isSame(holder, by) || !(await hasLeft(deps, place, holder))) return holder;
  return (await deps.runs.takeOverPlace(place, holder, by)) ? by : holder;
}

/** Its newest revision is live and is without the place; and the attempt that took it last was for that one or an earlier. */
async function hasLeft(deps: SubmitDeps, place: string, holder: PlaceHolder): Promise<boolean> {
  const row = await deps.runs.readNetwork(holder.network);
  if (!row || row.incarnation !== holder.incarnation) return false;
  if (row.latest === 0) return wasForsaken(deps, row, holder);
  if (row.live !== row.latest || row.activeRun !== null) return false;
  // Taken for a row that has moved since: whoever took it is through, one way or the other.
  if (versionOf(holder.attempt) >= row.version) return false;
  const bytes = await deps.objects.get(row.latestObject);
  const topology = bytes && readRevision(bytes, row.latestObject);
  if (topology === null || placesOf(topology).includes(place)) return false;
  // What was adopted once stays its own when its file names it no more.
  const { network, incarnation } = holder;
  return !placesHeld(await deps.runs.allRecords({ network, incarnation })).includes(place);
}

/** An intake takes two minutes at most; one that is tried again takes its places again. */
const ON_ITS_WAY = minutes(5);

/**
 * Its intake died on the way to a first revision. The row moves, so that one that still stands with the bytes in its hands
 * has its own move refused.
 */
async function wasForsaken({ clock, runs }: SubmitDeps, row: NetworkRow, { at }: PlaceHolder): Promise<boolean> {
  return clock.now() > after(at, ON_ITS_WAY) && (await runs.writeNetwork(row)) !== null;
}

/** An attempt begins with the version of the row that it was made on. */
const versionOf = (attempt: string): number => Number.parseInt(attempt, 10) || 0;

/**
 * The row's version moves first: whoever has the same places and is about to bring the network to life with them finds
 * its own move refused, and takes them again.
 */
async function givePlacesBack(deps: SubmitDeps, row: NetworkRow, places: string[], by: PlaceHolder): Promise<void> {
  let standing: NetworkRow | null = row;
  for (let round = 0; round < ROUNDS && standing?.latest === 0; round += 1) {
    if (await deps.runs.writeNetwork(standing)) {
      for (const place of places) await deps.runs.leavePlace(place, by);
      return;
    }
    standing = await deps.runs.readNetwork(row.name);
  }
}

const refused = (topology: Topology, problems: Problem[]): SubmitReply & { kind: 'refused' } => ({
  kind: 'refused',
  network: topology.name,
  problems,
  outage: null,
});

const problem = (code: string, message: string, remedy: string): Problem => problemOf({ code, message, remedy });

const BEHIND_REMEDY = 'Tables that were lost or restored are rebuilt with `trunkline recover`; then upload it again.';

const REPLACED = problem(
  'file-replaced',
  'the file was replaced or removed while it was being read',
  'Nothing to do: what stands there now has an answer of its own.',
);
