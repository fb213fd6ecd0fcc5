import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { post } from '../../../functions/callback/post';

let server: Server;
let address: string;
const asked: string[] = [];
let given = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    if (request.url === '/silent') return;
    if (request.url === '/away') response.writeHead(302, { location: `${address}/elsewhere` }).end();
    else if (request.url === '/endless') pour(response);
    else response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

/** As long as somebody reads. */
function pour(response: ServerResponse): void {
  response.writeHead(200);
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
  expect(await post(`${address}/away`, {}, '{}', 5_000)).toBe(302);
  expect(asked).toEqual(['POST /away']);
});

test('of an answer only the status is taken: a body without an end is not waited for', async () => {
  expect(await post(`${address}/endless`, {}, '{}', 5_000)).toBe(200);
  expect(given).toBeLessThan(20_000_000);
});

test('an address that does not answer in time, and one where nobody is, are no answer', async () => {
  expect(await post(`${address}/silent`, {}, '{}', 100)).toBeNull();
  expect(await post('http://127.0.0.1:1/', {}, '{}', 1_000)).toBeNull();
});
