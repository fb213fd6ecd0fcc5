/** What a ticket hears, from the first word to the last, in each system's own form. */
import { readFileSync } from 'node:fs';
import { emptyRecord } from '../../../shared/engine/record';
import type { RunId } from '../../../shared/engine/run';
import { takeAnswer } from '../../../shared/engine/take-answer';
import { REPORT } from '../../../shared/engine/task';
import { secretOf } from '../../../shared/secret';
import { takeHeld } from '../../../shared/tickets/take-submission';
import type { TicketSystem } from '../../../shared/tickets/ticket-system';
import { DESK, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';

const TEXT = readFileSync('examples/second-network.yaml', 'utf8');
const TOKEN = 'the-token-of-trunkline-there';
const PROOF = { sitePairs: { total: 12, reachable: 12, assumed: 0 }, tests: { total: 0, hold: 0 } };

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
  return takeAnswer(deps, 'second-network', { plan, by, agrees: true, reason: null });
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
  const id = await sent(harness, TEXT);
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
      report: `reports/second-network/${run}/report.json`,
      proof: `reports/second-network/${run}/proof.json`,
      timeline: `reports/second-network/${run}/timeline.jsonl`,
    },
  ]);
});

test('approval is asked for with the plan, why, how many are missing and who would be interrupted', async () => {
  const harness = await ticketHarness();
  await live(harness, await sent(harness, TEXT));
  const edit = `${TEXT.replace('203.0.113.21', '203.0.113.77')}\napproval: {people: 2}\n`;
  const id = await sent(harness, edit, 'delivery-2');
  const asked = await harness.hear(id);
  expect(asked).toMatchObject([
    { event: 'approval-asked', approval: { reasons: ['every plan needs it'], missing: 2 }, outcome: null },
  ]);
  expect(asked[0]!['plan']).toMatchObject({
    proof: PROOF,
    interrupted: [expect.stringMatching(/^office-munich and /)],
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
  await live(harness, await sent(harness, TEXT));
  const id = await sent(harness, TEXT.replace('203.0.113.21', '203.0.113.77'), 'delivery-2');
  const [told] = await harness.hear(id);
  expect(told).toMatchObject({
    event: 'approval-asked',
    approval: { reasons: [expect.stringMatching(/^it interrupts \d+ pairs that are up$/)] },
    plan: { interrupted: [expect.stringMatching(/^office-munich and /)] },
  });
});

test('progress is told by quarters, each once', async () => {
  const harness = await ticketHarness();
  const id = await sent(harness, TEXT);
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

const API = { url: 'https://acme.example/', user: 'bot@acme.example', key: secretOf(TOKEN) };

/** The same life, told to a system with an API of its own. */
async function lifeOf(
  system: Partial<TicketSystem>,
  ticket: { ticket: string; record: string | null },
  outcome: 'succeeded' | 'failed',
) {
  const harness = await ticketHarness([{ ...DESK, callback: API }]);
  const id = await sent(harness, TEXT);
  const submission = await harness.submission(id);
  await harness.tickets.writeSubmission({ ...submission, ...ticket });
  const { run } = submission;
  await harness.settle(run!, outcome);
  harness.callsAs({ ...DESK, callback: API, ...system });
  await harness.callBack(id);
  await harness.callBack(id);
  return { posted: harness.posted, run };
}

test('Jira hears it as comments of the issue, as plain text', async () => {
  const { posted, run } = await lifeOf({ kind: 'jira' }, { ticket: 'NET-17', record: null }, 'succeeded');
  expect(posted.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST https://acme.example/rest/api/2/issue/NET-17/comment',
    'POST https://acme.example/rest/api/2/issue/NET-17/comment',
  ]);
  expect(posted[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from(`bot@acme.example:${TOKEN}`).toString('base64')}`,
  });
  const [accepted, outcome] = posted.map(({ body }) => String(body['body']));
  expect(accepted).toMatch(
    /^\{noformat\}\nTrunkline: accepted as revision 1 of second-network in run .*\nStatus: https:\/\/trunkline\.example\/v1\/submissions\/[0-9a-f]{32}\nPlan [0-9a-f]{16}: \d+ to create, 0 to update, 0 to replace, 0 to remove\.\nProof: 12 of 12 pairs/,
  );
  expect(accepted).toContain('\nInterrupted meanwhile: nobody.\n');
  expect(outcome).toContain(
    `Trunkline: succeeded, revision 1 of second-network.\nreport: reports/second-network/${run}/report.json\n`,
  );
});

const RECORD = 'a'.repeat(32);

test.each([
  ['succeeded', 'successful'],
  ['failed', 'unsuccessful'],
] as const)('ServiceNow’s change goes to Implement, and to Review once it has %s', async (outcome, close_code) => {
  const { posted } = await lifeOf({ kind: 'servicenow' }, { ticket: 'CHG1', record: RECORD }, outcome);
  expect(posted.map(({ method, url }) => `${method} ${url}`)).toEqual(
    Array(2).fill(`PATCH https://acme.example/api/now/table/change_request/${RECORD}`),
  );
  expect(posted[0]?.body).toEqual({ work_notes: expect.stringContaining('accepted as revision 1'), state: '-1' });
  expect(posted[1]?.body).toEqual({
    work_notes: expect.stringContaining(`${outcome}, revision 1`),
    state: '0',
    close_code,
    close_notes: `Trunkline: ${outcome}`,
  });
});

test('a change that was taken up in Implement is not moved there', async () => {
  const { posted } = await lifeOf(
    { kind: 'servicenow', takes: 'Implement' },
    { ticket: 'CHG1', record: RECORD },
    'failed',
  );
  expect(Object.keys(posted[0]?.body ?? {})).toEqual(['work_notes']);
});

test('where an instance refuses the move, the words arrive without it', async () => {
  const harness = await ticketHarness();
  const id = await sent(harness, TEXT);
  await harness.tickets.writeSubmission({ ...(await harness.submission(id)), record: RECORD, attempts: 3 });
  harness.callsAs({ ...DESK, kind: 'servicenow', callback: API });
  await harness.callBack(id);
  expect(Object.keys(harness.posted[0]?.body ?? {})).toEqual(['work_notes']);
});

test.each(['jira', 'servicenow'] as const)('no text of a topology becomes markup in %s', async (kind) => {
  const harness = await ticketHarness();
  const id = await sent(harness, TEXT);
  const standing = await harness.submission(id);
  const message = '{noformat}[click|https://evil.example] [code]<b>x</b>[/code] [ CODE ]';
  const problems = [
    { severity: 'error', code: 'x', message, remedy: '', file: null, line: null, column: null } as const,
  ];
  await harness.tickets.writeSubmission({ ...standing, ticket: 'NET-17', record: RECORD, problems });
  harness.callsAs({ ...DESK, kind, callback: API });
  await harness.callBack(id);
  const body = harness.posted[0]?.body ?? {};
  if (kind === 'jira') expect(String(body['body']).split('{noformat}')).toHaveLength(3);
  else expect(String(body['work_notes'])).not.toMatch(/\[\s*\/?\s*code/i);
});

test('a thousand problems fit, and those that do not are counted', async () => {
  const harness = await ticketHarness();
  const id = await sent(harness, TEXT);
  const one = {
    severity: 'error',
    code: 'x',
    message: 'm'.repeat(90),
    remedy: 'r',
    file: null,
    line: 1,
    column: 1,
  } as const;
  await harness.tickets.writeSubmission({
    ...(await harness.submission(id)),
    record: RECORD,
    problems: Array(1_000).fill(one),
  });
  harness.callsAs({ ...DESK, kind: 'servicenow', callback: API });
  await harness.callBack(id);
  const notes = String(harness.posted[0]?.body['work_notes']);
  expect(notes.length).toBeLessThanOrEqual(4_000);
  expect(notes).toMatch(/\n9\d\d more lines: see the status$/);
});

test.each(['generic', 'jira', 'servicenow'] as const)('no key of %s stands in what it is told', async (kind) => {
  const { posted } = await lifeOf({ kind }, { ticket: 'NET-17', record: RECORD }, 'failed');
  expect(posted).toHaveLength(2);
  for (const { body, url } of posted) expect(`${url} ${JSON.stringify(body)}`).not.toMatch(/the-key|the-token/);
});
