/**
 * node:http, with TLS where asked for, and nothing more: bytes in, bytes out, on loopback. Frameworks would normalise
 * what signatures cover.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Certificates } from './certificates';
import { createDoor, createSecureServer } from './door';
import type { RawRequest, RawResponse } from './raw';

const MOST_BODY_BYTES = 8 * 1_024 * 1_024;
/** Objects are larger than calls: what ali-oss sends in one part, and more. */
const MOST_OBJECT_BYTES = 64 * 1_024 * 1_024;
/** RPC clients put every parameter in the query: a secret of 30 KB is three times that when escaped. */
const MOST_HEADER_BYTES = 128 * 1_024;
/** Above the 30 s of a long poll, and above the idle time that clients give their sockets. */
const KEEP_ALIVE_MS = 70_000;
/** Node's own, which it takes back where a request as a whole may take its time. */
const HEADERS_MS = 60_000;

export interface ListenOptions {
  host: '127.0.0.1' | '::1';
  /** 0 takes a free one. */
  port: number;
  /** The same port then serves TLS as well as plain HTTP. */
  certificates?: Certificates;
}

export interface Listening {
  port: number;
  /** Ends open connections too: clients keep theirs alive for minutes. */
  close(): Promise<void>;
}

export interface Served {
  serve(request: RawRequest): Promise<RawResponse>;
  /** Whether the larger bound applies; asked before the body is read. */
  isObject(request: RawRequest): boolean;
  defect: ((error: unknown) => void) | undefined;
}

export function listen(served: Served, at: ListenOptions): Promise<Listening> {
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    exchange(served, message, response).catch((error: unknown) => {
      // Clients that go while they send end here as well: that is no defect.
      if (message.complete) served.defect?.(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-length': 0 }).end();
    });
  };
  const options = {
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: HEADERS_MS,
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const plain = createServer(options, listener);
  const secure = at.certificates ? createSecureServer(at.certificates, options, listener) : null;
  const { server, close } = createDoor(plain, secure);
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      // Nothing is open yet; this ends the watching that keeps the inner servers.
      void close();
      reject(error);
    });
    server.listen(at.port, at.host, () => {
      server.removeAllListeners('error').on('error', (error) => served.defect?.(error));
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}

async function exchange(served: Served, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  // Aborting costs an exception with its stack: what was answered is left alone.
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const head = rawRequest(message, gone.signal);
  const body = await collect(message, served.isObject(head) ? MOST_OBJECT_BYTES : MOST_BODY_BYTES);
  if (body === null) {
    response.writeHead(413, { 'content-length': 0 }).end();
    return;
  }
  write(message.method ?? '', response, await served.serve({ ...head, body }));
}

function rawRequest(message: IncomingMessage, signal: AbortSignal): RawRequest {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? null : url.slice(mark + 1),
    headers: Object.fromEntries(headers),
    body: Buffer.alloc(0),
    remoteAddress: message.socket.remoteAddress ?? '127.0.0.1',
    signal,
  };
}

/** Null where the body is larger than `limit`: the rest is read and dropped, so that the client gets to see the answer. */
async function collect(message: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > limit ? null : Buffer.concat(chunks);
}

function write(method: string, response: ServerResponse, { status, headers, body }: RawResponse): void {
  const bytes = Buffer.from(body);
  const bodiless = status === 204 || status === 304;
  // A HEAD is answered with the length that a GET would have, which the protocol's code states itself.
  const length = bodiless
    ? {}
    : { 'content-length': method === 'HEAD' ? (headers['content-length'] ?? 0) : bytes.length };
  response.writeHead(status, { ...headers, ...length });
  response.end(method === 'HEAD' || bodiless ? undefined : bytes);
}
