/** Links to a plan: who is let in, what the page says and does, and what no link can do. */
import { durationMs, epochMs, minutes } from '../../../shared/clock';
import { secretOf } from '../../../shared/secret';
import { type ApprovalLink, approvalToken, readToken } from '../../../shared/tickets/approval-link';
import { PAGE_HEADERS } from '../../../shared/tickets/approval-page';
import { openApproval, type PageAnswer } from '../../../shared/tickets/open-approval';
import type { TicketSystem } from '../../../shared/tickets/ticket-system';
import { DESK, KEY, OLD_KEY, TINY, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';

const BOARD: TicketSystem = { ...DESK, approvers: ['alice', 'bob'] };
const GUARDED = `${TINY}\napproval: {people: 2}\n`;
const FORM = 'application/x-www-form-urlencoded';

interface Opened {
  harness: TicketHarness;
  /** The submission that waits. */
  id: string;
  /** By whose they are, as the ticketing system was told them. */
  links: Map<string, string>;
  open(token: string, form?: Record<string, string>, system?: TicketSystem | null): Promise<PageAnswer>;
}

async function asked(text = GUARDED): Promise<Opened> {
  const harness = await ticketHarness([BOARD]);
  const answer = await harness.post(JSON.stringify({ topology: text, ticket: 'CHG1' }));
  const id = String(answer.body.submission);
  await harness.take(id);
  harness.intake.messages('intake');
  const [told] = await harness.hear(id);
  const { links } = told!['approval'] as { links: { by: string; url: string }[] };
  const { deps } = harness.intake;
  return {
    harness,
    id,
    links: new Map(links.map(({ by, url }) => [by, url.slice('https://trunkline.example/v1/approvals/'.length)])),
    open: (token, form, system = BOARD) =>
      openApproval(
        {
          ...deps,
          systems: async (name) => (name === system?.name ? system : null),
          tickets: harness.tickets,
          wall: deps.clock,
          statusUrl: (submission) => `https://trunkline.example/v1/submissions/${submission}`,
        },
        {
          method: form ? 'POST' : 'GET',
          token,
          contentType: FORM,
          body: Buffer.from(new URLSearchParams(form).toString()),
        },
      ),
  };
}

const nonceIn = (html: string): string => /name="nonce" value="(\d+)"/.exec(html)?.[1] ?? '';
const row = async ({ harness }: Opened) => (await harness.intake.deps.runs.readNetwork('tiny'))!;

/** Presses a button, and lets intake take what came of it. */
async function press(opened: Opened, token: string, word: string, reason = ''): Promise<number> {
  const { html } = await opened.open(token);
  const { status } = await opened.open(token, { word, reason, nonce: nonceIn(html) });
  await takeAll(opened);
  return status;
}

async function takeAll({ harness }: Opened): Promise<void> {
  for (const { submission } of harness.intake.messages('intake')) await harness.take(String(submission));
}

test('each who may agree has a link; opened, it shows the plan and touches nothing, however often', async () => {
  const opened = await asked();
  expect([...opened.links.keys()]).toEqual(['alice', 'bob']);
  const before = await row(opened);
  for (let times = 0; times < 3; times += 1) {
    const { status, html } = await opened.open(opened.links.get('alice')!);
    expect(status).toBe(200);
    expect(html).toContain(before.question!.plan);
    expect(html).toContain('every plan needs it');
    expect(html).toContain('2 still missing');
    expect(html).toContain('then 6 of 6 pairs of sites');
    expect(html).toContain('You speak as <strong>alice</strong>');
  }
  expect([await row(opened), opened.harness.intake.messages('intake')]).toEqual([before, []]);
});

test('two links are two voices; then the plan is carried out, and the links lead nowhere', async () => {
  const opened = await asked();
  expect(await press(opened, opened.links.get('alice')!, 'agree')).toBe(202);
  expect((await row(opened)).latest).toBe(0);
  expect(await press(opened, opened.links.get('bob')!, 'agree')).toBe(202);
  expect((await row(opened)).latest).toBe(1);
  expect((await opened.open(opened.links.get('alice')!)).status).toBe(409);
});

test('one link is one voice, however often it is used', async () => {
  const opened = await asked();
  for (let times = 0; times < 3; times += 1) {
    await press(opened, opened.links.get('alice')!, 'agree');
    opened.harness.later(durationMs(minutes(1)));
  }
  const { question, latest } = await row(opened);
  expect([question!.voices.map(({ by }) => by), latest]).toEqual([['service-desk/alice'], 0]);
});

test('who refuses says why, and may think otherwise later', async () => {
  const opened = await asked();
  await press(opened, opened.links.get('alice')!, 'refuse', 'not on a <Friday>');
  expect(await opened.harness.submission(opened.id)).toMatchObject({ state: 'refused' });
  expect((await row(opened)).question!.voices).toMatchObject([{ agrees: false, reason: 'not on a <Friday>' }]);
  const { html } = await opened.open(opened.links.get('bob')!);
  expect(html).toContain('service-desk/alice refuses: not on a &#60;Friday&#62;');
  expect(html).not.toContain('<Friday>');
});

test('the same page sent twice is one word', async () => {
  const opened = await asked();
  const token = opened.links.get('alice')!;
  const form = { word: 'agree', reason: '', nonce: nonceIn((await opened.open(token)).html) };
  await opened.open(token, form);
  const first = opened.harness.intake.messages('intake');
  await opened.open(token, form);
  const again = opened.harness.intake.messages('intake');
  expect(new Set([...first, ...again].map(({ submission }) => submission)).size).toBe(1);
});

describe('what is refused, with nothing touched', () => {
  const LINK: Omit<ApprovalLink, 'plan'> = {
    system: 'service-desk',
    network: 'tiny',
    by: 'alice',
    until: epochMs(8e15),
  };
  const signed = (plan: string, more: Partial<ApprovalLink> = {}, key = KEY) =>
    approvalToken(secretOf(key), { ...LINK, plan, ...more });

  test.each<[what: string, token: (plan: string) => string, status: number, refused: PageAnswer['refused']]>([
    ['signed with another key', (plan) => signed(plan, {}, 'a-key-of-somebody-else'), 404, 'link-wrong'],
    [
      'whose name was changed',
      (plan) => `${signed(plan, { by: 'bob' }).split('.')[0]}.${signed(plan).split('.')[1]}`,
      404,
      'link-wrong',
    ],
    ['cut on its way', (plan) => signed(plan).slice(0, -1), 404, 'link-wrong'],
    ['of nothing', () => 'AAAA.AAAA', 404, 'link-wrong'],
    ['of an unknown system', (plan) => signed(plan, { system: 'nobody' }), 404, 'link-wrong'],
    ['for somebody whom the registration does not name', (plan) => signed(plan, { by: 'mallory' }), 404, 'link-wrong'],
    ['that has expired', (plan) => signed(plan, { until: epochMs(1) }), 410, 'link-expired'],
    ['to another plan', () => signed('f'.repeat(64)), 409, 'plan-gone'],
    ['to another network', (plan) => signed(plan, { network: 'other' }), 409, 'plan-gone'],
  ])('a link %s', async (_what, token, status, refused) => {
    const opened = await asked();
    const before = await row(opened);
    const link = token(before.question!.plan);
    expect(await opened.open(link)).toMatchObject({ status, refused });
    expect((await opened.open(link, { word: 'agree', reason: '', nonce: '1' })).status).toBe(status);
    expect([await row(opened), opened.harness.intake.messages('intake')]).toEqual([before, []]);
  });

  test.each<[what: string, form: Record<string, string>, age?: number]>([
    ['no word', { reason: '' }],
    ['another word', { word: 'perhaps', reason: '' }],
    ['a field too many', { word: 'agree', reason: '', by: 'bob' }],
    ['too long a reason', { word: 'refuse', reason: 'x'.repeat(1_001) }],
    ['the time of an old page', { word: 'agree', reason: '' }, 61],
    ['a time to come', { word: 'agree', reason: '' }, -1],
  ])('a form with %s', async (_what, form, age = 0) => {
    const opened = await asked();
    const token = opened.links.get('alice')!;
    const nonce = String(Number(nonceIn((await opened.open(token)).html)) - age);
    expect(await opened.open(token, { ...form, nonce })).toMatchObject({ status: 422, refused: 'form-invalid' });
    expect(opened.harness.intake.messages('intake')).toEqual([]);
  });

  test('a word that comes when another plan waits is stale', async () => {
    const opened = await asked();
    const token = opened.links.get('alice')!;
    const form = { word: 'agree', reason: '', nonce: nonceIn((await opened.open(token)).html) };
    await opened.open(token, form);
    const { runs } = opened.harness.intake.deps;
    const standing = await row(opened);
    await runs.writeNetwork({ ...standing, question: { ...standing.question!, plan: 'e'.repeat(64) } });
    const [message] = opened.harness.intake.messages('intake');
    await opened.harness.take(String(message!['submission']));
    expect(await opened.harness.submission(String(message!['submission']))).toMatchObject({
      state: 'refused',
      problems: [{ code: 'approval-stale' }],
    });
    expect((await row(opened)).question!.voices).toEqual([]);
  });

  test('after a rotation the old key’s links still open, until that key goes', async () => {
    const opened = await asked();
    const { plan } = (await row(opened)).question!;
    const old = signed(plan, {}, OLD_KEY);
    expect((await opened.open(old)).status).toBe(200);
    expect((await opened.open(old, undefined, { ...BOARD, keys: [secretOf(KEY)] })).status).toBe(404);
  });
});

test('a token says what it is for and nothing else', () => {
  const link: ApprovalLink = { system: 'desk', network: 'acme', plan: 'a'.repeat(64), by: 'alice', until: epochMs(5) };
  const read = readToken(approvalToken(secretOf(KEY), link));
  expect([read?.link, read?.isSigned([secretOf('another'), secretOf(KEY)]), read?.isSigned([])]).toEqual([
    link,
    true,
    false,
  ]);
});

test('the page runs no script, loads nothing, stands in no frame and tells nobody where it was', () => {
  expect(PAGE_HEADERS['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
  );
  expect(PAGE_HEADERS).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});
