import { minutes } from '../../../../shared/clock';
import type { RunId } from '../../../../shared/engine/run';
import { DESK, TINY, type TicketHarness, ticketHarness } from '../../../in-process/ticket-harness';

const REMOVE = { change: 'remove-office', network: 'tiny', name: 'office-1' };
const ADD = {
  change: 'add-office',
  network: 'tiny',
  name: 'office-5',
  office: '8.8.4.5 10.10.50.0/24 via virginia in US',
};
const WIDEN = { change: 'change-bandwidth', network: 'tiny', gateway: 'virginia', bandwidthMbps: 200 };

let deliveries = 0;
async function send(harness: TicketHarness, body: object, system = 'service-desk'): Promise<string> {
  deliveries += 1;
  const answer = await harness.post(JSON.stringify({ ticket: 'CHG1', ...body }), {
    delivery: `change-${deliveries}`,
    system,
  });
  expect(answer.status).toBe(202);
  return String(answer.body.submission);
}

const standing = async (harness: TicketHarness) => {
  const row = await harness.intake.deps.runs.readNetwork('tiny');
  const bytes = await harness.intake.objects.get(row!.latestObject);
  return { row: row!, text: new TextDecoder().decode(bytes!) };
};

/** With the example live. */
async function live(): Promise<TicketHarness> {
  const harness = await ticketHarness([DESK, { ...DESK, name: 'other-desk' }]);
  const id = await send(harness, { topology: TINY });
  await harness.take(id);
  await harness.intake.end((await harness.submission(id)).run as RunId, 'succeeded');
  harness.intake.messages('intake');
  return harness;
}

test('a change becomes a revision of what stands, and its run decides the ticket', async () => {
  const harness = await live();
  const id = await send(harness, ADD);
  expect(harness.intake.messages('intake')).toEqual([{ format: 1, submission: id }]);
  expect(await harness.take(id)).toBe('waiting');
  const { row, text } = await standing(harness);
  expect(row.latest).toBe(2);
  expect(text).toContain('\n  office-5: 8.8.4.5 10.10.50.0/24 via virginia in US\n');
  expect(text).toContain('# Nobody pays for more.');
  expect(await harness.submission(id)).toMatchObject({ state: 'waiting', revision: 2, run: row.activeRun });
});

test('each of two changes is applied to what is latest when it is taken', async () => {
  const harness = await live();
  const [first, second] = [await send(harness, ADD), await send(harness, WIDEN)];
  await harness.take(second);
  await harness.take(first);
  const { row, text } = await standing(harness);
  expect(row.latest).toBe(3);
  expect(text).toContain('office-5:');
  expect(text).toContain('gateway: {bandwidthMbps: 200}');
});

test('a network that moves while the change is taken has it applied to what is latest then', async () => {
  const harness = await live();
  const id = await send(harness, ADD);
  const other = await send(harness, WIDEN);
  const { deps } = harness.intake;
  const compare = deps.compareAccount;
  deps.compareAccount = async (topology, recorded) => {
    deps.compareAccount = compare;
    await harness.take(other);
    return compare(topology, recorded);
  };
  await harness.takeWith(deps, id);
  const { row, text } = await standing(harness);
  expect(row.latest).toBe(3);
  expect([text.includes('office-5:'), text.includes('gateway: {bandwidthMbps: 200}')]).toEqual([true, true]);
});

test.each([ADD, REMOVE, WIDEN])(
  'cut off behind its revision, it is not made twice nor refused: $change',
  async (change) => {
    const harness = await live();
    const id = await send(harness, change);
    harness.intake.dieAt('revision/network-moved');
    await expect(harness.take(id)).rejects.toThrow('revision/network-moved');
    expect(await harness.take(id)).toBe('waiting');
    expect((await standing(harness)).row).toMatchObject({ latest: 2, runs: 2 });
    const { revision, problems } = await harness.submission(id);
    expect([revision, problems.filter(({ severity }) => severity === 'error')]).toEqual([2, []]);
  },
);

test('what is so already changes nothing, and the ticket hears it', async () => {
  const harness = await live();
  expect(await harness.take(await send(harness, { ...WIDEN, bandwidthMbps: 100 }))).toBe('unchanged');
  expect((await standing(harness)).row.latest).toBe(1);
});

test('a change that cannot be is refused with every problem, and nothing is touched', async () => {
  const harness = await live();
  const id = await send(harness, { ...WIDEN, gateway: 'paris', bandwidthMbps: 0.5 });
  expect(await harness.take(id)).toBe('refused');
  expect(await harness.hear(id)).toMatchObject([
    { ticket: 'CHG1', outcome: 'refused', problems: [{ code: 'bandwidth-invalid' }, { code: 'vpc-unknown' }] },
  ]);
  expect((await standing(harness)).row).toMatchObject({ latest: 1, runs: 1 });
});

test('a system cannot change another’s network, nor learn what is in it', async () => {
  const harness = await live();
  for (const name of ['office-1', 'office-9']) {
    const id = await send(harness, { ...REMOVE, name }, 'other-desk');
    expect(await harness.take(id)).toBe('refused');
    const { problems } = await harness.submission(id);
    expect(problems.map(({ code }) => code)).toEqual(['network-has-another-source']);
  }
  expect((await standing(harness)).row.latest).toBe(1);
});

test('a network that is not there cannot be changed', async () => {
  const harness = await live();
  const id = await send(harness, { ...REMOVE, network: 'nowhere' });
  expect(await harness.take(id)).toBe('refused');
  expect((await harness.submission(id)).problems).toMatchObject([{ code: 'network-unknown' }]);
});

test.each([
  ['a change that we do not know', { ...REMOVE, change: 'paint-office' }],
  ['no name', { change: 'remove-office', network: 'tiny' }],
  ['a key too many', { ...REMOVE, callback: 'https://evil.example' }],
  ['a topology besides', { ...REMOVE, topology: TINY }],
  ['a network’s name that is none', { ...REMOVE, network: '../x' }],
])('%s is refused at the door', async (_what, body) => {
  const harness = await ticketHarness();
  const answer = await harness.post(JSON.stringify(body), { delivery: 'bad' });
  expect(answer).toMatchObject({ status: 422, body: { error: 'body-invalid' } });
  expect(harness.intake.messages('intake')).toEqual([]);
});

test('an office that is nested without an end is refused at the door', async () => {
  const harness = await ticketHarness();
  const office = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const body = `{"change":"add-office","network":"tiny","name":"x","office":${office}}`;
  expect((await harness.post(body)).status).toBe(422);
});

describe('back to an earlier revision', () => {
  const BACK = { change: 'rollback', network: 'tiny' };

  /** Wider, and live. */
  async function wider(): Promise<TicketHarness> {
    const harness = await live();
    const id = await send(harness, { topology: TINY.replace('# Nobody', '# Somebody') });
    await harness.take(id);
    await harness.intake.end((await harness.submission(id)).run as RunId, 'succeeded');
    return harness;
  }

  test('to the one that was live before, as a new revision with its very bytes', async () => {
    const harness = await wider();
    expect(await harness.take(await send(harness, BACK))).toBe('waiting');
    const { row, text } = await standing(harness);
    expect([row.latest, text, row.source]).toEqual([3, TINY, 'ticket:service-desk']);
  });

  test('to one that is named; to the newest, nothing is to do', async () => {
    const harness = await wider();
    const id = await send(harness, { ...BACK, revision: 1 });
    expect(await harness.take(id)).toBe('waiting');
    expect((await standing(harness)).text).toBe(TINY);
    await harness.intake.end((await harness.submission(id)).run as RunId, 'succeeded');
    expect(await harness.take(await send(harness, { ...BACK, revision: 3 }))).toBe('unchanged');
  });

  test('to one that never was is told, and so is going back where nothing was before', async () => {
    const harness = await live();
    for (const change of [{ ...BACK, revision: 7 }, BACK]) {
      const id = await send(harness, change);
      expect(await harness.take(id)).toBe('refused');
      expect((await harness.submission(id)).problems.map(({ code }) => code)).toEqual(['revision-unknown']);
    }
    expect((await standing(harness)).row.latest).toBe(1);
  });

  test('taken again once its revision is live, it is the same revision, and not the one before that', async () => {
    const harness = await wider();
    const id = await send(harness, BACK);
    harness.intake.dieAt('revision/network-moved');
    await expect(harness.take(id)).rejects.toThrow('revision/network-moved');
    harness.later(minutes(3));
    await harness.intake.sweep();
    const { row } = await standing(harness);
    await harness.intake.end(row.activeRun as RunId, 'succeeded');
    await harness.take(id);
    expect((await standing(harness)).row.latest).toBe(3);
    expect(await harness.submission(id)).toMatchObject({ change: { revision: 1 } });
  });
});
