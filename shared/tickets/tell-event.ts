/** An event in words, for systems whose tickets are read by people: one line a thing, the most important first. */
import { isError } from '../problem';
import type { Submission } from './submission';
import type { Foreseen, TicketEvent, TunnelsChanged } from './ticket-event';

/** Lines that do not fit are counted. `most`: characters. */
export function tellEvent(submission: Submission, event: TicketEvent, most: number): string {
  const lines = linesOf(submission, event).map((line) => line.replace(/\s+/g, ' ').slice(0, LONGEST_LINE));
  const told: string[] = [];
  let left = most - MORE.length - 10;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) return [...told, `${lines.length - told.length}${MORE}`].join('\n');
    told.push(line);
  }
  return told.join('\n');
}

/** Of a ticket that is opened for it; null where nothing went down. */
export function headline({ network }: Submission, { changes }: TunnelsChanged): string | null {
  const down = changes.filter(({ to }) => to === 'down').map(({ tunnel }) => tunnel);
  if (down.length === 0) return null;
  return `Trunkline: ${down.length} ${down.length === 1 ? 'tunnel' : 'tunnels'} of ${network} down: ${down.join(', ')}`;
}

const LONGEST_LINE = 1_000;
const MORE = ' more lines: see the status';

function linesOf(submission: Submission, event: TicketEvent): string[] {
  const { network, statusUrl } = submission;
  const status = `Status: ${statusUrl}`;
  switch (event.kind) {
    case 'accepted': {
      const waits = event.run === null ? ', which waits for the run at work to stop' : ` in run ${event.run}`;
      const first = `Trunkline: accepted as revision ${event.revision} of ${network}${waits}.`;
      return [first, status, ...foreseenLines(event.foreseen), ...problemLines(submission)];
    }
    case 'approval-asked': {
      const first = `Trunkline: revision ${event.revision} of ${network} waits for ${event.missing} to agree; nothing is touched before.`;
      const reasons = event.reasons.map((reason) => `Why: ${reason}.`);
      return [first, status, ...reasons, ...foreseenLines(event.foreseen), ...problemLines(submission)];
    }
    case 'progress':
      return [`Trunkline: ${event.done} of ${event.total} tasks of run ${event.run} have ended.`];
    case 'tunnels-changed':
      return [
        `Trunkline: tunnels of ${network} changed.`,
        ...event.changes.map(
          ({ tunnel, from, to, negotiation }) => `${tunnel}: ${to}, and was ${from} (${negotiation}).`,
        ),
        `Why, and what the office does about it: trunkline status ${network}`,
      ];
    case 'outcome':
      return outcomeLines(submission);
  }
}

function outcomeLines(submission: Submission): string[] {
  const { state, revision, run, network, problems, statusUrl } = submission;
  if (state === 'refused') {
    const errors = problems.filter(isError).length;
    return [
      `Trunkline: refused, and nothing was touched. ${errors} ${errors === 1 ? 'problem' : 'problems'}:`,
      `Status: ${statusUrl}`,
      ...problemLines(submission),
    ];
  }
  if (state === 'answered') return [`Trunkline: what was said of a plan of ${network} is taken.`];
  const of = revision === null ? '' : ` revision ${revision} of ${network}`;
  return [`Trunkline: ${state},${of}.`, ...placesOf(network, run).map(({ what, key }) => `${what}: ${key}`)];
}

/** Where in the bucket the results are. */
export const placesOf = (network: string | null, run: string | null): { what: string; key: string }[] =>
  network === null || run === null
    ? []
    : ['report.json', 'proof.json', 'timeline.jsonl'].map((file) => ({
        what: file.slice(0, file.indexOf('.')),
        key: `reports/${network}/${run}/${file}`,
      }));

function foreseenLines(foreseen: Foreseen | null): string[] {
  if (!foreseen) return [];
  const { plan, changes, proof, interrupted } = foreseen;
  const { sitePairs, applications, tests } = proof;
  return [
    ...(changes && plan
      ? [
          `Plan ${plan.slice(0, 16)}: ${changes.create} to create, ${changes.update} to update, ${changes.replace} to replace, ${changes.remove} to remove.`,
        ]
      : []),
    `Proof: ${sitePairs.reachable} of ${sitePairs.total} pairs of sites and ${applications.reachable} of ${applications.total} pairs with applications reach each other; ${tests.hold} of ${tests.total} tests hold.`,
    `Interrupted meanwhile: ${interrupted.length === 0 ? 'nobody' : interrupted.join('; ')}.`,
  ];
}

const problemLines = ({ problems }: Submission): string[] =>
  [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))].map(
    ({ severity, code, message, remedy, line, column }) =>
      `${severity} ${code}${line === null ? '' : ` at ${line}:${column}`}: ${message}${/[.?!]$/.test(message) ? '' : '.'} ${remedy}`,
  );
