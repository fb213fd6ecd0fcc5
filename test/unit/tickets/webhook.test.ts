import { minutes } from '../../../shared/clock';
import type { RunId } from '../../../shared/engine/run';
import { submissionStatus } from '../../../shared/tickets/submission-status';
import { DESK, OLD_KEY, TINY, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';

const BODY = JSON.stringify({ topology: TINY, ticket: 'CHG0030192' });

const idOf = (answer: { body: { [key: string]: unknown } }): string => String(answer.body.submission);

describe('what is refused, and how', () => {
  test.each([
    ['a wrong signature', BODY, { signature: `v1=${'0'.repeat(64)}` }, 401],
    ['no signature', BODY, { signature: '' }, 401],
    ['a delivery id with a space', BODY, { delivery: 'a b' }, 401],
    ['a delivery id of 129 characters', BODY, { delivery: 'd'.repeat(129) }, 401],
    ['a timestamp that is no number', BODY, { timestamp: 'now' }, 401],
    ['another content type', BODY, { contentType: 'text/yaml' }, 415],
    ['a body that is no JSON', '{', {}, 422],
    ['a body with a key too many', JSON.stringify({ topology: TINY, callback: 'https://evil.example' }), {}, 422],
    ['a topology with errors', JSON.stringify({ topology: 'version: 1\nname: x\n' }), {}, 422],
  ])('%s', async (_reason, body, changes, status) => {
    const harness = await ticketHarness();
    expect((await harness.post(body, changes)).status).toBe(status);
    expect(harness.intake.messages('intake')).toEqual([]);
  });

  test('an unknown system is answered like a wrong signature', async () => {
    const harness = await ticketHarness();
    const wrong = await harness.post(BODY, { signature: `v1=${'0'.repeat(64)}` });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'signature-wrong' } });
    expect(await harness.post(BODY, { system: 'nobody' })).toEqual(wrong);
    expect(harness.intake.messages('intake')).toEqual([]);
  });

  test('a body over 1 MiB is refused before anything else of it is looked at', async () => {
    const harness = await ticketHarness();
    const changes = { signature: `v1=${'0'.repeat(64)}` };
    expect((await harness.post('{'.repeat(1_048_577), changes)).status).toBe(413);
    expect((await harness.post('{'.repeat(1_048_576), changes)).status).toBe(401);
  });

  test('the window is 300 seconds on both sides', async () => {
    const harness = await ticketHarness();
    const now = Math.floor(harness.intake.deps.clock.now() / 1_000);
    const at = async (timestamp: number, delivery: string) =>
      (await harness.post(BODY, { timestamp: String(timestamp), delivery })).status;
    expect(await at(now - 301, 'a')).toBe(408);
    expect(await at(now + 301, 'b')).toBe(408);
    expect(await at(now - 299, 'c')).toBe(202);
    expect(await at(now + 299, 'd')).toBe(202);
  });
});

describe('what is accepted', () => {
  test('202 with a submission and its status URL, and one message to intake', async () => {
    const harness = await ticketHarness();
    const answer = await harness.post(BODY);
    expect(answer).toEqual({
      status: 202,
      body: {
        submission: expect.stringMatching(/^[0-9a-f]{32}$/),
        statusUrl: `https://trunkline.example/v1/submissions/${idOf(answer)}`,
      },
    });
    expect(harness.intake.messages('intake')).toEqual([{ format: 1, submission: idOf(answer) }]);
  });

  test('the same delivery gets the same answer, whichever of the two keys signed it', async () => {
    const harness = await ticketHarness();
    const first = await harness.post(BODY);
    expect(await harness.post(BODY)).toEqual(first);
    expect(await harness.post(BODY, { key: OLD_KEY })).toEqual(first);
  });

  test('a replayed delivery does nothing twice, while it is worked on and after its end', async () => {
    const harness = await ticketHarness();
    const id = idOf(await harness.post(BODY));
    await harness.post(BODY);
    for (const { submission } of harness.intake.messages('intake')) await harness.take(String(submission));
    expect(await harness.intake.deps.runs.readNetwork('tiny')).toMatchObject({ latest: 1, runs: 1 });
    await harness.settle((await harness.submission(id)).run!, 'succeeded');
    const told = await harness.hear(id);
    expect(told.map(({ event }) => event)).toEqual(['accepted', 'outcome']);
    const standing = await harness.submission(id);
    expect(idOf(await harness.post(BODY))).toBe(id);
    expect(harness.intake.messages('intake')).toEqual([]);
    expect(await harness.submission(id)).toEqual(standing);
    expect(await harness.hear(id)).toEqual([]);
  });

  test('a submission’s id hangs on the key: of another system, or of another key, it is another', async () => {
    const other = { ...DESK, name: 'other-desk' };
    const rotated = { ...DESK, keys: [...DESK.keys].reverse() };
    const ids = await Promise.all(
      [[DESK], [DESK], [rotated]].map(async (systems) => idOf(await (await ticketHarness(systems)).post(BODY))),
    );
    const elsewhere = idOf(await (await ticketHarness([other])).post(BODY, { system: 'other-desk' }));
    expect(ids[0]).toBe(ids[1]);
    expect(new Set([...ids, elsewhere]).size).toBe(3);
  });

  test('the same delivery with another body is refused', async () => {
    const harness = await ticketHarness();
    await harness.post(BODY);
    expect((await harness.post(JSON.stringify({ topology: `${TINY}\n` }))).status).toBe(409);
  });

  test('a delivery cut off before its message is completed by its repeat', async () => {
    const harness = await ticketHarness();
    harness.intake.dieAt('submission/recorded');
    await expect(harness.post(BODY)).rejects.toThrow('submission/recorded');
    expect(harness.intake.messages('intake')).toEqual([]);
    const answer = await harness.post(BODY);
    expect(harness.intake.messages('intake')).toEqual([{ format: 1, submission: idOf(answer) }]);
  });
});

describe('the life of a submission', () => {
  const accepted = async () => {
    const harness = await ticketHarness();
    const id = idOf(await harness.post(BODY));
    return { harness, id };
  };

  test('its run decides it, and the registered address is told once, signed, with the outcome', async () => {
    const { harness, id } = await accepted();
    expect(await harness.take(id)).toBe('waiting');
    expect((await submissionStatus(harness.tickets, id)).body).toMatchObject({
      state: 'waiting',
      final: false,
      revision: 1,
      ticket: 'CHG0030192',
    });
    const { run } = await harness.submission(id);
    expect(await harness.hear(id)).toMatchObject([
      { event: 'accepted', revision: 1, run, outcome: null, report: null },
    ]);
    await harness.settle(run!, 'succeeded');
    expect(await harness.callBack(id)).toBe('delivered');
    expect(await harness.callBack(id)).toBe('nothing-to-send');
    expect(harness.posted).toHaveLength(1);
    expect(harness.posted[0]).toMatchObject({
      url: DESK.callback?.url,
      body: {
        submission: id,
        ticket: 'CHG0030192',
        network: 'tiny',
        outcome: 'succeeded',
        revision: 1,
        run,
        report: `reports/tiny/${run}/report.json`,
      },
    });
    expect((await submissionStatus(harness.tickets, id)).body).toMatchObject({ state: 'succeeded', final: true });
    expect((await harness.intake.deps.runs.listOpen()).filter(({ kind }) => kind === 'submission')).toEqual([]);
  });

  test('taken twice, it is one revision', async () => {
    const { harness, id } = await accepted();
    await harness.take(id);
    expect(await harness.take(id)).toBe('waiting');
    expect(await harness.intake.deps.runs.readNetwork('tiny')).toMatchObject({ latest: 1, runs: 1 });
  });

  describe('a second ticket with the same topology', () => {
    const second = async (harness: TicketHarness) =>
      idOf(await harness.post(JSON.stringify({ topology: TINY, ticket: 'CHG0030193' }), { delivery: 'delivery-2' }));

    test.each(['succeeded', 'failed'] as const)(
      'waits for the run under way, and is told that it %s',
      async (outcome) => {
        const { harness, id } = await accepted();
        await harness.take(id);
        const other = await second(harness);
        expect(await harness.take(other)).toBe('waiting');
        const { run } = await harness.submission(other);
        await harness.intake.end(run as RunId, outcome);
        await harness.settle(run!, outcome);
        expect(await harness.submission(other)).toMatchObject({ state: outcome, revision: 1, run });
        expect((await harness.hear(other)).at(-1)).toMatchObject({ ticket: 'CHG0030193', outcome });
      },
    );

    test('is told at once that nothing changes where the topology is live', async () => {
      const { harness, id } = await accepted();
      await harness.take(id);
      await harness.intake.end((await harness.submission(id)).run as RunId, 'succeeded');
      const other = await second(harness);
      expect(await harness.take(other)).toBe('unchanged');
      expect(await harness.callBack(other)).toBe('delivered');
      expect(harness.posted[0]?.body).toMatchObject({ outcome: 'unchanged', revision: 1 });
    });
  });

  test('refused by the account, it is told why', async () => {
    const { harness, id } = await accepted();
    harness.intake.account.push({
      severity: 'error',
      code: 'vpc-missing',
      message: 'no such VPC',
      remedy: 'Correct it.',
      file: null,
      line: null,
      column: null,
    });
    expect(await harness.take(id)).toBe('refused');
    expect(await harness.callBack(id)).toBe('delivered');
    expect(harness.posted[0]?.body).toMatchObject({
      outcome: 'refused',
      run: null,
      report: null,
      problems: expect.arrayContaining([expect.objectContaining({ code: 'vpc-missing' })]),
    });
  });

  test('a callback that died after it was sent is sent again under the same id', async () => {
    const { harness, id } = await accepted();
    await harness.take(id);
    harness.intake.dieAt('outbox/sent');
    await expect(harness.callBack(id)).rejects.toThrow('outbox/sent');
    harness.later(minutes(1));
    expect(await harness.callBack(id)).toBe('delivered');
    expect(new Set(harness.posted.map(({ headers }) => headers['x-trunkline-delivery'])).size).toBe(1);
  });

  test.each(['unknown', '../secrets', '0'.repeat(31), 'A'.repeat(32)])(
    'the status of %p is not found, and nobody looks for it',
    async (id) => {
      const { tickets } = await ticketHarness();
      const looked: string[] = [];
      const readSubmission = async (one: string) => {
        looked.push(one);
        return null;
      };
      const watched = { ...tickets, readSubmission };
      expect((await submissionStatus(watched, id)).status).toBe(404);
      expect(looked).toEqual([]);
    },
  );
});
