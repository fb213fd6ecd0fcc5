/**
 * The sweep's part: one network a minute, in turn, a slice of it at a time, without holding anything. A pass looks at
 * everything that is recorded, then once more at what it suspects; what it found stands in the bucket until the next.
 *
 * By rule it repairs, too (`onDrift: repair`): only what the order of a person would (repair-drift.ts), only after a run
 * that succeeded, and seldom. Two who each bring their own back would else take turns for ever.
 */
import { after, between, type EpochMs, minutes } from '../clock';
import { isDestroyed } from '../engine/revision';
import type { NetworkRow } from '../engine/run';
import type { ResourceId } from '../plan/desired';
import type { Topology } from '../topology/topology';
import type { DriftFinding } from './drift-finding';
import { type DriftPass, type DriftReport, readDriftReport, writeDriftReport } from './drift-report';
import { agreed, liveTopology, look, subjectsOf } from './find-drift';
import type { Subject } from './look-at-record';
import { MOST_REPAIRED, type RepairDeps, repairDrift } from './repair-drift';
import { healthOf, type TunnelChange, type TunnelHealth, tunnelChanges } from './tunnel-health';

/** From the end of a pass to the next: what a person breaks is told within twenty minutes. */
const PACE = minutes(15);
const BETWEEN_REPAIRS = minutes(60);

export interface WatchDeps extends RepairDeps {
  /** Resources looked at in a turn; each is a few calls. */
  slice: number;
  /** Before what is known of them is written: cut off in between, they are told under the same id. */
  noticeTunnels(network: string, changes: readonly TunnelChange[]): Promise<void>;
}

export interface Turn {
  network: string;
  looked: number;
  findings: number;
  /** Whether a pass came to its end. */
  ended: boolean;
  /** What is otherwise than at the last look. */
  events: WatchEvent[];
  repair: string | null;
}

/** A change of state, told once: `vpn-connection/office-1 slave` from `up` to `down`. */
export interface WatchEvent {
  about: string;
  from: string;
  to: string;
}

/** Null where nothing was due. */
export async function watchDrift(deps: WatchDeps): Promise<Turn | null> {
  const row = networkOfTheMinute(await deps.runs.listNetworks(), deps.clock.now());
  if (!row) return null;
  const standing = await readDriftReport(deps, row);
  const report = standing && standing.run === row.lastRun ? standing : anew(row, standing);
  const pass = report.pass ?? beginning(report, deps.clock.now());
  if (!pass || (pass.againAt !== null && deps.clock.now() < pass.againAt)) return null;
  const topology = await liveTopology(deps, row);
  return topology && goOn(deps, { row, topology, report, pass });
}

/** Those that are at rest, each in its turn: which one follows from the time, so that nobody has to remember it. */
export function networkOfTheMinute(rows: readonly NetworkRow[], now: EpochMs): NetworkRow | null {
  const atRest = rows.filter(
    (row) => row.activeRun === null && row.live !== null && row.live === row.latest && !isDestroyed(row),
  );
  return atRest[Math.floor(now / minutes(1)) % atRest.length] ?? null;
}

/** What was known of tunnels outlives runs: one that was up once is down, and not new. */
const anew = ({ name, incarnation, latest, lastRun }: NetworkRow, standing: DriftReport | null): DriftReport => ({
  network: name,
  incarnation,
  revision: latest,
  run: lastRun,
  checkedAt: null,
  looked: 0,
  findings: [],
  notSeen: [],
  tunnels: standing?.tunnels ?? [],
  repair: standing?.repair ?? null,
  pass: null,
});

function beginning({ checkedAt }: DriftReport, now: EpochMs): DriftPass | null {
  if (checkedAt !== null && between(checkedAt, now) < PACE) return null;
  return { next: FIRST, looked: 0, suspects: [], notSeen: [], againAt: null };
}

/** Before every id. */
const FIRST = '' as ResourceId;

interface Stage {
  row: NetworkRow;
  topology: Topology;
  report: DriftReport;
  pass: DriftPass;
}

async function goOn(deps: WatchDeps, stage: Stage): Promise<Turn | null> {
  const subjects = await subjectsOf(deps, stage.row, stage.topology);
  const next = stage.pass.againAt === null ? await slice(deps, stage, subjects) : await again(deps, stage, subjects);
  const now = await deps.runs.readNetwork(stage.row.name);
  // What a run that began meanwhile left half-made is no drift.
  if (now?.version !== stage.row.version) return null;
  const { network, looked, findings, pass } = next;
  const ended = pass === null;
  const changes = tunnelChanges(stage.report.tunnels, next.tunnels);
  if (changes.length > 0) await deps.noticeTunnels(network, changes);
  const repair = ended ? await repairByRule(deps, stage, findings) : null;
  await writeDriftReport(deps, repair ? { ...next, repair } : next);
  return {
    network,
    looked: pass?.looked ?? looked,
    findings: findings.length,
    ended,
    events: [
      ...changes.map(({ tunnel: about, from, to }) => ({ about, from, to })),
      ...(ended ? driftEvents(stage.report, findings) : []),
    ],
    repair: repair && (repair.why ?? repair.outcome),
  };
}

async function slice(deps: WatchDeps, { report, pass }: Stage, subjects: readonly Subject[]): Promise<DriftReport> {
  const from = subjects.findIndex(({ record }) => record.id >= (pass.next ?? ''));
  const rest = from < 0 ? [] : subjects.slice(from);
  const now = deps.clock.now();
  const seen = await look(deps, rest.slice(0, deps.slice));
  const suspects = [...pass.suspects, ...seen.findings].slice(0, MOST_SUSPECTED);
  const notSeen = [...pass.notSeen, ...seen.notSeen].slice(0, MOST_SUSPECTED);
  const looked = pass.looked + Math.min(rest.length, deps.slice);
  const tunnels = withTunnels(report.tunnels, seen.attributes, subjects, now);
  const next = rest[deps.slice]?.record.id ?? null;
  const base = { ...report, tunnels };
  if (next !== null || suspects.length > 0) {
    const againAt = next === null ? after(now, deps.settings.readSettle) : null;
    return { ...base, pass: { next, looked, suspects, notSeen, againAt } };
  }
  return { ...base, checkedAt: now, looked, findings: [], notSeen, pass: null };
}

/** A whole region that is gone is told by its first few hundred things. */
const MOST_SUSPECTED = 200;

async function again(deps: WatchDeps, { report, pass }: Stage, subjects: readonly Subject[]): Promise<DriftReport> {
  const suspected = new Set(pass.suspects.map(({ resource }) => resource));
  const { findings, notSeen } = await look(
    deps,
    subjects.filter(({ record }) => suspected.has(record.id)),
  );
  return {
    ...report,
    checkedAt: deps.clock.now(),
    looked: pass.looked,
    findings: agreed(pass.suspects, findings),
    notSeen: [...pass.notSeen, ...notSeen],
    pass: null,
  };
}

/** Those of connections that were looked at by now; of the others, what was known of them. */
function withTunnels(
  known: readonly TunnelHealth[],
  attributes: LookedAttributes,
  subjects: readonly Subject[],
  now: EpochMs,
): TunnelHealth[] {
  return subjects.flatMap(({ record: { id, kind } }) => {
    if (kind !== 'vpn-connection') return [];
    const seen = attributes.get(id);
    return seen ? healthOf(id, seen, known, now) : known.filter(({ connection }) => connection === id);
  });
}

type LookedAttributes = Awaited<ReturnType<typeof look>>['attributes'];

const WELL = 'as recorded';

function driftEvents({ findings: before }: DriftReport, now: readonly DriftFinding[]): WatchEvent[] {
  const about = new Set([...before, ...now].map(({ resource }) => resource));
  const stateIn = (findings: readonly DriftFinding[], id: ResourceId) =>
    findings.find(({ resource }) => resource === id)?.what ?? WELL;
  return [...about].flatMap((id) => {
    const [from, to] = [stateIn(before, id), stateIn(now, id)];
    return from === to ? [] : [{ about: id, from, to }];
  });
}

/** Null where the rule, the last run or the last repair says no. */
async function repairByRule(
  deps: WatchDeps,
  { row, topology, report }: Stage,
  findings: readonly DriftFinding[],
): Promise<DriftReport['repair']> {
  const resources = findings.flatMap(({ resource, repair }) => (repair === null ? [] : [resource]));
  if (topology.onDrift !== 'repair' || resources.length === 0 || row.outcome !== 'succeeded') return null;
  const at = deps.clock.now();
  if (report.repair && between(report.repair.at, at) < BETWEEN_REPAIRS) return null;
  const order = { network: row.name, base: row.latest, resources: resources.slice(0, MOST_REPAIRED), plan: null };
  const reply = await repairDrift(deps, order);
  const run = reply.kind === 'refused' ? null : reply.run;
  const why = reply.problems.map(({ message }) => message).join('; ') || null;
  return { at, outcome: reply.kind, run, why };
}
