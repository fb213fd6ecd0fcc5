/** What stands where an order was stored: carried out, refused with its reason, or a named error that quotes nothing. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { destructionObject, destructionText, readRevision } from '../../../shared/engine/revision';
import { orderObject, orderReportObject, takeOrder } from '../../../shared/engine/take-order';
import { TrunklineError } from '../../../shared/errors';
import { type IntakeHarness, intakeHarness } from '../../in-process/intake-harness';
import { expectDiscreet, filled, hostile, large, sizeOf } from './hostile';
import { mutatedBytes, mutatedJson } from './mutations';

const ID = ''.padStart(32, 'a');
const NETWORK = 'global-network';
/** Of a network that nobody has: a good one would start a run. */
const ORDER = { format: 1, kind: 'destroy', network: 'nobody', base: 1 };
const PLAN = ''.padStart(64, 'a');
const OTHERS = [
  { format: 1, kind: 'repair', network: 'nobody', base: 1, resources: ['cen/nobody'], plan: null },
  { format: 1, kind: 'apply', file: 'topologies/none.yaml', plan: PLAN, mayInterrupt: true },
  { format: 1, kind: 'answer', network: NETWORK, answer: { plan: PLAN, by: 'nobody', agrees: true, reason: null } },
];

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

let harness: IntakeHarness;

beforeAll(async () => {
  harness = await intakeHarness();
  await harness.submit(readFileSync('examples/global-network.yaml', 'utf8'));
});

async function orderHolds(bytes: Uint8Array): Promise<void> {
  const { deps, objects } = harness;
  await objects.put(orderObject(ID) as never, bytes, 'application/json');
  await objects.remove(orderReportObject(ID));
  const before = await deps.runs.readNetwork(NETWORK);
  const reply = await takeOrder(deps, ID).catch((error: unknown) => {
    expect(error).toBeInstanceOf(TrunklineError);
    const { code, message } = error as TrunklineError;
    expect(['FormatUnknown', 'StoredMalformed']).toContain(code);
    expect(message.length).toBeLessThan(300);
    expectDiscreet(message);
    return code;
  });
  expect(['FormatUnknown', 'StoredMalformed', 'refused', 'gone']).toContain(reply);
  expect(await deps.runs.readNetwork(NETWORK)).toEqual(before);
  // As a revision the same bytes are a topology, the order to take one down, or neither.
  const revision = readRevision(bytes, destructionObject(NETWORK, 2));
  expect(revision === null || revision.vpcs.length === 0).toBe(true);
}

test('an order of a newer format is refused by name', async () => {
  await harness.objects.put(orderObject(ID) as never, JSON.stringify({ ...ORDER, format: 2 }), 'application/json');
  await harness.objects.remove(orderReportObject(ID));
  await expect(takeOrder(harness.deps, ID)).rejects.toMatchObject({ code: 'FormatUnknown' });
  expect(readRevision(encoded(destructionText(NETWORK, 2)), destructionObject(NETWORK, 2))).toMatchObject({ vpcs: [] });
});

hostile(
  'order',
  fc.oneof(
    mutatedJson([ORDER, ...OTHERS, JSON.parse(destructionText('nobody', 2))]).map(encoded),
    mutatedBytes([ORDER, ...OTHERS].map((order) => JSON.stringify(order))),
  ),
  orderHolds,
);

large(
  'order',
  [
    ['brackets', () => filled(sizeOf('order'), '[')],
    ['a long name', () => filled(sizeOf('order'), 'a', '{"format":1,"kind":"destroy","base":1,"network":"', '"}')],
    ['bytes that are no text', () => Buffer.alloc(sizeOf('order'), 0xff)],
  ],
  orderHolds,
);
