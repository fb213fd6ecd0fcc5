/**
 * Jira Service Management: a webhook that an administrator registered with a secret (others are not signed) sends the
 * issue as it is. The topology, or a change to it in YAML, stands in its description, as a block of code.
 *
 * 1. The signature, `X-Hub-Signature: sha256=<hex>`, covers the body alone. The delivery's identifier stays the same over
 *    Jira's tries but is not signed, so what tells one delivery from another is the body, which has its own time.
 * 2. Jira tries up to five times more, 5 to 15 minutes apart, with the same body, after 408, 409, 425, 429 and 5xx and
 *    where nobody answered: a request may be old, and what is refused for good gets another status.
 * 3. Our own comments come back as events. Only what can have changed the wish is taken up, or we would talk to ourselves.
 */
import * as z from 'zod';
import { sha256Hex } from '../../json';
import { parseDocument } from '../../topology/parse-document';
import { hmacMatches } from '../signature';
import type { Submission } from '../submission';
import { headline, tellEvent } from '../tell-event';
import type { TicketEvent, TunnelsChanged } from '../ticket-event';
import {
  apiRequest,
  type CallbackRequest,
  parseJson,
  type Reading,
  readWanted,
  type SystemAdapter,
  type Telling,
  wrong,
} from './system-adapter';

const IDENTIFIER = /^[\x21-\x7e]{1,128}$/;

/** Five tries of up to 15 minutes, each of which may hang. */
const WINDOW_SECONDS = 7_200;

const eventSchema = z.object({
  /** Milliseconds since the epoch. */
  timestamp: z.number().int().min(0),
  webhookEvent: z.string(),
  issue: z
    .object({
      key: z.string().regex(/^[A-Z][A-Z0-9_]{0,60}-\d{1,12}$/),
      fields: z
        .object({ description: z.string().nullish(), status: z.object({ name: z.string() }).nullish() })
        .prefault({}),
    })
    .optional(),
  comment: z
    .object({
      body: z.string(),
      /** Cloud knows people by account, a Data Center by name. */
      author: z
        .object({ accountId: z.string().max(100).optional(), name: z.string().max(100).optional() })
        .prefault({}),
    })
    .optional(),
  changelog: z.object({ items: z.array(z.object({ field: z.string() })).max(1_000) }).optional(),
});

type Issue = NonNullable<z.infer<typeof eventSchema>['issue']>;

export const jira: SystemAdapter = {
  signatureHeader: 'x-hub-signature',
  windowSeconds: WINDOW_SECONDS,
  answerIsRead: false,
  statuses: { late: 403, reused: 403 },
  open: ({ headers, body }, keys) => {
    const delivery = headers['x-atlassian-webhook-identifier'] ?? '';
    const [, digest] = /^sha256=([0-9a-f]{64})$/.exec(headers['x-hub-signature'] ?? '') ?? [];
    if (!IDENTIFIER.test(delivery) || !digest || !hmacMatches(keys, [body], digest, 'hex')) return null;
    const event = eventSchema.pick({ timestamp: true }).safeParse(parseJson(body));
    // Signed, but without a time it could come at any: as old as can be.
    const sentAt = event.success ? Math.floor(event.data.timestamp / 1_000) : 0;
    return { delivery, identity: `body ${sha256Hex(body)}`, sentAt };
  },
  read: (body, takes) => {
    const parsed = eventSchema.safeParse(parseJson(body));
    if (!parsed.success) return ignored('the event is none of an issue');
    const { issue, webhookEvent, changelog, comment } = parsed.data;
    if (!issue) return ignored('the event is none of an issue');
    if (webhookEvent === 'comment_created') return wordOf(issue.key, comment);
    const touched = (changelog?.items ?? []).map(({ field }) => field);
    if (!isNews(webhookEvent, touched, takes)) return ignored('nothing of it is for us');
    const status = issue.fields.status?.name ?? null;
    if (takes !== null && status !== takes) return ignored('the issue is not in the status in which it is taken up');
    return wishOf(issue);
  },
  tell: (telling) => {
    const { submission, event, target, takesWords } = telling;
    if (event.kind === 'tunnels-changed') return newIssue(telling, event);
    if (submission.ticket === null) return null;
    const words = `${tellEvent(submission, event, MOST_CHARACTERS)}${takesWords ? howToAnswer(submission, event) : ''}`;
    const path = `/rest/api/2/issue/${encodeURIComponent(submission.ticket)}/comment`;
    return apiRequest(target, { method: 'POST', path, body: { body: asComment(words) } });
  },
};

/** Create issue, `POST /rest/api/2/issue`: where something is down. That it is up again is nothing to open one for. */
function newIssue({ submission, target, opens }: Telling, event: TunnelsChanged): CallbackRequest | null {
  const summary = headline(submission, event);
  if (opens === null || summary === null) return null;
  const fields = {
    project: { key: opens.project },
    issuetype: { name: opens.issueType },
    summary: summary.slice(0, MOST_OF_SUMMARY),
    description: asComment(tellEvent(submission, event, MOST_CHARACTERS)),
  };
  return apiRequest(target, { method: 'POST', path: '/rest/api/2/issue', body: { fields } });
}

const MOST_OF_SUMMARY = 255;

/** For whom the registration names. */
function howToAnswer({ network }: Submission, event: TicketEvent): string {
  const plan = event.kind === 'approval-asked' ? (event.foreseen?.plan ?? null) : null;
  if (plan === null) return '';
  const word = `${network} ${plan.slice(0, 16)}`;
  return `\nWho may agree comments: trunkline agree ${word}\nWho is against it:     trunkline refuse ${word} <why>`;
}

/** Jira takes 32,767 of a comment. */
const MOST_CHARACTERS = 30_000;

/** As it is: names in a topology are anybody's, and a link or a mention made of them would look like ours. */
const asComment = (text: string): string => `{noformat}\n${text.replaceAll('{noformat}', '(noformat)')}\n{noformat}`;

/** A new issue, or one whose description changed; where a status takes it up, one that came to a status. */
function isNews(event: string, touched: readonly string[], takes: string | null): boolean {
  if (event === 'jira:issue_created') return true;
  return event === 'jira:issue_updated' && touched.includes(takes === null ? 'description' : 'status');
}

/** How a block of code begins and ends: Jira's own marks, and Markdown's fences. */
const BLOCKS = [
  { open: /\{code(?::[^}\n]{0,100})?\}/, close: '{code}' },
  { open: /\{noformat\}/, close: '{noformat}' },
  { open: /```[a-z]{0,20}\r?\n/, close: '```' },
];

/** The first block of its kind; each mark is looked for once, or a megabyte of openings would take minutes. */
function blockOf(text: string): string | null {
  for (const { open, close } of BLOCKS) {
    const found = open.exec(text);
    if (!found) continue;
    const begin = found.index + found[0].length;
    const end = text.indexOf(close, begin);
    if (end >= 0) return text.slice(begin, end);
  }
  return null;
}

/** The whole comment, and nothing else: a quotation of one is none. */
const WORD = /^\s*trunkline (agree|refuse) ([a-z][a-z0-9-]{0,40}) ([0-9a-f]{12,64})(?:[ \t]+([^\r\n]{1,1000}))?\s*$/;

function wordOf(key: string, comment: z.infer<typeof eventSchema>['comment']): Reading {
  const by = comment?.author.accountId ?? comment?.author.name;
  const [, answer, network, plan, reason] = WORD.exec(comment?.body ?? '') ?? [];
  if (answer === undefined || by === undefined) return ignored('the comment is no word on a plan');
  const wanted = readWanted(
    { answer, network, plan, by, ...(reason?.trim() ? { reason: reason.trim() } : {}) },
    REMEDY,
  );
  if ('problems' in wanted) return { kind: 'wrong', ticket: key, record: null, problems: wanted.problems };
  return { kind: 'wish', ticket: key, record: null, wanted };
}

const REMEDY = 'Put the topology into it, or a change as docs/webhook.md has it.';

function wishOf({ key, fields }: Issue): Reading {
  const block = blockOf(fields.description ?? '');
  if (block === null) return ignored('the description has no block of code');
  if (block.trim() === '')
    return { kind: 'wrong', ticket: key, record: null, problems: wrong(REMEDY, ['the block of code']) };
  const text = withoutMargin(block);
  const read = parseDocument(text, 'change');
  const value = 'document' in read ? read.document.value : null;
  // What is no change is a topology, well or badly written: its own parser says which.
  const isChange = typeof value === 'object' && value !== null && 'change' in value;
  const wanted = readWanted(isChange ? value : { topology: text }, REMEDY);
  if ('problems' in wanted) return { kind: 'wrong', ticket: key, record: null, problems: wanted.problems };
  return { kind: 'wish', ticket: key, record: null, wanted };
}

/** Jira keeps its lines' ends as a browser sends them. */
const withoutMargin = (text: string): string => text.replace(/\r\n/g, '\n').replace(/^\n+/, '');

const ignored = (why: string): Reading => ({ kind: 'ignored', why });
