import { lookup as systemLookup } from 'node:dns';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { posting } from '../../../functions/callback/post';

const CALL = { method: 'POST', headers: {}, body: '{}' } as const;

let server: Server;
let address: string;
const asked: string[] = [];
const bodies: string[] = [];
let given = 0;
const post = posting({ timeout: 5_000, lookup: systemLookup });

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => bodies.push(`${request.headers['x-given']} ${body}`));
    if (request.url === '/silent') return;
    if (request.url === '/away') response.writeHead(302, { location: `${address}/elsewhere` }).end();
    else if (request.url === '/endless') pour(response);
    else response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

let ended: Promise<void>;

/** As long as somebody reads. */
function pour(response: ServerResponse): void {
  response.writeHead(200);
  ended = new Promise((resolve) => response.once('close', resolve));
  const piece = 'x'.repeat(100_000);
  const on = (): void => {
    given += piece.length;
    response.write(piece, (error) => error || on());
  };
  on();
}

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => asked.splice(0));

test('a redirect is an answer, and is not followed', async () => {
  expect(await post({ ...CALL, url: `${address}/away` })).toBe(302);
  expect(asked).toEqual(['POST /away']);
});

test('of an answer only the status is taken: a body without an end is not waited for', async () => {
  expect(await post({ ...CALL, url: `${address}/endless` })).toBe(200);
  await ended;
  expect(given).toBeLessThan(20_000_000);
});

test('an address that does not answer in time, and one where nobody is, are no answer', async () => {
  expect(await posting({ timeout: 100, lookup: systemLookup })({ ...CALL, url: `${address}/silent` })).toBeNull();
  expect(await post({ ...CALL, url: 'http://127.0.0.1:1/' })).toBeNull();
});

test('headers and body arrive as they were given', async () => {
  bodies.splice(0);
  expect(await post({ method: 'POST', url: `${address}/`, headers: { 'x-given': 'header' }, body: '{"ä":1}' })).toBe(
    200,
  );
  expect(bodies).toEqual(['header {"ä":1}']);
});

/** A name server that knows one name. */
const leadingTo =
  (...addresses: string[]): LookupFunction =>
  (_name, { all }, callback) => {
    const found = addresses.map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 }));
    if (all) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family);
  };

test.each([
  ['the metadata service', ['100.100.100.200'], null],
  ['the metadata service among others', ['127.0.0.1', '100.100.100.200'], null],
  ['the metadata service in IPv6', ['::ffff:100.100.100.200'], null],
  ['link-local', ['169.254.169.254'], null],
  ['nowhere', [], null],
  ['where somebody answers', ['127.0.0.1'], 200],
])('a name that leads to %s is called only where its addresses may be', async (_what, addresses, status) => {
  const { port } = new URL(address);
  const call = posting({ timeout: 5_000, lookup: leadingTo(...addresses) });
  expect(await call({ ...CALL, url: `http://desk.example:${port}/` })).toBe(status);
  expect(asked).toEqual(status === null ? [] : ['POST /']);
});
