/** Waiting for a message, with a clock that only the waiting moves. */
import { createHmac } from 'node:crypto';
import { createWire } from '../../../local/wire/server';
import { smqRequest } from '../../../local/world/smq/operations';
import { smq } from '../../../local/world/smq/service';
import { World } from '../../../local/world/world';
import { epochMs } from '../../../shared/clock';

const START = Date.UTC(2026, 10, 22, 12);
const caller = { accountId: '1', accessKeyId: 'id', roleArn: null };

function setUp() {
  const world = new World({ seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 1 }, { smq });
  let now = START;
  const waits: number[] = [];
  const wire = createWire({
    handle: (request) => world.handle(epochMs(now), request).response,
    now: () => START,
    credential: () => ({ secret: 'secret', securityToken: null, accountId: '1', roleArn: null }),
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  world.handle(epochMs(now), smqRequest(caller, { operation: 'CreateQueue', queue: 'q', attributes: {} }));
  const send = (delaySeconds: number) =>
    world.handle(
      epochMs(now),
      smqRequest(caller, {
        operation: 'SendMessages',
        queue: 'q',
        messages: [{ body: 'b', delaySeconds, priority: null }],
      }),
    );
  const receive = (waitSeconds: number, signal?: AbortSignal) => {
    const path = '/queues/q/messages';
    const query = `waitseconds=${waitSeconds}`;
    const date = new Date(START).toUTCString();
    const signed = `GET\n\n\n${date}\nx-mns-version:2015-06-06\n${path}?${query}`;
    const signature = createHmac('sha1', 'secret').update(signed).digest('base64');
    const headers = { date, 'x-mns-version': '2015-06-06', authorization: `MNS id:${signature}` };
    const raw = { method: 'GET', path, query, headers, body: Buffer.alloc(0), remoteAddress: '' };
    return wire.serve(signal ? { ...raw, signal } : raw);
  };
  return { send, receive, waits, elapsed: () => now - START };
}

test('a message that becomes visible within the wait is delivered when it does', async () => {
  const { send, receive, elapsed } = setUp();
  send(2);
  expect((await receive(5)).status).toBe(200);
  expect(elapsed()).toBe(2_000);
});

test('an empty queue is MessageNotExist when the wait is over, not before', async () => {
  const { receive, elapsed } = setUp();
  const response = await receive(3);
  expect(response.status).toBe(404);
  expect(String(response.body)).toContain('<Code>MessageNotExist</Code>');
  expect(elapsed()).toBe(3_000);
});

test('without a wait the answer comes at once', async () => {
  const { receive, waits } = setUp();
  expect((await receive(0)).status).toBe(404);
  expect(waits).toEqual([]);
});

test('a client that has gone is handed nothing', async () => {
  const { send, receive, waits } = setUp();
  send(1);
  const gone = new AbortController();
  gone.abort();
  await receive(5, gone.signal);
  expect(waits).toEqual([]);
  expect((await receive(5)).status).toBe(200);
});
