/** What a ticket hears, from the first word to the last, in each system's own form. */

import { epochMs } from '../../../shared/clock';
import { emptyRecord } from '../../../shared/engine/record';
import type { RunId } from '../../../shared/engine/run';
import { takeAnswer } from '../../../shared/engine/take-answer';
import { REPORT } from '../../../shared/engine/task';
import { secretOf } from '../../../shared/secret';
import type { Submission } from '../../../shared/tickets/submission';
import { adapterOf } from '../../../shared/tickets/systems/adapter-of';
import type { SystemKind } from '../../../shared/tickets/systems/system-adapter';
import { takeHeld } from '../../../shared/tickets/take-submission';
import type { TicketEvent } from '../../../shared/tickets/ticket-event';
import { TINY, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';

const TOKEN = 'the-token-of-trunkline-there';
const PROOF = { sitePairs: { total: 6, reachable: 6, assumed: 0 }, tests: { total: 0, hold: 0 } };

async function sent(harness: TicketHarness, topology: string, delivery = 'delivery-1'): Promise<string> {
  const answer = await harness.post(JSON.stringify({ topology, ticket: 'CHG1' }), { delivery });
  const id = String(answer.body.submission);
  await harness.take(id);
  return id;
}

const answer = (harness: TicketHarness, plan: string, by: string) => {
  const deps = {
    ...harness.intake.deps,
    takeHeld: (id: string) => takeHeld({ ...harness.intake.deps, tickets: harness.tickets }, id),
  };
  return takeAnswer(deps, 'tiny', { plan, by, agrees: true, reason: null });
};

const live = async (harness: TicketHarness, id: string) => {
  const run = await harness.intake.deps.runs.readRun((await harness.submission(id)).run as RunId);
  for (const { resource, desired, desiredHash, kind } of await harness.intake.deps.runs.readTasks(run!.id))
    if (resource && desired)
      await harness.intake.store.writeRecord(run!, {
        ...emptyRecord(resource, desired, 1),
        cloudId: `${kind}-1`,
        desiredHash,
      });
  await harness.intake.end(run!.id, 'succeeded');
  await harness.settle(run!.id, 'succeeded');
};

test('accepted: the plan’s summary, with the proof and whom it interrupts, before its end', async () => {
  const harness = await ticketHarness();
  const id = await sent(harness, TINY);
  const { run } = await harness.submission(id);
  const planHash = (await harness.intake.deps.runs.readRun(run as RunId))?.planHash;
  expect(await harness.hear(id)).toMatchObject([
    {
      event: 'accepted',
      ticket: 'CHG1',
      run,
      outcome: null,
      plan: { plan: planHash, changes: { update: 0, replace: 0, remove: 0 }, proof: PROOF, interrupted: [] },
    },
  ]);
  await live(harness, id);
  expect(await harness.hear(id)).toMatchObject([
    {
      event: 'outcome',
      outcome: 'succeeded',
      plan: null,
      report: `reports/tiny/${run}/report.json`,
      proof: `reports/tiny/${run}/proof.json`,
      timeline: `reports/tiny/${run}/timeline.jsonl`,
    },
  ]);
});

test('approval is asked for with the plan, why, how many are missing and who would be interrupted', async () => {
  const harness = await ticketHarness();
  await live(harness, await sent(harness, TINY));
  const edit = `${TINY.replace('10.10.10.0/24', '10.10.11.0/24')}\napproval: {people: 2}\n`;
  const id = await sent(harness, edit, 'delivery-2');
  const asked = await harness.hear(id);
  expect(asked).toMatchObject([
    { event: 'approval-asked', approval: { reasons: ['every plan needs it'], missing: 2 }, outcome: null },
  ]);
  expect(asked[0]!['plan']).toMatchObject({
    proof: PROOF,
    interrupted: [expect.stringMatching(/^office-1 and /)],
  });
  const { plan } = asked[0]!['plan'] as { plan: string };
  await answer(harness, plan, 'alice');
  expect(await harness.hear(id)).toMatchObject([{ event: 'approval-asked', approval: { missing: 1 }, plan: { plan } }]);
  await answer(harness, plan, 'bob');
  expect(await harness.hear(id)).toMatchObject([{ event: 'accepted', plan: { plan } }]);
  expect(await harness.submission(id)).toMatchObject({ state: 'waiting', told: 3 });
});

test('a ticket that would interrupt pairs which are up hears whom, and that somebody must agree', async () => {
  const harness = await ticketHarness();
  await live(harness, await sent(harness, TINY));
  const id = await sent(harness, TINY.replace('10.10.10.0/24', '10.10.11.0/24'), 'delivery-2');
  const [told] = await harness.hear(id);
  expect(told).toMatchObject({
    event: 'approval-asked',
    approval: { reasons: [expect.stringMatching(/^it interrupts \d+ pairs that are up$/)] },
    plan: { interrupted: [expect.stringMatching(/^office-1 and /)] },
  });
});

test('progress is told by quarters, each once', async () => {
  const harness = await ticketHarness();
  const id = await sent(harness, TINY);
  await harness.hear(id);
  const { run } = await harness.submission(id);
  const { deps } = harness.intake;
  const all = (await deps.runs.readTasks(run as RunId)).filter((task) => task.id !== REPORT);
  const heard: unknown[] = [];
  for (const done of [0, 1, Math.ceil(all.length / 4), Math.ceil(all.length / 4) + 1, all.length - 1, all.length]) {
    const tasks = all.map((task, index) => ({ ...task, state: index < done ? ('done' as const) : ('open' as const) }));
    await harness.takeWith({ ...deps, runs: { ...deps.runs, readTasks: async () => tasks } }, id);
    heard.push(...(await harness.hear(id)).map(({ progress }) => progress));
  }
  const total = all.length;
  expect(heard).toEqual([
    { done: Math.ceil(total / 4), total },
    { done: total - 1, total },
  ]);
});

const RUN = 'tiny.00000001.1';
const RECORD = 'a'.repeat(32);
const API = { url: 'https://acme.example/', user: 'bot@acme.example', key: secretOf(TOKEN) };

const SUBMISSION: Submission = {
  id: 'b'.repeat(32),
  statusUrl: 'https://trunkline.example/v1/submissions/b',
  system: 'desk',
  ticket: 'NET-17',
  record: RECORD,
  network: 'tiny',
  change: null,
  answer: null,
  begun: false,
  object: '',
  receivedAt: epochMs(0),
  state: 'waiting',
  revision: 2,
  run: RUN,
  problems: [],
  events: [],
  told: 0,
  lost: 0,
  attempts: 0,
  nextAttemptAt: epochMs(0),
  version: 1,
};
const ACCEPTED: TicketEvent = {
  kind: 'accepted',
  at: epochMs(0),
  revision: 2,
  run: RUN,
  foreseen: {
    plan: '0123456789abcdef0123',
    changes: { create: 5, update: 2, replace: 1, remove: 0, adopt: 0, keep: 9 },
    proof: {
      sitePairs: { total: 12, reachable: 12, assumed: 0 },
      applications: { total: 6, reachable: 5, assumed: 0 },
      tests: { total: 3, hold: 3 },
    },
    interrupted: ['office-3 and virginia, office-1', 'office-4 and virginia'],
  },
};
const OUTCOME: TicketEvent = { kind: 'outcome', at: epochMs(0) };
const EVENTS: TicketEvent[] = [
  ACCEPTED,
  { ...ACCEPTED, kind: 'approval-asked', reasons: ['every plan needs it'], missing: 2 },
  { kind: 'progress', at: epochMs(0), run: RUN, done: 7, total: 28 },
  OUTCOME,
];

function tell(kind: SystemKind, event: TicketEvent, more: Partial<Submission> = {}, takes: string | null = null) {
  const told = {
    submission: { ...SUBMISSION, ...more },
    event,
    target: API,
    delivery: 'd',
    timestamp: '1',
    takes,
    links: [],
    takesWords: false,
    opens: null,
  };
  const request = adapterOf(kind).tell(told);
  if (!request) throw new Error('nothing to tell');
  return { ...request, body: JSON.parse(request.body) as Record<string, string> };
}

test('Jira hears it as comments of the issue, as plain text', () => {
  expect(tell('jira', ACCEPTED)).toEqual({
    method: 'POST',
    url: 'https://acme.example/rest/api/2/issue/NET-17/comment',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`bot@acme.example:${TOKEN}`).toString('base64')}`,
    },
    body: {
      body: `{noformat}
Trunkline: accepted as revision 2 of tiny in run ${RUN}.
Status: https://trunkline.example/v1/submissions/b
Plan 0123456789abcdef: 5 to create, 2 to update, 1 to replace, 0 to remove.
Proof: 12 of 12 pairs of sites and 5 of 6 pairs with applications reach each other; 3 of 3 tests hold.
Interrupted meanwhile: office-3 and virginia, office-1; office-4 and virginia.
{noformat}`,
    },
  });
  expect(tell('jira', OUTCOME, { state: 'succeeded' }).body).toEqual({
    body: `{noformat}
Trunkline: succeeded, revision 2 of tiny.
report: reports/tiny/${RUN}/report.json
proof: reports/tiny/${RUN}/proof.json
timeline: reports/tiny/${RUN}/timeline.jsonl
{noformat}`,
  });
});

test.each([
  ['succeeded', 'successful'],
  ['failed', 'unsuccessful'],
] as const)('ServiceNow’s change goes to Implement, and to Review once it has %s', (state, close_code) => {
  const [begin, end] = [tell('servicenow', ACCEPTED), tell('servicenow', OUTCOME, { state })];
  expect([begin.method, begin.url]).toEqual(['PATCH', `https://acme.example/api/now/table/change_request/${RECORD}`]);
  expect(begin.body).toEqual({ work_notes: expect.stringContaining('accepted as revision 2'), state: '-1' });
  expect(end.body).toEqual({
    work_notes: expect.stringContaining(`${state}, revision 2`),
    state: '0',
    close_code,
    close_notes: `Trunkline: ${state}`,
  });
});

test.each<[string, TicketEvent, Partial<Submission>, string | null]>([
  ['it was taken up in Implement', ACCEPTED, {}, 'Implement'],
  ['somebody must agree first', EVENTS[1]!, {}, null],
  ['it was refused', OUTCOME, { state: 'refused' }, null],
  ['nothing had to change', OUTCOME, { state: 'unchanged' }, null],
  ['the instance has refused the move three times', ACCEPTED, { attempts: 3 }, null],
])('ServiceNow’s change stays in its state where %s, and the words arrive', (_why, event, more, takes) => {
  expect(Object.keys(tell('servicenow', event, more, takes).body)).toEqual(['work_notes']);
});

const TOLD = {
  submission: SUBMISSION,
  delivery: 'd',
  timestamp: '1',
  takes: null,
  links: [],
  takesWords: false,
  opens: null,
};

test.each([[true], [false]])('Jira’s comment says how to agree where somebody may: %s', (takesWords) => {
  const request = adapterOf('jira').tell({ ...TOLD, event: EVENTS[1]!, target: API, takesWords });
  expect(request?.body.includes('trunkline agree tiny 0123456789abcdef')).toBe(takesWords);
});

test('a token without a user is a bearer’s', () => {
  const told = { ...TOLD, event: ACCEPTED };
  const request = adapterOf('jira').tell({ ...told, target: { ...API, user: null } });
  expect(request?.headers['authorization']).toBe(`Bearer ${TOKEN}`);
});

test.each(['jira', 'servicenow'] as const)('no text of a topology becomes markup in %s', (kind) => {
  const message = '{noformat}[click|https://evil.example] [code]<b>x</b>[/code] [ CODE ]';
  const problems = [
    { severity: 'error', code: 'x', message, remedy: '', file: null, line: null, column: null } as const,
  ];
  const { body } = tell(kind, ACCEPTED, { problems });
  if (kind === 'jira') expect(body['body']?.split('{noformat}')).toHaveLength(3);
  else expect(body['work_notes']).not.toMatch(/\[\s*\/?\s*code/i);
});

test('a thousand problems fit, and those that do not are counted', () => {
  const one = {
    severity: 'error',
    code: 'x',
    message: 'm'.repeat(90),
    remedy: 'r',
    file: null,
    line: 1,
    column: 1,
  } as const;
  const notes = String(tell('servicenow', ACCEPTED, { problems: Array(1_000).fill(one) }).body['work_notes']);
  expect(notes.length).toBeLessThanOrEqual(4_000);
  expect(notes).toMatch(/\n9\d\d more lines: see the status$/);
});

test.each(['generic', 'jira', 'servicenow'] as const)('no key of %s stands in what it is told', (kind) => {
  for (const event of EVENTS) {
    const { url, body } = tell(kind, event, { state: 'failed' });
    expect(`${url} ${JSON.stringify(body)}`).not.toMatch(/the-key|the-token/);
  }
});
