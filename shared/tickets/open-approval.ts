/**
 * What becomes of a link to a plan: opened, it shows the plan and touches nothing, since mail scanners open links; sent
 * back, the word in it goes the way of every ticket's word, by way of intake, which weighs it against the plan that waits.
 */
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock';
import type { RunStore } from '../engine/store';
import { weigh } from '../plan/approval';
import { revealed } from '../secret';
import { type ApprovalLink, readToken } from './approval-link';
import { askedPage, notePage } from './approval-page';
import { acceptAnswer, type ReceiveDeps } from './receive-delivery';
import type { TicketStore } from './submission';
import { mayNotAnswer } from './ticket-answer';
import type { TicketSystem } from './ticket-system';

export interface OpenDeps extends Omit<ReceiveDeps, 'runs'> {
  runs: Pick<RunStore, 'noteOpen' | 'readNetwork'>;
  tickets: TicketStore;
  clock: Clock;
}

export interface Opening {
  method: string;
  token: string;
  contentType: string;
  body: Uint8Array;
}

export interface PageAnswer {
  status: number;
  html: string;
  /** Why nothing came of it. */
  refused?: 'link-wrong' | 'link-expired' | 'plan-gone' | 'form-invalid';
}

/** Two fields and a reason. */
const BODY_LIMIT = 16_384;

/** Minutes. A page names the one in which it was opened, so whoever has a link leaves a row a minute and word at most. */
const PAGE_LASTS = 60;
const minuteOf = (wall: Clock): number => Math.floor(wall.now() / 60_000);

export async function openApproval(deps: OpenDeps, { method, token, contentType, body }: Opening): Promise<PageAnswer> {
  const opened = await authenticate(deps, token);
  if ('html' in opened) return opened;
  const { link, system } = opened;
  const question = (await deps.runs.readNetwork(link.network))?.question;
  if (!question || question.plan !== link.plan || question.revision !== null) return GONE;
  if (method === 'GET') {
    const answer = weigh(question, deps.clock.now());
    const foreseen = question.asker.kind === 'submission' ? await foreseenOf(deps, question.asker.id) : null;
    const missing = answer.kind === 'open' ? answer.missing : 0;
    const { network, by } = link;
    return {
      status: 200,
      html: askedPage({ network, by, question, missing, foreseen, nonce: String(minuteOf(deps.wall)) }),
    };
  }
  const word = body.byteLength > BODY_LIMIT ? null : wordOf(contentType, body);
  const age = word === null ? 0 : minuteOf(deps.wall) - Number(word.nonce);
  if (!word || age < 0 || age > PAGE_LASTS)
    return {
      status: 422,
      html: notePage('Nothing was said', 'The page is old, or came back damaged: open the link again.'),
      refused: 'form-invalid',
    };
  await take(deps, { link, system, token, word });
  return { status: 202, html: notePage('Noted', TAKEN) };
}

const TAKEN =
  'Your word is noted. If the plan is still the one that you saw, it counts; the ticket hears what becomes of it.';
const GONE: PageAnswer = {
  status: 409,
  html: notePage('This plan does not wait any more', 'It was decided or replaced, and this link is for no other one.'),
  refused: 'plan-gone',
};
const WRONG: PageAnswer = {
  status: 404,
  html: notePage(
    'This link is none',
    'It was cut or changed on its way, or the key behind it was. Ask for another one.',
  ),
  refused: 'link-wrong',
};
const LATE: PageAnswer = {
  status: 410,
  html: notePage('This link has expired', 'Ask whoever sent it for another one.'),
  refused: 'link-expired',
};

async function authenticate(
  { systems, wall }: OpenDeps,
  token: string,
): Promise<PageAnswer | { link: ApprovalLink; system: TicketSystem }> {
  const read = readToken(token);
  const system = read && (await systems(read.link.system));
  if (!read || !system || !read.isSigned(system.keys)) return WRONG;
  if (wall.now() >= read.link.until) return LATE;
  // Whom the registration names no more does not speak, whatever was sent to them before.
  if (mayNotAnswer(system, read.link.by).length > 0) return WRONG;
  return { link: read.link, system };
}

async function foreseenOf({ tickets }: OpenDeps, id: string) {
  const asked = (await tickets.readSubmission(id))?.events.findLast(({ kind }) => kind === 'approval-asked');
  return asked?.kind === 'approval-asked' ? asked.foreseen : null;
}

const formSchema = z.strictObject({
  word: z.enum(['agree', 'refuse']),
  reason: z.string().max(1_000).default(''),
  nonce: z.string().regex(/^\d{1,15}$/),
});
type Word = z.infer<typeof formSchema>;

function wordOf(contentType: string, body: Uint8Array): Word | null {
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(contentType)) return null;
  const fields = [...new URLSearchParams(Buffer.from(body).toString('utf8'))];
  const parsed = formSchema.safeParse(Object.fromEntries(fields));
  return parsed.success && new Set(fields.map(([name]) => name)).size === fields.length ? parsed.data : null;
}

/** The same page sent twice is one word; opened anew in a later minute, it may be another. */
async function take(
  deps: OpenDeps,
  { link, system, token, word }: { link: ApprovalLink; system: TicketSystem; token: string; word: Word },
): Promise<void> {
  const [key] = system.keys;
  const id = createHmac('sha256', key ? revealed(key) : '')
    .update(`approval-link.${token}.${word.word}.${word.nonce}`)
    .digest('hex')
    .slice(0, 32);
  const reason = word.reason.trim();
  await acceptAnswer(deps, {
    id,
    system: system.name,
    answer: {
      answer: word.word,
      network: link.network,
      plan: link.plan,
      by: link.by,
      ...(reason === '' ? {} : { reason }),
    },
  });
}
