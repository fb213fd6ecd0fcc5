/** What triggers and tickets hand to the functions. A named error or an answer; what was refused has changed nothing. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { eachMessage } from '../../../functions/each-message';
import { changedObjects, httpRequestOf, queueMessages, submissionOf, taskMessageOf } from '../../../functions/events';
import { epochMs } from '../../../shared/clock';
import type { NetworkRow } from '../../../shared/engine/run';
import { TrunklineError } from '../../../shared/errors';
import { revealed, secretOf } from '../../../shared/secret';
import { approvalToken } from '../../../shared/tickets/approval-link';
import { openApproval } from '../../../shared/tickets/open-approval';
import { receiveDelivery } from '../../../shared/tickets/receive-delivery';
import { sign, verify } from '../../../shared/tickets/signature';
import { adapterOf } from '../../../shared/tickets/systems/adapter-of';
import { ticketSystems } from '../../../shared/tickets/ticket-system';
import { DESK, KEY, OLD_KEY, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';
import { expectDiscreet, filled, hostile, large, sizeOf } from './hostile';
import { mutatedBytes, mutatedJson, mutatedText, word } from './mutations';

const TASK = { format: 1, run: 'acme.1.1', task: 'cen/acme', wake: 3 };
const SUBMISSION = { format: 1, submission: 'a'.repeat(32) };
const cloudEvent = (messageBody: unknown) => ({
  id: '1',
  specversion: '1.0',
  data: { requestId: 'r', messageId: 'm', messageBody },
});
const QUEUE_EVENTS = [
  [cloudEvent(JSON.stringify(TASK)), cloudEvent(TASK), cloudEvent(JSON.stringify(SUBMISSION))],
  cloudEvent(SUBMISSION),
];

const NAMED = new Set(['EventMalformed', 'FormatUnknown']);

/** The value, or the code that it was refused with. */
function read<T>(reader: () => T): T | string {
  try {
    return reader();
  } catch (error) {
    expect(error).toBeInstanceOf(TrunklineError);
    const { code, message } = error as TrunklineError;
    expect(NAMED).toContain(code);
    expect(message.length).toBeLessThan(200);
    expectDiscreet(message);
    return code;
  }
}

async function queueEventHolds(event: Buffer): Promise<void> {
  const outcome = (): unknown => {
    const bodies = read(() => queueMessages(event));
    if (!Array.isArray(bodies)) return bodies;
    return bodies.map((body) => [read(() => taskMessageOf(body)), read(() => submissionOf(body))]);
  };
  const first = outcome();
  expect(outcome()).toEqual(first);
  if (!Array.isArray(first)) return;
  for (const [task, submission] of first) {
    if (typeof task === 'object') expect(task).toEqual({ format: 1, run: task.run, task: task.task, wake: task.wake });
    if (typeof submission === 'string' && !NAMED.has(submission)) expect(submission).toMatch(/^[0-9a-f]{32}$/);
  }
}

hostile(
  'queue event',
  fc.oneof(mutatedJson(QUEUE_EVENTS).map(Buffer.from), mutatedBytes(QUEUE_EVENTS.map((one) => JSON.stringify(one)))),
  queueEventHolds,
  60,
);

test('a good message among bad ones is handled, and the bad ones are given back to the queue', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutatedJson([TASK]), { maxLength: 5 }), fc.nat(5), async (bad, at) => {
      const good = JSON.stringify({ ...TASK, run: 'the-good-one' });
      const bodies = [...bad.slice(0, at), good, ...bad.slice(at)];
      const handled: string[] = [];
      const handling = eachMessage(queueMessages(Buffer.from(JSON.stringify(bodies.map(cloudEvent)))), async (body) => {
        handled.push(taskMessageOf(body).run);
      });
      const failed = await handling.then(
        () => false,
        () => true,
      );
      expect(handled).toContain('the-good-one');
      expect(failed).toBe(handled.length < bodies.length);
    }),
    { numRuns: 20 },
  );
});

const OSS_EVENT = {
  events: [
    { eventName: 'ObjectCreated:PutObject', oss: { bucket: { name: 'b' }, object: { key: 'topologies/a%20b.yaml' } } },
  ],
};

function ossEventHolds(event: Buffer): void {
  const changed = read(() => changedObjects(event));
  expect(read(() => changedObjects(event))).toEqual(changed);
  if (Array.isArray(changed))
    for (const { key, removed } of changed) expect([typeof key, typeof removed]).toEqual(['string', 'boolean']);
}

hostile(
  'OSS event',
  fc.oneof(mutatedJson([OSS_EVENT]).map(Buffer.from), mutatedBytes([JSON.stringify(OSS_EVENT)])),
  ossEventHolds,
  60,
);

const HTTP_EVENT = {
  version: 'v1',
  rawPath: '/v1/topologies',
  headers: { 'Content-Type': 'application/json', 'X-Trunkline-System': 'desk' },
  body: 'eyJhIjoxfQ==',
  isBase64Encoded: true,
  requestContext: { domainName: 'a.fcapp.run', http: { method: 'POST', path: '/v1/topologies' } },
};

function httpEventHolds(event: Buffer): void {
  const request = read(() => httpRequestOf(event));
  expect(read(() => httpRequestOf(event))).toEqual(request);
  if (typeof request === 'string') return;
  for (const [name, value] of Object.entries(request.headers))
    expect([name, typeof value]).toEqual([name.toLowerCase(), 'string']);
  expect(request.body.byteLength).toBeLessThanOrEqual(event.byteLength * 3);
}

hostile(
  'HTTP event',
  fc.oneof(mutatedJson([HTTP_EVENT]).map(Buffer.from), mutatedBytes([JSON.stringify(HTTP_EVENT)])),
  httpEventHolds,
  60,
);

const JSON_BOMBS = (entry: 'queue event' | 'OSS event' | 'HTTP event' | 'webhook delivery' | 'stored row') =>
  [
    ['brackets', () => filled(sizeOf(entry), '[')],
    ['closed brackets', () => Buffer.from('['.repeat(sizeOf(entry) / 2) + ']'.repeat(sizeOf(entry) / 2))],
    ['braces', () => filled(sizeOf(entry), '{"a":')],
    ['empty lists', () => filled(sizeOf(entry), '[],', '[', '[]]')],
    ['many messages', () => filled(sizeOf(entry), '{"data":{"messageBody":{}}},', '[', '{}]')],
    ['the same key', () => filled(sizeOf(entry), '"a":1,', '{', '"a":1}')],
    ['digits', () => filled(sizeOf(entry), '9')],
    ['backslashes', () => filled(sizeOf(entry), '\\\\', '"', '"')],
    ['bytes that are no text', () => Buffer.alloc(sizeOf(entry), 0xff)],
  ] as const;

large('queue event', JSON_BOMBS('queue event'), (event) => {
  const bodies = read(() => queueMessages(event));
  if (Array.isArray(bodies)) expect(bodies.length).toBeLessThanOrEqual(event.length);
});
large(
  'OSS event',
  [
    ...JSON_BOMBS('OSS event'),
    ['empty events', () => filled(sizeOf('OSS event'), '{},', '{"events":[', '{}]}')] as const,
  ],
  ossEventHolds,
);
large('HTTP event', JSON_BOMBS('HTTP event'), httpEventHolds);

describe('the webhook', () => {
  const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
  const BODY = { topology: EXAMPLE, ticket: 'CHG0030192' };
  const SECRETS = [KEY, OLD_KEY];
  const KEYS = SECRETS.map(secretOf);
  let harness: TicketHarness;
  let deliveries = 0;
  beforeAll(async () => {
    harness = await ticketHarness();
  });

  const send = (headers: Record<string, string>, body: Uint8Array) =>
    receiveDelivery(
      {
        systems: async (name) => (name === DESK.name ? { ...DESK, keys: KEYS, callback: null } : null),
        tickets: harness.tickets,
        runs: harness.intake.deps.runs,
        objects: harness.intake.deps.objects,
        queue: harness.intake.deps.queue,
        clock: harness.intake.deps.clock,
        wall: harness.intake.deps.clock,
        crash: () => undefined,
        statusUrl: (submission) => `https://trunkline.example/v1/submissions/${submission}`,
      },
      { headers, body, system: null, address: '' },
    );

  const signed = (body: Uint8Array): Record<string, string> => {
    deliveries += 1;
    const timestamp = String(Math.floor(harness.intake.deps.clock.now() / 1_000));
    const delivery = `delivery-${deliveries}`;
    return {
      'content-type': 'application/json',
      'x-trunkline-system': 'service-desk',
      'x-trunkline-delivery': delivery,
      'x-trunkline-timestamp': timestamp,
      'x-trunkline-signature': sign(secretOf(KEY), { timestamp, delivery, body }),
    };
  };

  /** The same delivery twice is answered twice alike; an accepted one leaves one message, a refused one none. */
  const bodyHolds = async (body: Uint8Array): Promise<void> => {
    const headers = signed(body);
    const answer = await send(headers, body);
    expect([202, 413, 422]).toContain(answer.status);
    expectDiscreet(JSON.stringify(answer), SECRETS);
    expect(await send(headers, body)).toEqual(answer);
    const messages = harness.intake.messages('intake');
    expect(messages).toEqual(
      answer.status === 202 ? Array(2).fill({ format: 1, submission: answer.body.submission }) : [],
    );
  };

  hostile(
    'webhook delivery',
    fc.oneof(
      mutatedJson([BODY]).map((text) => Buffer.from(text)),
      mutatedText([EXAMPLE]).map((topology) => Buffer.from(JSON.stringify({ ...BODY, topology }))),
      mutatedBytes([JSON.stringify(BODY)]),
    ),
    bodyHolds,
  );
  large('webhook delivery', JSON_BOMBS('webhook delivery'), bodyHolds);

  const JIRA_EVENT = {
    timestamp: 1_800_000_000_000,
    webhookEvent: 'jira:issue_created',
    issue: { key: 'NET-17', fields: { description: `{code:yaml}${EXAMPLE}{code}`, status: { name: 'To Do' } } },
    changelog: { items: [{ field: 'description' }] },
  };
  const COMMENT = {
    timestamp: 1_800_000_000_000,
    webhookEvent: 'comment_created',
    issue: { key: 'NET-17', fields: {} },
    comment: { body: `trunkline refuse acme ${'a'.repeat(16)} not today`, author: { accountId: 'alice' } },
  };
  const CHANGE = { sys_id: 'a'.repeat(32), number: 'CHG0030192', state: '-2', topology: EXAMPLE };

  /** What Jira and ServiceNow send. */
  const readings = (body: Uint8Array): void => {
    for (const kind of ['jira', 'servicenow'] as const) {
      const reading = adapterOf(kind).read(body, null);
      expect(adapterOf(kind).read(body, null)).toEqual(reading);
      expectDiscreet(JSON.stringify(reading.kind === 'wish' ? {} : reading), SECRETS);
    }
  };
  hostile(
    'webhook delivery',
    fc.oneof(
      mutatedJson([JIRA_EVENT, COMMENT, CHANGE]).map((text) => Buffer.from(text)),
      mutatedText([JIRA_EVENT.issue.fields.description]).map((description) =>
        Buffer.from(JSON.stringify({ ...JIRA_EVENT, issue: { key: 'NET-17', fields: { description } } })),
      ),
    ),
    readings,
  );
  large(
    'webhook delivery',
    [
      [
        'marks without an end',
        () =>
          filled(
            sizeOf('webhook delivery'),
            '{code:a}',
            '{"webhookEvent":"jira:issue_created","issue":{"key":"A-1","fields":{"description":"',
            '"}},"timestamp":1}',
          ),
      ],
    ],
    readings,
  );

  const LINK = { system: 'service-desk', network: 'acme', plan: 'a'.repeat(64), by: 'alice', until: epochMs(8e15) };
  const TOKEN = approvalToken(secretOf(KEY), LINK);
  const FORM = 'word=agree&reason=because&nonce=30000000';
  const QUESTION = { plan: LINK.plan, revision: null, reasons: ['always'], people: 1, validHours: 1, voices: [] };
  const WAITS = { name: 'acme', question: { ...QUESTION, asker: { kind: 'file' } } } as unknown as NetworkRow;

  /** Only a link as it was signed is let in, and only a form as the page sends it leaves a word: one message. */
  const linkHolds = async ({ token, form }: { token: string; form: string | null }): Promise<void> => {
    const { deps } = harness.intake;
    const opening = { method: form === null ? 'GET' : 'POST', contentType: 'application/x-www-form-urlencoded' };
    const answer = await openApproval(
      {
        ...deps,
        runs: { noteOpen: deps.runs.noteOpen, readNetwork: async () => WAITS },
        systems: async (name) => (name === DESK.name ? { ...DESK, keys: KEYS, approvers: '*' } : null),
        tickets: harness.tickets,
        wall: { ...deps.clock, now: () => epochMs(30_000_000 * 60_000) },
        statusUrl: (submission) => submission,
      },
      { ...opening, token, body: Buffer.from(form ?? '') },
    );
    const { status, refused } = answer;
    if (token !== TOKEN) expect([status, refused]).toEqual([404, 'link-wrong']);
    else if (form === null) expect([status, refused]).toEqual([200, undefined]);
    else if (form === FORM) expect([status, refused]).toEqual([202, undefined]);
    else
      expect(status === 202 ? refused : [status, refused]).toEqual(status === 202 ? undefined : [422, 'form-invalid']);
    expectDiscreet(answer.html, [...SECRETS, TOKEN]);
    expect(harness.intake.messages('intake')).toHaveLength(answer.status === 202 ? 1 : 0);
  };

  hostile(
    'approval link',
    fc.record({
      token: fc.oneof(fc.constant(TOKEN), mutatedText([TOKEN])),
      form: fc.option(mutatedText([FORM])),
    }),
    linkHolds,
    60,
  );
  large(
    'approval link',
    [
      ['letters', () => ({ token: filled(sizeOf('approval link'), 'e30').toString(), form: null })],
      ['dots', () => ({ token: filled(sizeOf('approval link'), '.').toString(), form: null })],
      ['a form', () => ({ token: TOKEN, form: filled(sizeOf('approval link'), 'word=agree&').toString() })],
    ],
    linkHolds,
  );

  const header = fc.constantFrom(
    'content-type',
    'x-trunkline-system',
    'x-trunkline-delivery',
    'x-trunkline-timestamp',
    'x-trunkline-signature',
  );

  test('a header that is spoiled is refused, and nothing is left of the request', async () => {
    await fc.assert(
      fc.asyncProperty(
        header,
        fc.oneof(word, fc.string(), fc.constantFrom('', 'x'.repeat(100_000), '9'.repeat(12))),
        async (name, value) => {
          const body = Buffer.from(JSON.stringify(BODY));
          const headers = signed(body);
          fc.pre(headers[name] !== value);
          const answer = await send({ ...headers, [name]: value }, body);
          expect([401, 408, 415]).toContain(answer.status);
          expectDiscreet(JSON.stringify(answer), [...SECRETS, headers['x-trunkline-signature'] ?? '']);
          expect(harness.intake.messages('intake')).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a signature is borne out by its own body, delivery and time alone', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.string(),
        fc.string(),
        fc.uint8Array(),
        mutatedText([`v1=${'0'.repeat(64)}`]),
        (body, delivery, timestamp, other, forged) => {
          const own = { timestamp, delivery, body };
          expect(verify(KEYS, own, sign(secretOf(OLD_KEY), own))).toBe(true);
          expect(verify(KEYS, own, forged)).toBe(false);
          if (!Buffer.from(body).equals(Buffer.from(other)))
            expect(verify(KEYS, { ...own, body: other }, sign(secretOf(KEY), own))).toBe(false);
        },
      ),
    );
  });
});

const SECRET = {
  keys: ['a-key-of-sixteen-1', 'a-key-of-sixteen-2'],
  callback: { url: 'https://desk.example/', key: 'a-key-of-sixteen-3' },
};

hostile(
  'ticket system secret',
  fc.oneof(mutatedJson([SECRET]), mutatedText([JSON.stringify(SECRET)])),
  async (text) => {
    const systems = ticketSystems({
      cloud: { call: async () => ({ SecretData: text }) },
      region: 'us-east-1',
      deployment: 'trunkline',
      clock: { now: () => 0 as never, monotonic: () => 0 as never },
    });
    try {
      const system = await systems('desk');
      expect(system?.keys.every((key) => revealed(key).length >= 16)).toBe(true);
    } catch (error) {
      expect(error).toMatchObject({ code: 'ConfigurationInvalid' });
      expectDiscreet(String((error as Error).message), SECRET.keys);
      expect((error as Error).cause).toBeUndefined();
    }
  },
  60,
);
