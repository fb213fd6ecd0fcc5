/** What only a socket shows: raw paths, lengths, bounds, and the end. */
import { Agent, request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { RawRequest } from '../../local/wire/raw';
import { createWire } from '../../local/wire/server';

const seen: RawRequest[] = [];
const defects: unknown[] = [];
const wire = createWire({
  handle: () => {
    throw new Error('not reached');
  },
  now: () => 0,
  credential: () => null,
  wait: async () => {},
  defect: (error) => defects.push(error),
  routes: {
    '/echo': async (request) => {
      seen.push(request);
      return { status: 200, headers: { 'x-route': 'echo' }, body: request.body };
    },
    '/empty': async () => ({ status: 204, headers: {}, body: '' }),
    '/broken': async () => {
      throw new Error('a defect');
    },
  },
});
let listening: Awaited<ReturnType<typeof wire.listen>>;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  listening = await wire.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  // With a connection kept alive: closing must not wait for it.
  await listening.close();
  agent.destroy();
});

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

const call = (method: string, path: string, body: string | Buffer = '', host = '127.0.0.1'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({ host, port: listening.port, method, path, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });

test('path, query and body arrive as they were sent', async () => {
  const { body } = await call('POST', '/echo/a%2Fb//c?x=1+2&cors=&acl', 'grün');
  expect(body).toBe('grün');
  expect(seen.at(-1)).toMatchObject({ path: '/echo/a%2Fb//c', query: 'x=1+2&cors=&acl', remoteAddress: '127.0.0.1' });
});

test('204 has neither body nor length', async () => {
  const { status, headers, body } = await call('GET', '/empty');
  expect([status, headers['content-length'], body]).toEqual([204, undefined, '']);
});

test('a body past the bound is 413, one at the bound is served', async () => {
  const bound = 8 * 1_024 * 1_024;
  expect((await call('POST', '/echo', Buffer.alloc(bound + 1))).status).toBe(413);
  expect((await call('POST', '/echo', Buffer.alloc(bound))).status).toBe(200);
});

test('a defect is 500 to the client and heard of here, and the server goes on', async () => {
  expect((await call('GET', '/broken')).status).toBe(500);
  expect(defects).toEqual([new Error('a defect')]);
  expect((await call('GET', '/empty')).status).toBe(204);
});

test('a query of 100 KB is served, as a large secret makes one', async () => {
  expect((await call('GET', `/echo?value=${'x'.repeat(100_000)}`)).status).toBe(200);
});

test('no other address of this machine answers', async () => {
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
  if (outer === undefined) return;
  await expect(call('GET', '/empty', '', outer)).rejects.toThrow(/ECONNREFUSED/);
});
