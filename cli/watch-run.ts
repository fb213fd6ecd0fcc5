/** Follows a run and says how it ended; what `apply`, `watch` and `demo` have in common. */
import { proofReport } from '../shared/engine/publish-report';
import type { Run, RunId } from '../shared/engine/run';
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

/** Trunkline wrote it; a person may have changed it, and then the counts of the report stand beside it. */
async function readProof({ objects }: Connection, run: Run): Promise<Proof | null> {
  const bytes = await objects.get(proofReport(run.network, run.id));
  return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as Proof) : null;
}
