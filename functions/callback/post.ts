/**
 * Calls a ticketing system. What is called is what the operator registered: no redirect is followed, and a name is
 * looked up once, so that what was looked at is what is connected to.
 *
 * Not `fetch`: it takes no lookup of ours.
 */

import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { mayBeReached } from '../../shared/tickets/callback-target';
import type { CallbackDeps } from '../../shared/tickets/send-callback';

export interface PostOptions {
  /** Milliseconds, for all of it. */
  timeout: number;
  lookup: LookupFunction;
}

export const posting =
  ({ timeout, lookup }: PostOptions): CallbackDeps['post'] =>
  ({ method, url, headers, body }) =>
    new Promise((resolve) => {
      const signal = AbortSignal.timeout(timeout);
      const length = String(Buffer.byteLength(body));
      const options = { method, agent: false, signal, lookup: guarded(lookup) } as const;
      const ask = url.startsWith('https:') ? secure : plain;
      const request = ask(url, { ...options, headers: { ...headers, 'content-length': length } }, (answer) => {
        resolve(answer.statusCode ?? null);
        // Nobody reads its body, however long it is.
        request.destroy();
      });
      request.on('error', () => resolve(null));
      request.end(body);
    });

/** A name that leads to where no callback may go is no name. */
const guarded =
  (lookup: LookupFunction): LookupFunction =>
  (name, options, callback) =>
    lookup(name, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      if (error || (addresses.length > 0 && addresses.every(mayBeReached))) callback(error, found, family);
      else callback(new Error('the name leads to where no callback may go'), found, family);
    });
