/** Uploads a topology file as anyone would, waits for intake's answer, and follows the run that it led to. */
import { basename } from 'node:path';
import * as z from 'zod';
import { epochMs } from '../shared/clock';
import type { Held, Outage } from '../shared/engine/leave';
import type { RunId } from '../shared/engine/run';
import { type IntakeReport, intakeReportObject } from '../shared/engine/take-file';
import type { OrderReport } from '../shared/engine/take-order';
import { TrunklineError } from '../shared/errors';
import { fromStored } from '../shared/format';
import { sha256Hex } from '../shared/json';
import { listOf } from '../shared/list-of';
import type { Problem } from '../shared/problem';
import { problemSchema } from '../shared/problem-schema';
import type { CommandContext, Result } from './command';
import type { Connection } from './connection';
import { INTAKE_PATIENCE_MS, POLL_MS, pauseOrStop } from './patience';
import { placeOrder } from './place-order';
import { problemsText } from './read-topology';
import { exitCodeOf, idleDocument } from './run-view';
import { type Watched, watchRun } from './watch-run';

/** `allowOutage`: what the plan would interrupt is allowed, for that plan and no other. */
export async function applyFile(
  context: CommandContext,
  connection: Connection,
  file: { name: string; bytes: Uint8Array; allowOutage?: boolean },
): Promise<Watched | (Result & Pick<Watched, 'proof' | 'built'>)> {
  const key = `topologies/${basename(file.name)}`;
  const before = await readIntakeReport(connection, key, file.bytes);
  await connection.objects.put(key, file.bytes, 'application/yaml');
  const first = await awaitIntake(context, connection, { key, bytes: file.bytes, before });
  const report = first.outage && file.allowOutage ? await allow(context, connection, key, first) : first;
  const { outcome, network, revision, run } = report;
  if (outcome === 'refused') {
    return { ...refused(context, report.problems, network), proof: null, built: '' };
  }
  if (outcome === 'held') return { ...held(report), proof: null, built: '' };
  const followed = await runToFollow(context, connection, report);
  if (outcome === 'unchanged' && followed === null) {
    const document = idleDocument('unchanged', { network, revision, run });
    const text = `${network} revision ${revision} is live and the file says the same: nothing to do.\n`;
    return { exitCode: exitCodeOf(document), document: { ...document }, text, proof: null, built: '' };
  }
  return watchRun(context, connection, followed ?? (run as RunId));
}

async function allow(
  context: CommandContext,
  connection: Connection,
  file: string,
  { problems, outage }: IntakeReport,
): Promise<OrderReport> {
  context.terminal.note(problemsText(problems, context.terminal));
  context.terminal.note('allowed by --allow-outage\n');
  return placeOrder(context, connection, { kind: 'apply', file, plan: outage?.plan ?? '', mayInterrupt: true });
}

/** The document says that it was refused; why, a person reads on standard error, `--json` or not. */
export function refused(
  { terminal, json }: CommandContext,
  problems: readonly Problem[],
  network: string | null,
): Result {
  const text = problemsText(problems, terminal);
  if (json) terminal.note(text);
  const document = { ...idleDocument('refused', { network, revision: null, run: null }) };
  return { exitCode: 2, document, text, complaint: true };
}

/** Somebody must agree: nothing to follow until then. */
export function held({ network, revision }: Pick<IntakeReport, 'network' | 'revision'>): Result {
  const document = idleDocument('held', { network, revision, run: null });
  const text = `${network} is not changed yet: somebody must agree to the plan. See \`trunkline approve ${network}\`.\n`;
  return { exitCode: exitCodeOf(document), document: { ...document }, text };
}

/** The active run; where it is an older revision's, the one that comes after it. Null where there is nothing to follow. */
export async function runToFollow(
  context: CommandContext,
  { runs }: Connection,
  { network: name, revision, run, outcome }: Pick<IntakeReport, 'network' | 'revision' | 'run' | 'outcome'>,
): Promise<RunId | null> {
  if (outcome === 'accepted' && run !== null) return run as RunId;
  for (;;) {
    const network = await runs.readNetwork(name ?? '');
    if (!network) return null;
    const latest = network.lastRun ? await runs.readRun(network.lastRun) : null;
    if (latest && latest.revision >= (revision ?? 0))
      return latest.state === 'ended' && outcome === 'unchanged' ? null : latest.id;
    // An older revision's run is stopping; it ends on its own and starts ours (W5).
    await pauseOrStop(context, `stopped watching; ${name} goes on`);
  }
}

async function awaitIntake(
  context: CommandContext,
  connection: Connection,
  { key, bytes, before }: { key: string; bytes: Uint8Array; before: IntakeReport | null },
): Promise<IntakeReport> {
  for (let waited = 0; waited < INTAKE_PATIENCE_MS; waited += POLL_MS) {
    const report = await readIntakeReport(connection, key, bytes);
    if (report && report.at !== before?.at) return report;
    await pauseOrStop(context, `stopped watching; ${key} is uploaded, and intake goes on`);
  }
  throw new TrunklineError(
    'IntakeSilent',
    `${key} was uploaded and intake has not answered for ${INTAKE_PATIENCE_MS / 1_000} s`,
  );
}

const outageSchema: z.ZodType<Outage> = z.object({
  plan: z.string(),
  total: z.int(),
  pairs: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      port: z.string().nullable(),
      blockedAt: z.string().nullable(),
      cause: z.string().nullable(),
    }),
  ),
});

const heldSchema: z.ZodType<Held> = z.object({
  plan: z.string(),
  reasons: z.array(z.string()),
  missing: z.int(),
  outage: outageSchema.nullable(),
});

const intakeSchema: z.ZodType<IntakeReport> = z.object({
  source: z.string(),
  hash: z.string(),
  at: z.number().transform(epochMs),
  outcome: z.enum(['refused', 'unchanged', 'held', 'accepted']),
  network: z.string().nullable(),
  revision: z.number().nullable(),
  run: z.string().nullable(),
  problems: listOf(problemSchema),
  outage: outageSchema.nullable(),
  held: heldSchema.nullable(),
});

async function readIntakeReport({ objects }: Connection, key: string, bytes: Uint8Array): Promise<IntakeReport | null> {
  const object = intakeReportObject(key, sha256Hex(bytes));
  const body = await objects.get(object);
  return body && fromStored(intakeSchema, new TextDecoder().decode(body), `the object ${object}`);
}
