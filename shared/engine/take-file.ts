/**
 * A topology file in the bucket. Events come twice and out of order, so the object is read as it is now, and once more
 * after the network's row: of two intakes, the one with the older bytes never moves the row last. The answer is a report
 * object named by the bytes' hash, so that whoever uploaded them finds it.
 */
import type { EpochMs } from '../clock';
import { withFormat } from '../format';
import { type Json, sha256Hex } from '../json';
import { type Problem, problemOf } from '../problem';
import type { Held, Outage } from './leave';
import type { WrittenKey } from './objects';
import { isDestruction, readRevision } from './revision';
import type { NetworkRow } from './run';
import { submitDestruction } from './submit-destruction';
import { type Submission, type SubmitDeps, type SubmitReply, submitTopology } from './submit-topology';

export interface IntakeReport {
  /** `oss:topologies/acme.yaml` */
  source: string;
  /** SHA-256 of the bytes. */
  hash: string;
  /** Tells this answer from one to the same bytes before. */
  at: EpochMs;
  outcome: SubmitReply['kind'];
  network: string | null;
  revision: number | null;
  run: string | null;
  problems: Problem[];
  /** What its plan would interrupt, where that was not allowed. */
  outage: Outage | null;
  /** What somebody must agree to first; null where nobody must. */
  held: Held | null;
}

/** `askedAt`: of the event that told of it; null where it does not say. */
export async function takeFile(
  deps: SubmitDeps,
  key: string,
  askedAt: EpochMs | null = null,
): Promise<SubmitReply['kind'] | 'gone'> {
  const reply = await submitFile(deps, key, { askedAt });
  return reply === 'gone' ? reply : reply.kind;
}

/** Its answer is left where whoever uploaded it looks. */
export async function submitFile(
  deps: SubmitDeps,
  key: string,
  asked: Pick<Submission, 'askedAt' | 'plan'>,
): Promise<SubmitReply | 'gone'> {
  const bytes = await deps.objects.get(key);
  if (!bytes) return 'gone';
  const source = `oss:${key}`;
  const hash = sha256Hex(bytes);
  const isCurrent = async (): Promise<boolean> => {
    const standing = await deps.objects.get(key);
    return standing !== null && sha256Hex(standing) === hash;
  };
  const reply = await submitTopology(deps, {
    bytes,
    file: key,
    source,
    isCurrent,
    asker: { kind: 'file', key },
    ...asked,
  });
  await putReport(deps, intakeReportObject(key, hash), { source, hash, reply });
  return reply;
}

async function putReport(
  { objects, clock }: SubmitDeps,
  object: WrittenKey,
  { source, hash, reply }: { source: string; hash: string; reply: SubmitReply },
): Promise<void> {
  const report: IntakeReport = {
    source,
    hash,
    at: clock.now(),
    outcome: reply.kind,
    network: reply.network,
    revision: reply.kind === 'refused' ? null : reply.revision,
    run: 'run' in reply ? reply.run : null,
    problems: reply.problems,
    outage: reply.kind === 'refused' ? reply.outage : null,
    held: reply.kind === 'held' ? reply.held : null,
  };
  await objects.put(object, body(withFormat(report) as unknown as Json), 'application/json');
}

/**
 * A file that is gone, as the bucket is now: one that came back is taken. Its network stays, unless its newest revision
 * says `onRemoval: destroy`. Nothing there: a network that never came to a revision, or was taken down before.
 */
export async function takeRemoval(
  deps: SubmitDeps,
  key: string,
): Promise<SubmitReply['kind'] | 'gone' | 'nothing-there'> {
  if (await deps.objects.get(key)) return takeFile(deps, key);
  const source = `oss:${key}`;
  const row = (await deps.runs.listNetworks()).find((network) => network.latest > 0 && network.source === source);
  if (!row || isDestruction(row.latestObject)) return 'nothing-there';
  const bytes = await deps.objects.get(row.latestObject);
  const topology = bytes && readRevision(bytes, row.latestObject);
  const reply: SubmitReply =
    topology?.onRemoval === 'destroy'
      ? await submitDestruction(deps, { network: row.name, base: row.latest })
      : kept(row);
  const hash = sha256Hex('');
  await putReport(deps, intakeReportObject(key, hash), { source, hash, reply });
  return reply.kind;
}

const kept = ({ name, latest, lastRun, live }: NetworkRow): SubmitReply => ({
  kind: 'unchanged',
  network: name,
  revision: latest,
  run: lastRun,
  live: live === latest,
  problems: [
    {
      ...problemOf({
        code: 'file-removed',
        message: `the file of ${name} is gone, and its network stays, since it does not say onRemoval: destroy`,
        remedy: 'Put the file back, or take the network down with `trunkline destroy`.',
      }),
      severity: 'warning',
    },
  ],
});

/** By the file, not the network: a broken file has no name that could be read. */
export const intakeReportObject = (key: string, hash: string): WrittenKey =>
  `reports/intake/${fileStem(key)}-${hash.slice(0, 16)}.json`;

const fileStem = (key: string): string =>
  key
    .slice(key.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9._-]/g, '-');

const body = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;
