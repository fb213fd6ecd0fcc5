/** Callbacks to a receiver that is not there, for a while or for ever. */
import { minutes } from '../../../shared/clock';
import { DESK, TINY, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';

const BODY = JSON.stringify({ topology: TINY, ticket: 'CHG0030192' });
const DAY = 24 * 60;

async function waiting(): Promise<{ harness: TicketHarness; id: string }> {
  const harness = await ticketHarness();
  const id = String((await harness.post(BODY)).body.submission);
  await harness.take(id);
  return { harness, id };
}

/** What queues and the sweep do, a step of so many minutes after another; answers `up` once the receiver is there. */
async function live(harness: TicketHarness, of: { minutes: number; step: number; upAfter?: number; sweep?: boolean }) {
  for (let minute = 0; minute < of.minutes; minute += of.step) {
    const isUp = of.upAfter !== undefined && minute >= of.upAfter;
    harness.answers.splice(0, harness.answers.length, ...(isUp ? [] : Array<number>(20).fill(503)));
    if (of.sweep) await harness.intake.sweep();
    for (const queue of ['intake', 'callback'] as const)
      for (const { submission } of harness.intake.messages(queue))
        await (queue === 'intake' ? harness.take(String(submission)) : harness.callBack(String(submission)));
    harness.later(minutes(of.step));
  }
}

test('one that fails is tried again later under the same delivery id', async () => {
  const { harness, id } = await waiting();
  harness.answers.push(500, null, 302);
  const replies: string[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    replies.push(await harness.callBack(id));
    harness.later(minutes(15));
  }
  expect(replies).toEqual(['again', 'again', 'again', 'delivered']);
  expect(new Set(harness.posted.map(({ headers }) => headers['x-trunkline-delivery'])).size).toBe(1);
});

test('each event has an id of its own, and they come in order', async () => {
  const { harness, id } = await waiting();
  await harness.settle((await harness.submission(id)).run!, 'succeeded');
  await harness.callBack(id);
  await harness.callBack(id);
  expect(harness.posted.map(({ body }) => body['event'])).toEqual(['accepted', 'outcome']);
  expect(new Set(harness.posted.map(({ headers }) => headers['x-trunkline-delivery'])).size).toBe(2);
});

test('the sweep’s reminders use up no tries', async () => {
  const { harness, id } = await waiting();
  await live(harness, { minutes: 30, step: 1, sweep: true });
  // 10 s, 20 s … 21 min: eight tries or so, a few of them late by the minute that this test's clock moves by.
  expect(harness.posted.length).toBeGreaterThanOrEqual(6);
  expect(harness.posted.length).toBeLessThanOrEqual(9);
  expect(await harness.submission(id)).toMatchObject({ told: 0, lost: 0 });
});

test('a receiver that was dead for a day hears everything, in order', async () => {
  const { harness, id } = await waiting();
  await harness.settle((await harness.submission(id)).run!, 'succeeded');
  await live(harness, { minutes: DAY + 60, step: 10, upAfter: DAY - 10 });
  expect(harness.posted.slice(-2).map(({ body }) => body['event'])).toEqual(['accepted', 'outcome']);
  expect(await harness.submission(id)).toMatchObject({ told: 2, lost: 0 });
  expect(harness.intake.messages('dead-letters')).toEqual([]);
});

test('one that stays dead leaves what it did not hear to the dead letters, and nothing goes on for ever', async () => {
  const { harness, id } = await waiting();
  await harness.settle((await harness.submission(id)).run!, 'failed');
  await live(harness, { minutes: DAY + 90, step: 10 });
  expect(harness.intake.messages('dead-letters')).toEqual([
    { format: 1, submission: id, event: 0, status: 503 },
    { format: 1, submission: id, event: 1, status: 503 },
  ]);
  expect(await harness.submission(id)).toMatchObject({ told: 2, lost: 2 });
  expect(harness.posted.length).toBeLessThan(70);
  const open = await harness.intake.deps.runs.listOpen();
  expect(open.filter(({ kind }) => kind === 'submission')).toEqual([]);
  await live(harness, { minutes: 60, step: 10, sweep: true });
  expect(harness.posted.length).toBeLessThan(70);
});

test('an outcome that comes while a callback is on its way is told too', async () => {
  const { harness, id } = await waiting();
  const { run } = await harness.submission(id);
  harness.whilePosting(() => harness.settle(run!, 'succeeded'));
  expect(await harness.callBack(id)).toBe('delivered');
  expect(await harness.submission(id)).toMatchObject({ state: 'succeeded', told: 1 });
  expect((await harness.hear(id)).map(({ event }) => event)).toEqual(['accepted', 'outcome']);
});

test('two messages for one event that come at once tell it once: a comment has no delivery id', async () => {
  const { harness, id } = await waiting();
  let other = '';
  harness.whilePosting(async () => {
    other = await harness.callBack(id);
  });
  expect([await harness.callBack(id), other]).toEqual(['delivered', 'nothing-to-send']);
  expect(harness.posted).toHaveLength(1);
});

test('a lost message is made up for by the sweep', async () => {
  const { harness, id } = await waiting();
  for (const queue of ['intake', 'callback'] as const) harness.intake.messages(queue);
  harness.later(minutes(3));
  await harness.intake.sweep();
  for (const { submission } of harness.intake.messages('intake')) await harness.take(String(submission));
  expect(harness.intake.messages('callback')).toEqual([{ format: 1, submission: id }]);
});

test('a system without a callback is told nothing', async () => {
  const harness = await ticketHarness([{ ...DESK, callback: null }]);
  const id = String((await harness.post(BODY)).body.submission);
  await harness.take(id);
  expect(await harness.callBack(id)).toBe('nothing-to-send');
  await harness.settle((await harness.submission(id)).run!, 'succeeded');
  expect(await harness.callBack(id)).toBe('nothing-to-send');
  expect(harness.posted).toEqual([]);
});
