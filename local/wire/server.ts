/**
 * The wire of the local cloud: one port, every protocol told apart by what its clients cannot help sending.
 *
 * 1. Nothing is decoded before its signature is checked over the bytes as they came.
 * 2. A request that no protocol claims goes to the longest matching route, else it is answered with 404.
 * 3. No clock, timer or socket in `serve`: it is the same in a test, on a port and inside a simulation.
 */
import { createHash } from 'node:crypto';
import { isFc, serveFc } from './fc/serve-fc';
import { type Listening, type ListenOptions, listen } from './http-adapter';
import { isOss, serveOss } from './oss/serve-oss';
import type { RawRequest, RawResponse } from './raw';
import { isRpc, serveRpc } from './rpc/serve-rpc';
import { isSmq, serveSmq } from './smq/serve-smq';
import { isTablestore, serveTablestore } from './tablestore/serve-tablestore';
import type { Exchange, WireOptions } from './wire';

export interface Wire {
  serve(request: RawRequest): Promise<RawResponse>;
  /** On loopback only: the local cloud's keys are no secret. */
  listen(at: ListenOptions): Promise<Listening>;
}

/**
 * In the order asked. OSS comes before Function Compute, which is known by its paths: an object's key may begin with any
 * date. RPC stands behind those with headers of their own, since it is known by its parameters.
 */
const PROTOCOLS: readonly {
  claims(request: RawRequest): boolean;
  serve(request: RawRequest, exchange: Exchange): Promise<RawResponse>;
}[] = [
  { claims: isOss, serve: serveOss },
  { claims: isFc, serve: serveFc },
  { claims: isTablestore, serve: serveTablestore },
  { claims: isSmq, serve: serveSmq },
  { claims: isRpc, serve: serveRpc },
];

export function createWire(options: WireOptions): Wire {
  let served = 0;
  let endpoint: string | null = null;
  const serve = async (request: RawRequest): Promise<RawResponse> => {
    served += 1;
    const protocol = PROTOCOLS.find(({ claims }) => claims(request));
    if (protocol) return protocol.serve(request, { options, requestId: requestIdOf(options.now(), served), endpoint });
    const route = routeOf(options, request.path);
    return route ? route(request) : NOT_FOUND;
  };
  return {
    serve,
    async listen(at) {
      const listening = await listen({ serve, isObject: carriesObject, defect: options.defect }, at);
      endpoint = `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${listening.port}`;
      return listening;
    },
  };
}

/** Code comes as an object, or inside the call that makes a function of it; events may be as large. */
const carriesObject = (request: RawRequest): boolean => isOss(request) || isFc(request);

/** Looked up at each request: the runtime adds its routes when the port is known. */
function routeOf({ routes = {} }: WireOptions, path: string) {
  const prefixes = Object.keys(routes).filter((prefix) => path.startsWith(prefix));
  const longest = prefixes.reduce((best, prefix) => (prefix.length > best.length ? prefix : best), '');
  return routes[longest];
}

const NOT_FOUND: RawResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain;charset=utf-8' },
  body: 'This port speaks the wire protocols of Alibaba Cloud; this request is none of them.\n',
};

/** In the form of the services' own ids, for answers that the world never saw. */
function requestIdOf(now: number, served: number): string {
  const digits = createHash('sha256').update(`${now}/${served}`).digest('hex').slice(0, 32).toUpperCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
