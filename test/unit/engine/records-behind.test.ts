import { networkNoteObject, runNoteObject } from '../../../shared/engine/bucket-notes';
import { recordsBehind } from '../../../shared/engine/records-behind';
import { type NetworkRow, type RunId, runId } from '../../../shared/engine/run';
import { memoryObjects } from '../../in-process/memory-objects';

const row: NetworkRow = {
  name: 'acme',
  incarnation: '3f2a91c0',
  source: 'oss:topologies/acme.yaml',
  latest: 2,
  latestHash: 'hash',
  latestObject: 'revisions/acme/hash.yaml',
  live: 2,
  liveObject: null,
  activeRun: null,
  runs: 2,
  lastRun: runId('acme', '3f2a91c0', 2),
  outcome: 'succeeded',
  question: null,
  version: 7,
};

async function asked(remembered: (RunId | 'network')[], read: NetworkRow | null, standing = read) {
  const objects = memoryObjects();
  for (const what of remembered) {
    const key = what === 'network' ? networkNoteObject('acme') : runNoteObject('acme', what);
    await objects.put(key, '{}', 'application/json');
  }
  return recordsBehind({ objects, runs: { readNetwork: async () => standing } }, 'acme', read);
}

const run = (sequence: number): RunId => runId('acme', '3f2a91c0', sequence);

test.each([
  ['a name that nobody knows', [], null, null],
  ['a network whose last run is the one that the row knows', ['network', run(1), run(2)], row, null],
  [
    'tables that were lost',
    ['network', run(1), run(2)],
    null,
    'the bucket remembers the network acme, and the tables do not',
  ],
  [
    'tables of before the last run',
    ['network', run(2), run(3)],
    row,
    'the bucket remembers the run acme.3f2a91c0.3, and the tables do not',
  ],
] as const)('%s', async (_what, remembered, read, expected) => {
  expect(await asked([...remembered], read)).toBe(expected);
});

test.each([
  ['begun for the first time', null, { ...row, version: 1 }],
  ['started', row, { ...row, version: 8 }],
])('what was %s since the row was read is no loss', async (_what, read, standing) => {
  expect(await asked(['network', run(3)], read, standing)).toBeNull();
});
