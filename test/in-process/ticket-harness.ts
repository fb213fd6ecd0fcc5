/** The webhook, intake's ticket door and the callback over an in-process world. */

import type { DurationMs } from '../../shared/clock';
import type { Crash } from '../../shared/engine/crash-points';
import { secretOf } from '../../shared/secret';
import { tables } from '../../shared/store/tables';
import {
  type Delivered,
  type ReceiveDeps,
  receiveDelivery,
  type WebhookAnswer,
} from '../../shared/tickets/receive-delivery';
import { type CallbackReply, sendCallback } from '../../shared/tickets/send-callback';
import { sign } from '../../shared/tickets/signature';
import type { Submission, TicketStore } from '../../shared/tickets/submission';
import { settleWaiting, takeSubmission } from '../../shared/tickets/take-submission';
import { ticketStore } from '../../shared/tickets/ticket-store';
import type { TicketSystem } from '../../shared/tickets/ticket-system';
import { type IntakeHarness, intakeHarness } from './intake-harness';
import { worldTables } from './world-tables';

export const KEY = 'the-key-of-the-service-desk';
export const OLD_KEY = 'the-key-before-the-rotation';

export const DESK: TicketSystem = {
  name: 'service-desk',
  kind: 'generic',
  takes: null,
  addresses: null,
  approvers: null,
  opens: null,
  keys: [secretOf(KEY), secretOf(OLD_KEY)],
  callback: { url: 'https://desk.example/hook', user: null, key: secretOf('the-key-of-the-callback') },
};

/** The smallest network that has everything a change can change: what a test does not look at costs its time. */
export const TINY = `version: 1
name: tiny
# Nobody pays for more.
vpcs:
  virginia:
    region: us-east-1
    id: vpc-virginia
    cidrs: [192.168.0.0/16]
    vSwitches:
      - {id: vsw-va-a, zone: us-east-1a, cidr: 192.168.10.0/24}
      - {id: vsw-va-b, zone: us-east-1b, cidr: 192.168.11.0/24}
    gateway: {bandwidthMbps: 100}
offices:
  office-1: {address: 8.8.4.1, cidrs: [10.10.10.0/24], vpc: virginia, country: US}
  office-2: {address: 8.8.4.2, cidrs: [10.10.20.0/24], vpc: virginia, country: US}
`;

export interface Posted {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

export interface TicketHarness {
  intake: IntakeHarness;
  tickets: TicketStore;
  /** What the ticketing system was told. */
  posted: Posted[];
  /** What it answers, one a call; 200 when the list is empty. */
  answers: (number | null)[];
  post(body: string, changes?: Partial<Request>): Promise<WebhookAnswer>;
  /** As it is, at the path of a system. */
  deliver(request: Omit<Delivered, 'body'> & { body: string }): Promise<WebhookAnswer>;
  take(id: string): Promise<string>;
  /** With what a test has changed of intake. */
  takeWith(deps: IntakeHarness['deps'], id: string): Promise<string>;
  callBack(id: string): Promise<CallbackReply>;
  /** Once, before the next answer. */
  whilePosting(action: () => Promise<void>): void;
  /** Tells what there is to tell, until there is nothing; what was posted meanwhile, taken off the list. */
  hear(id: string): Promise<Posted['body'][]>;
  settle(run: string, outcome: 'succeeded' | 'failed' | 'superseded'): Promise<void>;
  submission(id: string): Promise<Submission>;
  later(duration: DurationMs): void;
}

interface Request {
  system: string;
  delivery: string;
  timestamp: string;
  signature: string;
  contentType: string;
  address: string;
  key: string;
}

export async function ticketHarness(systems: readonly TicketSystem[] = [DESK]): Promise<TicketHarness> {
  const intake = await intakeHarness();
  const { deps, inProcess } = intake;
  const tickets = ticketStore(tables(worldTables(inProcess), 'test'));
  const posted: Posted[] = [];
  const answers: (number | null)[] = [];
  let meanwhile: (() => Promise<void>) | null = null;
  const crash: Crash = deps.crash;
  const find = async (name: string) => systems.find((system) => system.name === name) ?? null;
  const receive: ReceiveDeps = {
    systems: find,
    tickets,
    runs: deps.runs,
    objects: deps.objects,
    queue: deps.queue,
    clock: deps.clock,
    wall: deps.clock,
    crash,
    statusUrl: (submission) => `https://trunkline.example/v1/submissions/${submission}`,
  };
  const callBack = (id: string): Promise<CallbackReply> =>
    sendCallback(
      {
        systems: find,
        tickets,
        runs: deps.runs,
        queue: deps.queue,
        clock: deps.clock,
        wall: deps.clock,
        crash,
        post: async ({ method, url, headers, body }) => {
          const action = meanwhile;
          meanwhile = null;
          await action?.();
          posted.push({ method, url, headers, body: JSON.parse(body) as Record<string, unknown> });
          return answers.length > 0 ? (answers.shift() ?? null) : 200;
        },
      },
      id,
    );
  return {
    intake,
    tickets,
    posted,
    answers,
    post: (body, changes = {}) => {
      const { system = 'service-desk', delivery = 'delivery-1', contentType = 'application/json', key = KEY } = changes;
      const timestamp = changes.timestamp ?? String(Math.floor(deps.clock.now() / 1_000));
      const bytes = new TextEncoder().encode(body);
      const signature = changes.signature ?? sign(secretOf(key), { timestamp, delivery, body: bytes });
      const headers = {
        'content-type': contentType,
        'x-trunkline-system': system,
        'x-trunkline-delivery': delivery,
        'x-trunkline-timestamp': timestamp,
        'x-trunkline-signature': signature,
      };
      const { address = '203.0.113.9' } = changes;
      return receiveDelivery(receive, { headers, body: bytes, system: null, address });
    },
    deliver: ({ body, ...request }) => receiveDelivery(receive, { ...request, body: new TextEncoder().encode(body) }),
    take: (id) => takeSubmission({ ...deps, tickets }, id),
    takeWith: (changed, id) => takeSubmission({ ...changed, tickets }, id),
    callBack,
    whilePosting: (action) => {
      meanwhile = action;
    },
    hear: async (id) => {
      while ((await callBack(id)) === 'delivered');
      return posted.splice(0).map(({ body }) => body);
    },
    settle: async (id, outcome) => {
      const run = await deps.runs.readRun(id as never);
      if (!run) throw new Error(`no run ${id}`);
      await settleWaiting({ ...deps, tickets }, run, outcome);
    },
    submission: async (id) => {
      const submission = await tickets.readSubmission(id);
      if (!submission) throw new Error(`no submission ${id}`);
      return submission;
    },
    later: (duration) => intake.later(duration),
  };
}
