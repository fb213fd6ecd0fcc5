/** What the sweep found of a network, and how far it has come with looking: one object in the bucket. */
import * as z from 'zod';
import type { EpochMs } from '../clock';
import type { Objects, WrittenKey } from '../engine/objects';
import type { NetworkRow } from '../engine/run';
import { epoch, kind, resourceId } from '../engine/stored-shapes';
import { hasCode } from '../errors';
import { fromStored, withFormat } from '../format';
import { listOf } from '../list-of';
import type { ResourceId } from '../plan/desired';
import type { DriftFinding, NotSeen } from './drift-finding';
import { type TunnelHealth, tunnelHealth } from './tunnel-health';

/** One look at everything, in slices, and a second one at what the first suspects. */
export interface DriftPass {
  /** Where the next slice begins; null once everything was looked at. */
  next: ResourceId | null;
  looked: number;
  suspects: DriftFinding[];
  notSeen: NotSeen[];
  /** When the second look is worth it; null until everything was looked at. */
  againAt: EpochMs | null;
}

export interface DriftReport {
  network: string;
  incarnation: string;
  /** What was live while it was looked at, and by which run: after another one, another look begins. */
  revision: number;
  run: string | null;
  /** When the last whole pass ended; null before, and then it found nothing. */
  checkedAt: EpochMs | null;
  looked: number;
  findings: DriftFinding[];
  notSeen: NotSeen[];
  tunnels: TunnelHealth[];
  /** The last repair by rule. */
  repair: { at: EpochMs; outcome: 'accepted' | 'refused' | 'unchanged'; run: string | null; why: string | null } | null;
  pass: DriftPass | null;
}

const finding: z.ZodType<DriftFinding> = z.object({
  resource: resourceId,
  kind,
  cloudId: z.string().nullable(),
  ownership: z.enum(['ours', 'borrowed']),
  what: z.enum(['changed', 'gone', 'foreign']),
  detail: z.string(),
  remedy: z.string(),
  repair: z.enum(['change', 'renegotiate', 'make']).nullable(),
  version: z.int(),
});
const notSeen: z.ZodType<NotSeen> = z.object({ resource: resourceId, why: z.string() });

export const driftReportSchema: z.ZodType<DriftReport> = z.object({
  network: z.string(),
  incarnation: z.string(),
  revision: z.int(),
  run: z.string().nullable(),
  checkedAt: epoch.nullable(),
  looked: z.int(),
  findings: listOf(finding),
  notSeen: listOf(notSeen),
  tunnels: listOf(tunnelHealth),
  repair: z
    .object({
      at: epoch,
      outcome: z.enum(['accepted', 'refused', 'unchanged']),
      run: z.string().nullable(),
      why: z.string().nullable(),
    })
    .nullable(),
  pass: z
    .object({
      next: resourceId.nullable(),
      looked: z.int(),
      suspects: listOf(finding),
      notSeen: listOf(notSeen),
      againAt: epoch.nullable(),
    })
    .nullable(),
});

export const driftReportObject = (network: string): WrittenKey => `reports/${network}/drift.json`;

/** Null where nothing was found yet, or only of an earlier life of its name; or what was found is spoiled: it is found again. */
export async function readDriftReport(
  { objects }: { objects: Pick<Objects, 'get'> },
  { name, incarnation }: Pick<NetworkRow, 'name' | 'incarnation'>,
): Promise<DriftReport | null> {
  const object = driftReportObject(name);
  const bytes = await objects.get(object);
  const report = bytes && parse(bytes, object);
  return report?.incarnation === incarnation ? report : null;
}

function parse(bytes: Uint8Array, object: string): DriftReport | null {
  try {
    return fromStored(driftReportSchema, new TextDecoder().decode(bytes), `the object ${object}`);
  } catch (error) {
    if (hasCode(error, 'StoredMalformed')) return null;
    throw error;
  }
}

export const writeDriftReport = ({ objects }: { objects: Objects }, report: DriftReport): Promise<void> =>
  objects.put(driftReportObject(report.network), JSON.stringify(withFormat(report)), 'application/json');
