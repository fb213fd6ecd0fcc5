/** How a run ended, for people and as the document of `apply` and `watch`. */

import { between, durationMs } from '../shared/clock';
import type { RunReport } from '../shared/engine/publish-report';
import type { Outcome, Run } from '../shared/engine/run';
import type { Proof } from '../shared/network/proof';
import type { Result } from './command';
import { clockText } from './progress';
import { proofText, summaryDocument } from './proof-view';
import type { Terminal } from './terminal';

export type RunOutcome = Outcome | 'unchanged' | 'refused' | 'held';

export interface RunDocument {
  network: string | null;
  revision: number | null;
  run: string | null;
  outcome: RunOutcome;
  tasks: { done: number; failed: number; undone: number };
  calls: number;
  elapsedMs: number;
  proof: ReturnType<typeof summaryDocument> | null;
}

const NO_TASKS = { done: 0, failed: 0, undone: 0 };

export function runDocument(run: Run, report: RunReport | null): RunDocument {
  const { network, revision, id } = run;
  const outcome = run.outcome ?? 'failed';
  if (!report) {
    const elapsedMs = between(run.startedAt, run.endedAt ?? run.startedAt);
    return { network, revision, run: id, outcome, tasks: NO_TASKS, calls: 0, elapsedMs, proof: null };
  }
  const { tasks, calls, elapsedMs, proof } = report;
  return { network, revision, run: id, outcome, tasks, calls, elapsedMs, proof: proof && summaryDocument(proof) };
}

export const idleDocument = (
  outcome: 'unchanged' | 'refused' | 'held',
  { network, revision, run }: Pick<RunDocument, 'network' | 'revision' | 'run'>,
): RunDocument => ({ network, revision, run, outcome, tasks: NO_TASKS, calls: 0, elapsedMs: 0, proof: null });

/** Tasks done and the proof false: something was built that does not hold, which is a difference, not a crash. */
export function exitCodeOf({ outcome, tasks, proof }: RunDocument): Result['exitCode'] {
  switch (outcome) {
    case 'succeeded':
    case 'unchanged':
      return 0;
    case 'refused':
      return 2;
    case 'superseded':
    case 'cancelled':
      return 1;
    case 'held':
      return 4;
    case 'failed':
      return tasks.failed === 0 && tasks.undone === 0 && proof !== null ? 3 : 1;
  }
}

export function runText(
  document: RunDocument,
  report: RunReport | null,
  proof: Proof | null,
  screen: Terminal,
): string {
  const { network, revision, outcome, tasks, calls, elapsedMs } = document;
  const colour = outcome === 'succeeded' ? 'green' : 'red';
  const failures = (report?.failures ?? []).map(({ task, code, message, requestId }) => {
    const id = requestId === null ? '' : ` (request ${requestId})`;
    return `  ${screen.paint('red', task)} ${code}: ${message}${id}\n`;
  });
  const counts = `${tasks.done} done, ${tasks.failed} failed, ${tasks.undone} undone, ${calls} cloud calls, ${clockText(durationMs(elapsedMs))}`;
  return [
    proof ? `${proofText(proof, screen)}\n` : '',
    ...failures,
    `${network} revision ${revision} ${screen.paint(colour, outcome)}: ${counts}\n`,
  ].join('');
}
