import { createHmac } from 'node:crypto';
import { secretOf } from '../../../../shared/secret';
import { jira } from '../../../../shared/tickets/systems/jira';
import { DESK, KEY, OLD_KEY, TINY, ticketHarness } from '../../../in-process/ticket-harness';

const SERVICE = { ...DESK, name: 'jira', kind: 'jira' } as const;
const NOW = 1_800_000_000_000;

const event = (description: string | null, more: object = {}) => ({
  timestamp: NOW,
  webhookEvent: 'jira:issue_created',
  issue: { id: '10017', key: 'NET-17', fields: { summary: 'A network', description, status: { name: 'To Do' } } },
  ...more,
});

const read = (value: unknown, takes: string | null = null) => jira.read(Buffer.from(JSON.stringify(value)), takes);

/** Atlassian's own example of a signature. */
test('the signature is Jira’s: the HMAC-SHA256 of the raw body', () => {
  const headers = {
    'x-atlassian-webhook-identifier': 'a',
    'x-hub-signature': 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9',
  };
  const body = Buffer.from('Hello World!');
  const [right, wrong] = [secretOf("It's a Secret to Everybody"), secretOf('another')];
  expect(jira.open({ headers, body }, [wrong, right])).toMatchObject({ delivery: 'a' });
  expect(jira.open({ headers, body }, [wrong])).toBeNull();
  expect(jira.open({ headers, body: Buffer.from('Hello World?') }, [right])).toBeNull();
  expect(jira.open({ headers: { ...headers, 'x-atlassian-webhook-identifier': '' }, body }, [right])).toBeNull();
});

test.each([
  ['Jira’s mark', 'Please:\r\n{code:yaml}\r\nversion: 1\r\nname: x\r\n{code}\r\nThanks', 'version: 1\nname: x\n'],
  ['Jira’s mark without a language', '{code}version: 1{code}', 'version: 1'],
  ['a title', '{code:title=net.yaml|borderStyle=solid}version: 1{code}', 'version: 1'],
  ['Jira’s plain block', '{noformat}\nversion: 1\n{noformat}', 'version: 1\n'],
  ['Markdown’s fence', 'A net\n```yaml\nversion: 1\n```\n', 'version: 1\n'],
])('the topology is the block of code: %s', (_what, description, topology) => {
  expect(read(event(description))).toEqual({
    kind: 'wish',
    ticket: 'NET-17',
    record: null,
    wanted: { kind: 'topology', text: topology },
  });
});

test('a block that is a change is one, and one that is half of one is told what it lacks', () => {
  const change = { change: 'remove-office', network: 'acme', name: 'office-1' };
  expect(read(event('{code}\nchange: remove-office\nnetwork: acme\nname: office-1\n{code}'))).toEqual({
    kind: 'wish',
    ticket: 'NET-17',
    record: null,
    wanted: { kind: 'change', change },
  });
  expect(read(event('{code}\nchange: remove-office\nnetwork: acme\n{code}'))).toMatchObject({
    kind: 'wrong',
    ticket: 'NET-17',
    problems: [{ code: 'body-invalid', message: 'name is not what was expected' }],
  });
});

const BLOCK = '{code}version: 1{code}';
const updated = (...fields: string[]) => ({
  webhookEvent: 'jira:issue_updated',
  changelog: { items: fields.map((field) => ({ field })) },
});

test.each([
  ['a new issue without one', event('Please help'), null, 'ignored'],
  ['a new issue with an empty description', event(null), null, 'ignored'],
  ['a block that is empty', event('{code}\n{code}'), null, 'wrong'],
  ['a block that does not end', event('{code}version: 1'), null, 'ignored'],
  ['a changed description', event(BLOCK, updated('description')), null, 'wish'],
  ['anything else that changed', event(BLOCK, updated('assignee')), null, 'ignored'],
  ['a comment: ours would come back', event(BLOCK, { webhookEvent: 'comment_created' }), null, 'ignored'],
  ['an update by a comment', event(BLOCK, updated()), null, 'ignored'],
  ['an issue that came to its status', event(BLOCK, updated('status')), 'To Do', 'wish'],
  ['one made in it', event(BLOCK), 'To Do', 'wish'],
  ['one that came to another status', event(BLOCK, updated('status')), 'Approved', 'ignored'],
  ['its description while in that status', event(BLOCK, updated('description')), 'To Do', 'ignored'],
  ['an event that is none of an issue', { timestamp: NOW, webhookEvent: 'sprint_started' }, null, 'ignored'],
  ['no object', [], null, 'ignored'],
])('%s', (_what, value, takes, kind) => {
  expect(read(value, takes).kind).toBe(kind);
});

describe('delivered', () => {
  const deliver = async (
    harness: Awaited<ReturnType<typeof ticketHarness>>,
    value: unknown,
    changes: { key?: string; identifier?: string; address?: string } = {},
  ) => {
    const { key = KEY, identifier = 'identifier-1', address = '203.0.113.9' } = changes;
    const body = JSON.stringify(value);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-atlassian-webhook-identifier': identifier,
      'x-hub-signature': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
    };
    return harness.deliver({ headers, body, address, system: 'jira' });
  };
  const sent = (harness: Awaited<ReturnType<typeof ticketHarness>>, secondsAgo: number, topology = TINY) =>
    event(`{code:yaml}\n${topology}{code}`, { timestamp: harness.intake.deps.clock.now() - secondsAgo * 1_000 });

  test('an issue’s topology becomes a submission of its ticket, whichever of the two keys signed it', async () => {
    const harness = await ticketHarness([SERVICE]);
    const answer = await deliver(harness, sent(harness, 0), { key: OLD_KEY });
    expect(answer.status).toBe(202);
    const submission = await harness.submission(String(answer.body.submission));
    expect(submission).toMatchObject({
      system: 'jira',
      ticket: 'NET-17',
      network: 'tiny',
      state: 'received',
    });
  });

  test('a try of Jira’s own is the same delivery, and so is a signed body under another identifier', async () => {
    const harness = await ticketHarness([SERVICE]);
    const first = await deliver(harness, sent(harness, 0));
    expect(await deliver(harness, sent(harness, 0))).toEqual(first);
    expect(await deliver(harness, sent(harness, 0), { identifier: 'made-up' })).toEqual(first);
  });

  test('an identifier that comes with another body is refused for good', async () => {
    const harness = await ticketHarness([SERVICE]);
    await deliver(harness, sent(harness, 0));
    expect((await deliver(harness, sent(harness, 1))).status).toBe(403);
  });

  test('its last try may come two hours late, and nothing later or without a time', async () => {
    const harness = await ticketHarness([SERVICE]);
    expect((await deliver(harness, sent(harness, 7_199))).status).toBe(202);
    // Not 408: Jira would send it five times more.
    expect((await deliver(harness, sent(harness, 7_202), { identifier: 'b' })).status).toBe(403);
    expect((await deliver(harness, sent(harness, -302), { identifier: 'c' })).status).toBe(403);
    expect((await deliver(harness, { webhookEvent: 'x' }, { identifier: 'd' })).status).toBe(403);
  });

  test('nobody reads the webhook’s answer: the ticket is told every problem of its topology', async () => {
    const harness = await ticketHarness([SERVICE]);
    const answer = await deliver(harness, sent(harness, 0, 'version: 1\nname: X\nvpcs: 3\n'));
    const id = String(answer.body.submission);
    expect(answer.status).toBe(202);
    expect(harness.intake.messages('intake')).toEqual([{ format: 1, submission: id }]);
    expect(await harness.take(id)).toBe('refused');
    expect(await harness.callBack(id)).toBe('delivered');
    expect(harness.posted).toMatchObject([{ url: 'https://desk.example/hook/rest/api/2/issue/NET-17/comment' }]);
    expect(String(harness.posted[0]?.body['body'])).toMatch(
      /refused.*2 problems:\nStatus: .*\nerror .* at 2:.*\nerror .* at 3:/,
    );
  });

  test('an event that is not for us leaves nothing', async () => {
    const harness = await ticketHarness([SERVICE]);
    const answer = await deliver(harness, { ...sent(harness, 0), webhookEvent: 'comment_created' });
    expect(answer).toEqual({ status: 200, body: { ignored: expect.any(String) } });
    expect(harness.intake.messages('intake')).toEqual([]);
  });

  test('who calls from elsewhere is answered like one without a key', async () => {
    const harness = await ticketHarness([{ ...SERVICE, addresses: ['203.0.113.0/24'] }]);
    const wrong = await deliver(harness, sent(harness, 0), { key: 'no key of this system' });
    expect(wrong.status).toBe(401);
    expect(await deliver(harness, sent(harness, 0), { address: '198.51.100.1' })).toEqual(wrong);
    expect((await deliver(harness, sent(harness, 0))).status).toBe(202);
  });
});

describe('a comment that is somebody’s word on a plan', () => {
  const plan = '3f2a91c0d4e5b6a7';
  const comment = (body: string, author: object = { accountId: '712020:alice' }) =>
    event('{code}version: 1{code}', { webhookEvent: 'comment_created', comment: { body, author } });

  test.each([
    ['agrees', `trunkline agree acme ${plan}`, { answer: 'agree' }],
    [
      'refuses, and says why',
      `\n trunkline refuse acme ${plan} not on a Friday \r\n`,
      { answer: 'refuse', reason: 'not on a Friday' },
    ],
  ])('%s', (_what, body, said) => {
    expect(read(comment(body))).toEqual({
      kind: 'wish',
      ticket: 'NET-17',
      record: null,
      wanted: { kind: 'answer', answer: { network: 'acme', plan, by: '712020:alice', ...said } },
    });
  });

  test('a Data Center knows people by name', () => {
    expect(read(comment(`trunkline agree acme ${plan}`, { name: 'alice' }))).toMatchObject({
      wanted: { answer: { by: 'alice' } },
    });
  });

  test.each([
    ['words around it', `I think: trunkline agree acme ${plan}`],
    ['a quotation of ours', `{noformat}\ntrunkline agree acme ${plan}\n{noformat}`],
    ['too few digits', 'trunkline agree acme 3f2a91c0d4e'],
    ['another word', `trunkline maybe acme ${plan}`],
    ['two of them', `trunkline agree acme ${plan}\ntrunkline agree other ${plan}`],
  ])('%s: it is none, and neither is its description taken up', (_what, body) => {
    expect(read(comment(body))).toEqual({ kind: 'ignored', why: 'the comment is no word on a plan' });
  });

  test('nobody’s is none', () => {
    expect(read(comment(`trunkline agree acme ${plan}`, {})).kind).toBe('ignored');
  });
});
