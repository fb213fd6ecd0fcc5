/** The page behind a link: the plan that waits, who has said what, and two buttons. Plain HTML, without a script. */
import { createHash } from 'node:crypto';
import type { NetworkQuestion } from '../engine/run';
import type { Foreseen } from './ticket-event';

export interface AskedPage {
  network: string;
  by: string;
  question: Pick<NetworkQuestion, 'plan' | 'reasons' | 'people' | 'validHours' | 'voices'>;
  missing: number;
  /** Of the ticket that wants it; null where a file does. */
  foreseen: Foreseen | null;
  /** What tells this opening of the page from one of another minute. */
  nonce: string;
}

const STYLE =
  'body{font:16px/1.5 sans-serif;max-width:40em;margin:2em auto;padding:0 1em}code{word-break:break-all}' +
  'button{font:inherit;padding:.5em 1.5em;margin:.5em 1em .5em 0}textarea{font:inherit;width:100%;box-sizing:border-box}';

/** Nothing but our own style, named by its hash, and a form that comes back here. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>`;

/** A sentence, and nothing to do. */
export const notePage = (title: string, text: string): string => page(title, `<p>${escaped(text)}</p>`);

export function askedPage({ network, by, question, missing, foreseen, nonce }: AskedPage): string {
  const { plan, reasons, people, validHours, voices } = question;
  const said = voices.map(
    ({ by: who, agrees, reason }) => `${who} ${agrees ? 'agrees' : 'refuses'}${reason === null ? '' : `: ${reason}`}`,
  );
  return page(
    `A plan for ${network} waits`,
    `<p>Nothing is touched until ${people === 1 ? 'somebody agrees' : `${people} people agree`}; ${missing} still missing. What is said holds for ${validHours} hours, and for this plan alone:</p>` +
      `<p><code>${escaped(plan)}</code></p>` +
      list('Why somebody must agree', reasons) +
      list('What it does', foreseen ? foreseenLines(foreseen) : []) +
      list('Said so far', said) +
      `<form method="post"><input type="hidden" name="nonce" value="${escaped(nonce)}">` +
      `<p><label>Why, where you refuse<br><textarea name="reason" maxlength="1000" rows="3"></textarea></label></p>` +
      `<p>You speak as <strong>${escaped(by)}</strong>.</p>` +
      '<button name="word" value="agree">Agree</button><button name="word" value="refuse">Refuse</button></form>',
  );
}

const list = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `<h2>${escaped(title)}</h2><ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;

function foreseenLines({ changes, proof, interrupted }: Foreseen): string[] {
  const { sitePairs, applications, tests } = proof;
  return [
    ...(changes
      ? [
          `${changes.create} to create, ${changes.update} to update, ${changes.replace} to replace, ${changes.remove} to remove`,
        ]
      : []),
    `then ${sitePairs.reachable} of ${sitePairs.total} pairs of sites and ${applications.reachable} of ${applications.total} pairs with applications reach each other, and ${tests.hold} of ${tests.total} tests hold`,
    `interrupted meanwhile: ${interrupted.length === 0 ? 'nobody' : interrupted.join('; ')}`,
  ];
}
