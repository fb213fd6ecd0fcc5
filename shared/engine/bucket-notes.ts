/**
 * What the bucket keeps of networks and runs beside their files, so that lost or restored tables are noticed before
 * anything is made twice, and can be rebuilt (shared/recovery). The rows decide; these only remember.
 */
import * as z from 'zod';
import type { EpochMs } from '../clock';
import type { WrittenKey } from './objects';
import type { RunId } from './run';
import { epoch } from './stored-shapes';

/** Written before a network's first revision. */
export interface NetworkNote {
  network: string;
  incarnation: string;
  source: string;
}

/** Written before a run's first task. */
export interface RunNote {
  run: RunId;
  network: string;
  incarnation: string;
  source: string;
  revision: number;
  topologyObject: string;
  planHash: string;
  startedAt: EpochMs;
}

export const networkNoteObject = (network: string): WrittenKey => `runs/${network}/network.json`;
export const runNoteObject = (network: string, run: RunId): WrittenKey => `runs/${network}/${run}/run.json`;
/** By the plan's hash: of two that begin one run, neither replaces the plan of the one whose row stands. */
export const planObject = (network: string, run: RunId, planHash: string): WrittenKey =>
  `runs/${network}/${run}/plan-${planHash.slice(0, 16)}.json`;
/** All records as the run left them, written at its end. */
export const recordsObject = (network: string, run: RunId): WrittenKey => `runs/${network}/${run}/records.json`;

export const networkNoteSchema: z.ZodType<NetworkNote> = z.object({
  network: z.string(),
  incarnation: z.string(),
  source: z.string(),
});

export const runNoteSchema: z.ZodType<RunNote> = z.object({
  run: z.custom<RunId>((value) => typeof value === 'string'),
  network: z.string(),
  incarnation: z.string(),
  source: z.string(),
  revision: z.int().min(1),
  topologyObject: z.string(),
  planHash: z.string(),
  startedAt: epoch,
});
