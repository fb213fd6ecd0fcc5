/**
 * A topology file in the bucket. Events come twice and out of order, so the object is read as it is now, and once more
 * after the network's row: of two intakes, the one with the older bytes never moves the row last. The answer is a report
 * object named by the bytes' hash, so that whoever uploaded them finds it.
 */
import type { EpochMs } from '../clock';
import { withFormat } from '../format';
import { type Json, sha256Hex } from '../json';
import type { Problem } from '../problem';
import type { WrittenKey } from './objects';
import { type SubmitDeps, type SubmitReply, submitTopology } from './submit-topology';

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
}

/** `uploadedAt`: of the event that told of it; null where it does not say. */
export async function takeFile(
  deps: SubmitDeps,
  key: string,
  uploadedAt: EpochMs | null = null,
): Promise<SubmitReply['kind'] | 'gone'> {
  const bytes = await deps.objects.get(key);
  if (!bytes) return 'gone';
  const source = `oss:${key}`;
  const hash = sha256Hex(bytes);
  const isCurrent = async (): Promise<boolean> => {
    const standing = await deps.objects.get(key);
    return standing !== null && sha256Hex(standing) === hash;
  };
  const reply = await submitTopology(deps, { bytes, file: key, source, isCurrent, askedAt: uploadedAt });
  const report: IntakeReport = {
    source,
    hash,
    at: deps.clock.now(),
    outcome: reply.kind,
    network: reply.network,
    revision: reply.kind === 'refused' ? null : reply.revision,
    run: reply.kind === 'refused' ? null : reply.run,
    problems: reply.problems,
  };
  await deps.objects.put(
    intakeReportObject(key, hash),
    body(withFormat(report) as unknown as Json),
    'application/json',
  );
  return reply.kind;
}

/** By the file, not the network: a broken file has no name that could be read. */
export const intakeReportObject = (key: string, hash: string): WrittenKey =>
  `reports/intake/${fileStem(key)}-${hash.slice(0, 16)}.json`;

const fileStem = (key: string): string =>
  key
    .slice(key.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9._-]/g, '-');

const body = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;
