/** What people order from the command line in a history, by what they see at that moment. */
import { durationMs } from '../../shared/clock';
import type { RunStore } from '../../shared/engine/store';
import { type IntakeReport, intakeReportObject } from '../../shared/engine/take-file';
import { type Order, orderObject } from '../../shared/engine/take-order';
import { withFormat } from '../../shared/format';
import { sha256Hex } from '../../shared/json';
import type { QueueClient } from '../../shared/queue/queue-client';
import { queueName, smqQueue } from '../../shared/queue/smq-queue';
import { topologyAt } from './checks/at-rest';
import type { Platform } from './platform';
import type { Act } from './workloads/workload';

export interface Scene {
  deployment: string;
  bucket: Map<string, Uint8Array>;
  store: RunStore;
  queues: QueueClient;
  platform: Platform;
  /** How often each key was asked to be brought about. */
  asked: Map<string, number>;
  note(line: string): void;
}

/** False where there was nothing to say. */
export async function act(scene: Scene, { key, what, by }: Omit<Act, 'at'>): Promise<boolean> {
  const wanted = what === 'leave' ? leaveFor(scene, key) : await orderFor(scene, key, { what, by });
  if (!wanted) return false;
  scene.note(`${by} orders: ${what} for ${key}`);
  if (what !== 'cancel') scene.asked.set(key, (scene.asked.get(key) ?? 0) + 1);
  await order(scene, wanted);
  return true;
}

/** As `trunkline apply --allow-outage` does, where intake has refused the file as it stands for what it would interrupt. */
function leaveFor({ bucket }: Scene, key: string): Order | null {
  const bytes = bucket.get(key) ?? new Uint8Array();
  const answer = bucket.get(intakeReportObject(key, sha256Hex(bytes)));
  const plan = answer && (JSON.parse(new TextDecoder().decode(answer)) as IntakeReport).outage?.plan;
  return plan ? { kind: 'apply', file: key, plan, mayInterrupt: true } : null;
}

async function orderFor(
  { bucket, store }: Scene,
  key: string,
  { what, by }: Pick<Act, 'what' | 'by'>,
): Promise<Order | null> {
  const row = bucket.has(key) ? await store.readNetwork(topologyAt(bucket, key).name) : null;
  if (!row) return null;
  const { name: network, question, activeRun, latest } = row;
  switch (what) {
    case 'cancel':
      return activeRun === null ? null : { kind: 'cancel', network, run: activeRun };
    case 'resume':
      return latest === 0 ? null : { kind: 'resume', network, base: latest };
    default: {
      if (question?.revision !== null) return null;
      const answer = { plan: question.plan, by, agrees: what === 'agree', reason: null };
      return { kind: 'answer', network, answer };
    }
  }
}

/** As the command line does: stored, and its id sent. */
export async function order({ deployment, bucket, queues, platform }: Scene, wanted: Order): Promise<void> {
  const body = JSON.stringify(withFormat(wanted));
  const id = sha256Hex(`${body} ${platform.total}`).slice(0, 32);
  bucket.set(orderObject(id), new TextEncoder().encode(body));
  await smqQueue(queues, deployment).send('intake', { format: 1, order: id }, durationMs(0));
  platform.poke(queueName(deployment, 'intake'));
}
