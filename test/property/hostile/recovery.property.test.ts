/** What a recovery reads of the bucket: what was written, or a named error that quotes nothing. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { recordsObject } from '../../../shared/engine/bucket-notes';
import type { RunId } from '../../../shared/engine/run';
import { TrunklineError } from '../../../shared/errors';
import { readTraces, rememberedNetworks } from '../../../shared/recovery/read-traces';
import { intakeHarness } from '../../in-process/intake-harness';
import { expectDiscreet, filled, hostile, large, sizeOf } from './hostile';
import { mutatedBytes, mutatedJson } from './mutations';

const NETWORK = 'global-network';
const RECORD = {
  id: 'cen/acme',
  kind: 'cen',
  region: null,
  generation: 1,
  cloudId: 'cen-1',
  ownership: 'ours',
  desiredHash: null,
  attributes: {},
  version: 1,
  marker: null,
  removal: null,
  parameters: null,
  recordedAt: null,
};

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

let bucket: ReadonlyMap<string, Uint8Array>;
let notes: string[];

beforeAll(async () => {
  const { objects, submit } = await intakeHarness();
  const { run } = (await submit(readFileSync('examples/global-network.yaml', 'utf8'))) as { run: RunId };
  await objects.put(recordsObject(NETWORK, run), JSON.stringify({ format: 1, records: [RECORD] }), 'application/json');
  bucket = objects.all;
  notes = [...bucket.keys()].filter((key) => key.startsWith('runs/'));
});

const bucketOf = (objects: ReadonlyMap<string, Uint8Array>) => ({
  get: async (key: string) => objects.get(key) ?? null,
  list: async (prefix: string) => [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(),
});

const recalled = (objects: ReadonlyMap<string, Uint8Array>): Promise<unknown> =>
  readTraces(bucketOf(objects), NETWORK).catch((error: unknown) => {
    expect(error).toBeInstanceOf(TrunklineError);
    const { code, message, cause } = error as TrunklineError;
    expect(['FormatUnknown', 'StoredMalformed']).toContain(code);
    expect(message.length).toBeLessThan(300);
    expect(cause).toBeUndefined();
    expectDiscreet(message);
    return code;
  });

/** The same bytes always come to the same, and a bucket with one bad note still names its networks. */
async function noteHolds(key: string, bytes: Uint8Array): Promise<void> {
  const spoilt = new Map([...bucket, [key, bytes]]);
  const first = await recalled(spoilt);
  expect(await recalled(spoilt)).toEqual(first);
  expect(await rememberedNetworks(bucketOf(spoilt))).toContain(NETWORK);
}

test('what was written is recalled, and of a newer format nothing is', async () => {
  expect(notes.map((key) => key.slice(key.lastIndexOf('/') + 1).replace(/-[0-9a-f]{16}/, '')).sort()).toEqual([
    'network.json',
    'plan.json',
    'records.json',
    'run.json',
  ]);
  expect(await recalled(bucket)).toMatchObject({ network: NETWORK, records: [RECORD] });
  for (const key of notes) {
    const newer = { ...JSON.parse(new TextDecoder().decode(bucket.get(key))), format: 2 };
    expect([key, await recalled(new Map([...bucket, [key, encoded(JSON.stringify(newer))]]))]).toEqual([
      key,
      'FormatUnknown',
    ]);
  }
});

hostile(
  'bucket note',
  fc.nat(3).chain((at) => {
    const text = (): string => new TextDecoder().decode(bucket.get(notes[at] ?? ''));
    return fc.record({
      at: fc.constant(at),
      bytes: fc.oneof(
        fc.constant(null).chain(() => mutatedJson([JSON.parse(text())]).map(encoded)),
        fc.constant(null).chain(() => mutatedBytes([text()])),
      ),
    });
  }),
  ({ at, bytes }) => noteHolds(notes[at] ?? '', bytes),
);

large(
  'bucket note',
  [
    ['brackets', () => filled(sizeOf('bucket note'), '[')],
    ['empty records', () => filled(sizeOf('bucket note'), '{},', '{"records":[', '{}]}')],
    ['bytes that are no text', () => Buffer.alloc(sizeOf('bucket note'), 0xff)],
  ],
  async (bytes) => {
    for (const key of notes) await noteHolds(key, bytes);
  },
);
