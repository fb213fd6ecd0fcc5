import type { EpochMs } from '../clock';
import type { Problem } from '../problem';
import type { TopologyChange } from './changes/topology-change';
import type { TicketAnswer } from './ticket-answer';
import type { TicketEvent } from './ticket-event';

/**
 * What a ticket handed in, and what became of it. `received`: intake has not taken it yet; `held`: somebody must agree to
 * its plan; `waiting`: a run will decide; the other states are final. What the ticket was told of it is apart, in `told`.
 */
export type SubmissionState =
  | 'received'
  | 'held'
  | 'waiting'
  | 'refused'
  | 'unchanged'
  /** A word on a plan, which was taken. */
  | 'answered'
  /** Of no ticket: what Trunkline itself saw, to be told. */
  | 'noticed'
  | 'succeeded'
  | 'failed'
  | 'superseded'
  | 'cancelled';

export interface Submission {
  /** 32 hexadecimal digits, unguessable without the deployment's key: it is the status URL's secret. */
  id: string;
  /** For the ticket: the webhook's answer, which has it too, is read by nobody in Jira and ServiceNow. */
  statusUrl: string;
  system: string;
  ticket: string | null;
  /** What the system's API calls the ticket, where that is not what people do. */
  record: string | null;
  /** Null where what was handed in names none that could be read. */
  network: string | null;
  /** To the topology that stands when intake takes it; null where a whole one was handed in. */
  change: TopologyChange | null;
  /** A word on a plan that waits; null where something is wanted. */
  answer: TicketAnswer | null;
  /** Whether intake went as far as to hand the changed topology in: what is so by then may be so by it. */
  begun: boolean;
  /** Where the topology's bytes are kept; empty for a change, and where it was refused before they were. */
  object: string;
  receivedAt: EpochMs;
  state: SubmissionState;
  revision: number | null;
  run: string | null;
  problems: Problem[];
  /** What the ticket is told, in order. */
  events: TicketEvent[];
  /** Of these, how many are through: delivered, or in the dead letters. */
  told: number;
  /** Of those, how many are in the dead letters. */
  lost: number;
  /** Of the next one. */
  attempts: number;
  /** When the next one is tried. */
  nextAttemptAt: EpochMs;
  version: number;
}

type Given = Pick<Submission, 'id' | 'statusUrl' | 'system' | 'ticket' | 'record' | 'network' | 'receivedAt'> &
  Partial<Submission>;

/** One of which nothing has come yet. */
export const newSubmission = (given: Given): Submission => ({
  change: null,
  answer: null,
  begun: false,
  object: '',
  state: 'received',
  revision: null,
  run: null,
  problems: [],
  events: [],
  told: 0,
  lost: 0,
  attempts: 0,
  nextAttemptAt: given.receivedAt,
  version: 0,
  ...given,
});

export interface Delivery {
  system: string;
  delivery: string;
  /** SHA-256 of the raw body: the same delivery with another body is refused. */
  bodyHash: string;
  submission: string;
}

const OPEN: readonly SubmissionState[] = ['received', 'held', 'waiting'];
export const isFinal = (state: SubmissionState): boolean => !OPEN.includes(state);

export const hasNews = ({ events, told }: Submission): boolean => told < events.length;

/** Of two who move a submission (intake, a run's end, a callback) one comes second, and once more reads what stands. */
const ROUNDS = 5;

/** Null where there is none, where `change` leaves it, or where others were always faster. */
export async function changeSubmission(
  tickets: Pick<TicketStore, 'readSubmission' | 'writeSubmission'>,
  id: string,
  change: (standing: Submission) => Submission | null,
): Promise<Submission | null> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const standing = await tickets.readSubmission(id);
    const next = standing && change(standing);
    if (!next) return null;
    const written = await tickets.writeSubmission(next);
    if (written) return written;
  }
  return null;
}

/** What the store does for tickets; ticket-store.ts over Tablestore. */
export interface TicketStore {
  /** The delivery as it stands, which is this one where it is new. */
  noteDelivery(delivery: Delivery): Promise<Delivery>;
  readSubmission(id: string): Promise<Submission | null>;
  /** Compare-and-set on `version` (0: must not exist); null where another was faster. */
  writeSubmission(submission: Submission): Promise<Submission | null>;
  /** Submissions that wait for a run of the network. */
  noteWaiting(network: string, id: string): Promise<void>;
  forgetWaiting(network: string, id: string): Promise<void>;
  listWaiting(network: string): Promise<string[]>;
}
