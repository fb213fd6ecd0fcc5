/**
 * An order for a network, kept in the bucket and announced by a message: both are needed, so that neither who may only
 * send nor who may only store gives one. The answer is a report object beside it. An order that was answered is not
 * taken again, however often its message comes.
 */
import * as z from 'zod';
import { MOST_REPAIRED, type Repair } from '../drift/repair-drift';
import { fromStored, withFormat } from '../format';
import type { Json } from '../json';
import { listOf } from '../list-of';
import type { Problem } from '../problem';
import { problemSchema } from '../problem-schema';
import type { WrittenKey } from './objects';
import { cancelRun, resumeNetwork } from './steer-run';
import { resourceId } from './stored-shapes';
import { submitDestruction } from './submit-destruction';
import { type Rollback, submitRollback } from './submit-rollback';
import type { SubmitReply } from './submit-topology';
import { type AnswerDeps, type PlanAnswer, takeAnswer } from './take-answer';
import { submitFile } from './take-file';

export type Order =
  | {
      kind: 'destroy';
      network: string;
      /** The newest revision that whoever gave it had seen. */
      base: number;
    }
  /** Take the file in as it is, by this plan and no other. */
  | { kind: 'apply'; file: string; plan: string; mayInterrupt: boolean }
  | { kind: 'answer'; network: string; answer: PlanAnswer }
  | { kind: 'cancel'; network: string; run: string }
  | ({ kind: 'rollback' } & Rollback)
  /** `base`: the newest revision that whoever gave it had seen. */
  | { kind: 'resume'; network: string; base: number }
  /** Look again at what drifted, and bring it back. */
  | ({ kind: 'repair' } & Repair);

export interface OrderDeps extends AnswerDeps {
  repairDrift(repair: Repair): Promise<SubmitReply>;
}

/** The answer, as intake's to a file. */
export interface OrderReport {
  outcome: SubmitReply['kind'];
  network: string | null;
  revision: number | null;
  run: string | null;
  problems: Problem[];
}

const network = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const plan = z.string().regex(/^[0-9a-f]{64}$/);

export const orderSchema: z.ZodType<Order> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('destroy'),
    network,
    base: z.int().min(1),
  }),
  z.object({
    kind: z.literal('apply'),
    file: z.string().regex(/^topologies\/[^/]+$/),
    plan,
    mayInterrupt: z.boolean(),
  }),
  z.object({
    kind: z.literal('answer'),
    network,
    answer: z.object({
      plan,
      by: z.string().min(1).max(200),
      agrees: z.boolean(),
      reason: z.string().max(1_000).nullable(),
    }),
  }),
  z.object({ kind: z.literal('cancel'), network, run: z.string().max(100) }),
  z.object({ kind: z.literal('rollback'), network, base: z.int().min(1), revision: z.int().min(1) }),
  z.object({ kind: z.literal('resume'), network, base: z.int().min(1) }),
  z.object({
    kind: z.literal('repair'),
    network: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
    base: z.int().min(1),
    resources: z.array(resourceId).min(1).max(MOST_REPAIRED),
    plan: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
]);

export const orderReportSchema: z.ZodType<OrderReport> = z.object({
  outcome: z.enum(['refused', 'unchanged', 'held', 'accepted']),
  network: z.string().nullable(),
  revision: z.number().nullable(),
  run: z.string().nullable(),
  problems: listOf(problemSchema),
});

export const orderObject = (id: string): string => `orders/${id}.json`;
export const orderReportObject = (id: string): WrittenKey => `reports/orders/${id}.json`;

export async function takeOrder(deps: OrderDeps, id: string): Promise<SubmitReply['kind'] | 'gone' | 'answered'> {
  const bytes = await deps.objects.get(orderObject(id));
  if (!bytes) return 'gone';
  if (await deps.objects.get(orderReportObject(id))) return 'answered';
  const order = fromStored(orderSchema, new TextDecoder().decode(bytes), `the order ${id}`);
  const reply = await carryOut(deps, order);
  if (reply === 'gone') return 'gone';
  const report: OrderReport = {
    outcome: reply.kind,
    network: reply.network,
    revision: reply.kind === 'refused' ? null : reply.revision,
    run: 'run' in reply ? reply.run : null,
    problems: reply.problems,
  };
  deps.crash('order/taken');
  await deps.objects.put(orderReportObject(id), body(withFormat(report) as unknown as Json), 'application/json');
  return reply.kind;
}

/** What went since then has nobody to be answered. */
function carryOut(deps: OrderDeps, order: Order): Promise<SubmitReply | 'gone'> {
  switch (order.kind) {
    case 'destroy':
      return submitDestruction(deps, order);
    case 'apply':
      return submitFile(deps, order.file, { plan: { hash: order.plan, mayInterrupt: order.mayInterrupt } });
    case 'cancel':
      return cancelRun(deps, order);
    case 'rollback':
      return submitRollback(deps, order);
    case 'resume':
      return resumeNetwork(deps, order);
    case 'answer':
      return takeAnswer(deps, order.network, order.answer);
    case 'repair':
      return deps.repairDrift(order);
  }
}

const body = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;
