/** Follows a run and says how it ended; what `apply`, `watch` and `demo` have in common. */
import * as z from 'zod';
import { proofReport } from '../shared/engine/publish-report';
import type { Run, RunId } from '../shared/engine/run';
import { fromStored } from '../shared/format';
import { listOf } from '../shared/list-of';
import type { Proof } from '../shared/network/proof';
import { builtText } from './built-view';
import type { CommandContext, Result } from './command';
import type { Connection } from './connection';
import { followRun } from './follow-run';
import { progressFollower } from './progress';
import { exitCodeOf, type RunDocument, runDocument, runText } from './run-view';

export interface Watched extends Result {
  document: RunDocument & Result['document'];
  proof: Proof | null;
  /** What was built, for people; empty where nothing was, or nobody reads it. */
  built: string;
}

export async function watchRun(context: CommandContext, connection: Connection, id: RunId): Promise<Watched> {
  const follower = progressFollower(context.terminal);
  const { run, report } = await followRun(context, connection, id, follower);
  const document = runDocument(run, report);
  const proof = report ? await readProof(connection, run) : null;
  const built = report && !context.json ? builtText(await connection.runs.allRecords(run)) : '';
  const text = runText(document, report, proof, context.terminal);
  return { exitCode: exitCodeOf(document), document: { ...document }, text, proof, built };
}

const verdict = z.enum(['reachable', 'starved', 'blocked', 'assumed']);
const count = z.object({ total: z.number(), reachable: z.number(), assumed: z.number() });

const proofSchema: z.ZodType<Proof> = z.object({
  network: z.string(),
  ok: z.boolean(),
  pairs: listOf(
    z.object({
      from: z.string(),
      to: z.string(),
      port: z.string().nullable(),
      verdict,
      reachable: z.boolean(),
      wanted: z.boolean(),
      path: listOf(z.string()),
      blockedAt: z.string().nullable(),
      cause: z.string().nullable(),
      remedy: z.string().nullable(),
      assumptions: listOf(z.string()),
    }),
  ),
  tests: listOf(
    z.object({
      from: z.string(),
      to: z.string(),
      port: z.string().nullable(),
      expect: z.enum(['reachable', 'blocked']),
      holds: z.boolean(),
    }),
  ),
  assumptions: listOf(z.object({ id: z.string(), text: z.string() })),
  summary: z.object({
    sitePairs: count,
    applications: count,
    tests: z.object({ total: z.number(), hold: z.number() }),
  }),
});

/** Trunkline wrote it; a person may have changed it, and then the counts of the report stand beside it. */
async function readProof({ objects }: Connection, run: Run): Promise<Proof | null> {
  const object = proofReport(run.network, run.id);
  const bytes = await objects.get(object);
  return bytes && fromStored(proofSchema, new TextDecoder().decode(bytes), `the object ${object}`);
}
