/** Agreement and refusal by the ticket: whose word is taken, of which plan, and until when. */
import { durationMs, minutes } from '../../../shared/clock';
import type { TicketSystem } from '../../../shared/tickets/ticket-system';
import { DESK, TINY, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';

const BOARD: TicketSystem = { ...DESK, approvers: ['alice', 'bob'] };
const GUARDED = `${TINY}\napproval: {people: 2, validHours: 2}\n`;

interface Asked {
  harness: TicketHarness;
  /** The submission that waits. */
  id: string;
  plan: string;
}

async function sent(harness: TicketHarness, body: object, delivery: string): Promise<string> {
  const answer = await harness.post(JSON.stringify(body), { delivery });
  if (answer.status !== 202) throw new Error(JSON.stringify(answer));
  const id = String(answer.body.submission);
  await harness.take(id);
  return id;
}

async function asked(system: TicketSystem = BOARD): Promise<Asked> {
  const harness = await ticketHarness([system]);
  const id = await sent(harness, { topology: GUARDED, ticket: 'CHG0000001' }, 'wanted');
  const { question } = (await harness.intake.deps.runs.readNetwork('tiny'))!;
  return { harness, id, plan: question!.plan };
}

const word = (answer: 'agree' | 'refuse', plan: string, by: string, reason?: string) => ({
  answer,
  network: 'tiny',
  plan,
  by,
  ticket: 'CHG0000002',
  ...(reason === undefined ? {} : { reason }),
});

const stateOf = async (harness: TicketHarness, id: string) => (await harness.submission(id)).state;
const latest = async ({ intake }: TicketHarness) => (await intake.deps.runs.readNetwork('tiny'))?.latest;

test('two who agree, each in a ticket of their own, are enough; each hears that their word was taken', async () => {
  const { harness, id, plan } = await asked();
  const first = await sent(harness, word('agree', plan.slice(0, 12), 'alice'), 'first');
  expect([await stateOf(harness, first), await stateOf(harness, id), await latest(harness)]).toEqual([
    'answered',
    'held',
    0,
  ]);
  const second = await sent(harness, word('agree', plan, 'bob'), 'second');
  expect([await stateOf(harness, second), await stateOf(harness, id), await latest(harness)]).toEqual([
    'answered',
    'waiting',
    1,
  ]);
  expect(await harness.hear(second)).toMatchObject([
    { event: 'outcome', outcome: 'answered', run: null, problems: [] },
  ]);
  const { question } = (await harness.intake.deps.runs.readNetwork('tiny'))!;
  expect(question!.voices.map(({ by }) => by)).toEqual(['service-desk/alice', 'service-desk/bob']);
});

test('one voice is one, however often it is delivered and in however many tickets', async () => {
  const { harness, id, plan } = await asked();
  await sent(harness, word('agree', plan, 'alice'), 'first');
  await sent(harness, word('agree', plan, 'alice'), 'first');
  await sent(harness, word('agree', plan, 'alice'), 'another');
  expect([await stateOf(harness, id), await latest(harness)]).toEqual(['held', 0]);
});

test('a refusal is taken, and the ticket that wanted the plan hears why', async () => {
  const { harness, id, plan } = await asked();
  const refusal = await sent(harness, word('refuse', plan, 'alice', 'not on a Friday'), 'first');
  expect([await stateOf(harness, refusal), await stateOf(harness, id), await latest(harness)]).toEqual([
    'answered',
    'refused',
    0,
  ]);
  expect(JSON.stringify(await harness.hear(id))).toContain('not on a Friday');
});

describe('whose word is not taken, and of what', () => {
  test.each<[what: string, system: TicketSystem, by: string, code: string]>([
    ['a system that is not registered to agree', DESK, 'alice', 'answer-not-taken'],
    ['somebody whom the registration does not name', BOARD, 'mallory', 'approver-unknown'],
  ])('%s: answered at once, and nothing reaches intake', async (_what, system, by, code) => {
    const { harness, plan } = await asked(system);
    harness.intake.messages('intake');
    const answer = await harness.post(JSON.stringify(word('agree', plan, by)), { delivery: 'word' });
    expect(answer).toMatchObject({ status: 422, body: { problems: [{ code }] } });
    expect([harness.intake.messages('intake'), await latest(harness)]).toEqual([[], 0]);
  });

  test('whomever the system names, where its registration says so', async () => {
    const { harness, plan } = await asked({ ...DESK, approvers: '*' });
    expect(await stateOf(harness, await sent(harness, word('agree', plan, 'carol'), 'word'))).toBe('answered');
  });

  test.each([
    ['another plan', 'f'.repeat(64)],
    ['the first digits of another plan', 'f'.repeat(12)],
  ])('%s: refused as stale, and nothing is touched', async (_what, plan) => {
    const { harness } = await asked();
    const id = await sent(harness, word('agree', plan, 'alice'), 'word');
    expect(await harness.submission(id)).toMatchObject({ state: 'refused', problems: [{ code: 'approval-stale' }] });
    expect((await harness.intake.deps.runs.readNetwork('tiny'))?.question?.voices).toEqual([]);
  });

  test('a plan of which nothing was asked', async () => {
    const harness = await ticketHarness([BOARD]);
    const id = await sent(harness, word('agree', 'a'.repeat(64), 'alice'), 'word');
    expect(await harness.submission(id)).toMatchObject({ state: 'refused', problems: [{ code: 'approval-stale' }] });
  });

  test('fewer than twelve digits, and a key too many', async () => {
    const { harness, plan } = await asked();
    for (const body of [word('agree', plan.slice(0, 11), 'alice'), { ...word('agree', plan, 'alice'), force: true }])
      expect((await harness.post(JSON.stringify(body), { delivery: 'word' })).status).toBe(422);
  });

  test('what was agreed to too long ago was not said', async () => {
    const { harness, id, plan } = await asked();
    await sent(harness, word('agree', plan, 'alice'), 'first');
    harness.later(durationMs(minutes(121)));
    await sent(harness, word('agree', plan, 'bob'), 'second');
    expect([await stateOf(harness, id), await latest(harness)]).toEqual(['held', 0]);
  });
});

test('cut off once the word was noted, it is taken again and counted once', async () => {
  const { harness, id, plan } = await asked();
  const answer = await harness.post(JSON.stringify(word('agree', plan, 'alice')), { delivery: 'word' });
  const submission = String(answer.body.submission);
  harness.intake.dieAt('answer/noted');
  await expect(harness.take(submission)).rejects.toThrow('answer/noted');
  await harness.take(submission);
  expect([await stateOf(harness, submission), await stateOf(harness, id)]).toEqual(['answered', 'held']);
  const { question } = (await harness.intake.deps.runs.readNetwork('tiny'))!;
  expect(question!.voices).toHaveLength(1);
});
