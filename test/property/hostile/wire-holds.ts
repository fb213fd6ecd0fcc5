/** What holds for every request to the local cloud, whatever was sent before it. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { RawRequest, RawResponse } from '../../../local/wire/raw';
import type { Change } from '../../../local/world/state';
import type { EntryName } from './entries';
import { expectDiscreet } from './hostile';
import {
  type Cloud,
  cloudOf,
  filledCloud,
  type Protocol,
  type Recorded,
  recordedOf,
  SECRET,
  signed,
} from './signed-requests';

let past: readonly Change[];
beforeAll(async () => {
  past = await filledCloud();
});

export const freshCloud = (): Cloud => cloudOf(past);

const GOOD: Readonly<Record<Protocol, (one: Recorded) => boolean>> = {
  rpc: ({ headers }) => headers['x-acs-action'] === 'DescribeVpcs',
  oss: ({ method, path, query }) => method === 'GET' && path === '/' && query === 'bucketInfo=',
  smq: ({ method, path }) => method === 'GET' && path === '/queues',
  tablestore: ({ path }) => path === '/ListTable',
  fc: ({ method, path }) => method === 'GET' && path === '/2023-03-30/functions',
};

export function expectAnswer({ status, headers, body }: RawResponse): void {
  // CEN answers 500 with a code while it is busy; a defect is thrown, and is nobody's answer.
  if (status === 500) expect(String(body)).toContain('"Code":"Operation.Blocking"');
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(600);
  for (const [name, text] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, text);
  }
  if (status >= 400) expectDiscreet(`${JSON.stringify(headers)}${body}`, [SECRET]);
}

export async function expectServed(protocol: Protocol, cloud: Cloud): Promise<void> {
  const good = recordedOf(protocol).find(GOOD[protocol]);
  if (!good) throw new Error(`no good request of ${protocol}`);
  const { status } = await cloud.serve(signed(good));
  expect(status).toBe(200);
}

export const holdsFor =
  (protocol: Protocol) =>
  async (requests: readonly RawRequest[]): Promise<void> => {
    const [cloud, twin] = [freshCloud(), freshCloud()];
    for (const request of requests) {
      const answer = await cloud.serve(request);
      expectAnswer(answer);
      expect(await twin.serve(request)).toEqual(answer);
    }
    await expectServed(protocol, cloud);
  };

export const ENTRY: Readonly<Record<Protocol, EntryName>> = {
  rpc: 'RPC request',
  oss: 'OSS request',
  smq: 'SMQ request',
  tablestore: 'Tablestore request',
  fc: 'FC request',
};
