/**
 * TLS and plain HTTP on one port: the first byte of a TLS connection is 0x16 (a handshake record), that of no HTTP
 * request is. Some clients take `https` for granted, others cannot be given an authority to trust.
 *
 * 1. The byte is looked at and put back; whoever serves the socket reads what came as if it had listened itself.
 * 2. A socket belongs to the door until it closes: ends, errors and silence are dealt with whoever serves it.
 */
import type { Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer, type ServerOptions } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Certificates } from './certificates';

const HANDSHAKE = 0x16;
/** Node's own bound for a request's head: what a silent client of a plain HTTP server is given. */
const SILENCE_MS = 60_000;
/** A millisecond's work, on loopback. */
const HANDSHAKE_MS = 20_000;
/** Names are bucket names, mostly; the oldest goes. */
const MOST_NAMES = 200;

export interface Door {
  server: Server;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export function createDoor(plain: HttpServer, secure: HttpsServer | null, silenceMs = SILENCE_MS): Door {
  const inner = secure ? [plain, secure] : [plain];
  // They listen to nothing themselves, and begin to watch for heads that never end when they are told that they do.
  for (const server of inner) server.emit('listening');
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // Clients go when they like. Without a listener that would end the process.
    socket.on('error', () => socket.destroy());
    admit(socket, silenceMs, (first) => {
      if (first !== HANDSHAKE || !secure) return plain;
      // As the server's own listener would have it: a client that ends in the midst of a handshake is gone.
      socket.allowHalfOpen = false;
      return secure;
    });
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const one of inner) one.close();
      for (const socket of open) socket.destroy();
    });
  return { server, close };
}

function admit(socket: Socket, silenceMs: number, serverFor: (first: number | undefined) => Server): void {
  const leave = () => socket.destroy();
  socket.setTimeout(silenceMs, leave);
  socket.once('end', leave);
  socket.once('data', (chunk: Buffer) => {
    socket.setTimeout(0, leave);
    socket.off('end', leave);
    socket.pause();
    socket.unshift(chunk);
    serverFor(chunk[0]).emit('connection', socket);
    // A TLS socket has taken the bytes by now, and reads below this one; a plain one's listeners stand, and wait.
    if (socket.listenerCount('data') > 0) socket.resume();
  });
}

/** An https server that is shown connections, with a certificate for each name that clients ask for. */
export function createSecureServer(
  certificates: Certificates,
  options: ServerOptions,
  listener: ConstructorParameters<typeof HttpsServer>[1] & {},
): HttpsServer {
  const contexts = new Map<string, SecureContext>();
  const contextFor = (name: string): SecureContext | undefined => {
    const known = contexts.get(name);
    if (known) return known;
    const made = certificates.named(name);
    if (!made) return undefined;
    const [oldest] = contexts.keys();
    if (oldest !== undefined && contexts.size >= MOST_NAMES) contexts.delete(oldest);
    const context = createSecureContext(made);
    contexts.set(name, context);
    return context;
  };
  return createHttpsServer(
    {
      ...options,
      ...certificates.own(),
      handshakeTimeout: HANDSHAKE_MS,
      // Without a context the server's own certificate is shown, and the client sees that the name does not fit.
      SNICallback: (name, done) => done(null, contextFor(name.toLowerCase())),
    },
    listener,
  );
}
