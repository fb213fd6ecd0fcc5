/** Back to an earlier revision of a network that a ticketing system handed in. */
import { APPROVAL_SETTINGS } from '../../../shared/engine/foresight';
import type { RunId } from '../../../shared/engine/run';
import { submitRollback } from '../../../shared/engine/submit-rollback';
import { takeAnswer } from '../../../shared/engine/take-answer';
import { type Order, orderObject, orderReportObject, takeOrder } from '../../../shared/engine/take-order';
import { type IntakeHarness, intakeHarness } from '../../in-process/intake-harness';
import { TINY } from '../../in-process/ticket-harness';

const DESK = 'ticket:service-desk';
const WIDER = TINY.replace('# Nobody', '# Somebody');
const MOVED = TINY.replace('10.10.10.0/24', '10.10.11.0/24');

async function revisions(harness: IntakeHarness, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    const reply = await harness.submit(text, DESK);
    if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
    await harness.end(reply.run as RunId, 'succeeded');
  }
}

const row = async ({ deps }: IntakeHarness) => (await deps.runs.readNetwork('tiny'))!;

test('it is a new revision with the old bytes, and its owner stays its owner', async () => {
  const harness = await intakeHarness();
  await revisions(harness, TINY, WIDER);
  const reply = await submitRollback(harness.deps, { network: 'tiny', base: 2, revision: 1 });
  expect(reply).toMatchObject({ kind: 'accepted', revision: 3, run: 'tiny.00000001.3' });
  const { source, latestObject } = await row(harness);
  expect([source, new TextDecoder().decode((await harness.objects.get(latestObject))!)]).toEqual([DESK, TINY]);
});

test('an order for it that comes twice, cut off before its answer, is one revision', async () => {
  const harness = await intakeHarness();
  await revisions(harness, TINY, WIDER);
  const order: Order = { kind: 'rollback', network: 'tiny', base: 2, revision: 1 };
  await harness.objects.put(orderObject('o1') as never, JSON.stringify({ format: 1, ...order }), 'application/json');
  harness.dieAt('order/taken');
  await expect(takeOrder(harness.deps, 'o1')).rejects.toThrow('order/taken');
  expect(await takeOrder(harness.deps, 'o1')).toBe('unchanged');
  expect((await row(harness)).latest).toBe(3);
  expect(harness.objects.all.has(orderReportObject('o1'))).toBe(true);
});

test.each([
  ['the network moved since', { base: 1, revision: 1 }, 'base-stale'],
  ['a revision that never was', { base: 2, revision: 9 }, 'revision-unknown'],
])('%s: refused, and nothing is touched', async (_what, wish, code) => {
  const harness = await intakeHarness();
  await revisions(harness, TINY, WIDER);
  const reply = await submitRollback(harness.deps, { network: 'tiny', ...wish });
  expect(reply).toMatchObject({ kind: 'refused', problems: [{ code }] });
  expect((await row(harness)).latest).toBe(2);
});

test('where somebody must agree it is asked about, and carried out once they have', async () => {
  const harness = await intakeHarness();
  await revisions(harness, TINY, MOVED);
  await harness.objects.put(APPROVAL_SETTINGS as never, 'always', 'application/yaml');
  const held = await submitRollback(harness.deps, { network: 'tiny', base: 2, revision: 1 });
  expect(held).toMatchObject({ kind: 'held', held: { missing: 1 } });
  const { question, latest } = await row(harness);
  expect([question?.asker, latest]).toEqual([{ kind: 'rollback', base: 2, revision: 1 }, 2]);
  const answer = { plan: question!.plan, by: 'alice', agrees: true, reason: null };
  expect(await takeAnswer(harness.deps, 'tiny', answer)).toMatchObject({ kind: 'accepted', revision: 3 });
});
