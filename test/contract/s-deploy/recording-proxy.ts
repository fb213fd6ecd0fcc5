/**
 * Stands between a client and the local cloud and keeps what both say. Passes the Host header on as it came: signatures
 * cover it, and buckets are named by it.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Exchange {
  method: string;
  /** With the query, as sent. */
  target: string;
  /** Names in lower case. */
  requestHeaders: Readonly<Record<string, string>>;
  requestBody: Buffer;
  status: number;
  responseHeaders: Readonly<Record<string, string>>;
  responseBody: Buffer;
}

export interface RecordingProxy {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  /** What has been answered since the last call of it, in the order of the requests. */
  taken(): Exchange[];
  close(): Promise<void>;
}

export async function startRecordingProxy(upstream: string): Promise<RecordingProxy> {
  let exchanges: Exchange[] = [];
  const { hostname, port } = new URL(upstream);
  const forward = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const exchange: Exchange = {
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      requestHeaders: flat(incoming),
      requestBody: Buffer.alloc(0),
      status: 0,
      responseHeaders: {},
      responseBody: Buffer.alloc(0),
    };
    // Before its body is read: the order is that in which the requests began.
    exchanges.push(exchange);
    exchange.requestBody = await bodyOf(incoming);
    const { 'transfer-encoding': _, connection: __, ...headers } = exchange.requestHeaders;
    const sent = request({ hostname, port, method: incoming.method, path: incoming.url, headers });
    sent.end(exchange.requestBody);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve);
      sent.once('error', reject);
    });
    exchange.status = answer.statusCode ?? 0;
    exchange.responseHeaders = flat(answer);
    exchange.responseBody = await bodyOf(answer);
    const { 'transfer-encoding': ___, connection: ____, ...answered } = exchange.responseHeaders;
    outgoing.writeHead(exchange.status, answered).end(exchange.responseBody);
  };
  const server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => {
      const all = exchanges;
      exchanges = [];
      return all;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
