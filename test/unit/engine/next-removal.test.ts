import { type EpochMs, epochMs, minutes, seconds } from '../../../shared/clock';
import { nextMove } from '../../../shared/engine/next-move';
import { nextRemoval, type RemovalMove, type RemovalSituation } from '../../../shared/engine/next-removal';
import { emptyRecord, type ResourceRecord } from '../../../shared/engine/record';
import type { Observation } from '../../../shared/engine/resource-kind';
import type { ResourceId } from '../../../shared/plan/desired';

const NOW = epochMs(1_800_000_000_000);
const ABSENT: Observation = { state: 'absent' };
const ago = (minutesAgo: number): EpochMs => epochMs(NOW - minutes(minutesAgo));

const present = (name: string | null, phase: 'settled' | 'changing' = 'settled', failure: string | null = null) =>
  ({ state: 'present', cloudId: 'vpn-1', phase, failure, attributes: name === null ? {} : { name } }) as Observation;

const blank = emptyRecord('vpn-gateway/virginia' as ResourceId, { kind: 'cen', existingId: null }, 1);
const held = (changes: Partial<ResourceRecord> = {}): ResourceRecord => ({
  ...blank,
  cloudId: 'vpn-1',
  recordedAt: ago(60),
  ...changes,
});
const marked = (absentSince: EpochMs | null): ResourceRecord => ({
  ...blank,
  marker: { token: 't', parameters: {}, at: ago(60), absentSince },
});

const settings = { tokenLife: minutes(8), readSettle: minutes(2) };
const kind = { clientToken: true, borrows: true, pollAfter: seconds(20) };

const cases: [reason: string, given: Partial<RemovalSituation>, expected: Partial<RemovalMove>][] = [
  ['it stands: ask for it to be removed', { record: held(), observation: present('ours') }, { kind: 'remove' }],
  ['a look shows nothing: it is gone', { record: held(), observation: ABSENT }, { kind: 'gone' }],
  [
    'made a moment ago, a look that shows nothing may be of before',
    { record: held({ recordedAt: ago(1) }), observation: ABSENT },
    { kind: 'wait', delay: minutes(1) },
  ],
  ['it is on its way out', { record: held(), observation: present('ours', 'changing') }, { kind: 'wait' }],
  [
    'it will never settle, and is removed all the same',
    { record: held(), observation: present('ours', 'changing', 'FinancialLocked') },
    { kind: 'remove' },
  ],
  [
    'borrowed: it is left where it is',
    { record: held({ ownership: 'borrowed' }), observation: present('theirs') },
    { kind: 'gone' },
  ],
  ['never announced: there is nothing', { record: blank, observation: null }, { kind: 'gone' }],
  [
    'announced, and it came to be: it is ours',
    { record: marked(null), observation: present('ours') },
    { kind: 'adopt' },
  ],
  [
    'announced, and a nameless thing stands there',
    { record: marked(null), observation: present(null) },
    { kind: 'adopt' },
  ],
  [
    'announced, and a stranger stands there',
    { record: marked(null), observation: present('theirs') },
    { kind: 'gone' },
  ],
  ['announced, and nothing yet: look twice', { record: marked(null), observation: ABSENT }, { kind: 'note-absence' }],
  [
    'the second look came too soon',
    { record: marked(ago(1)), observation: ABSENT },
    { kind: 'wait', delay: minutes(1) },
  ],
  ['nothing, twice: nothing came of it', { record: marked(ago(2)), observation: ABSENT }, { kind: 'gone' }],
];

test.each(cases)('%s', (_reason, given, expected) => {
  const situation = { record: blank, observation: ABSENT, kind, name: 'ours', askedAt: NOW, settings, ...given };
  expect(nextRemoval(situation)).toMatchObject(expected);
});

/** An earlier run announced its removal and ended before it saw its end; this one wants it again. */
test.each([
  ['nothing is believed until reads have settled', ago(1), ABSENT, { kind: 'wait', delay: minutes(1) }],
  ['gone: it is made anew', ago(5), ABSENT, { kind: 'removed' }],
  ['going', ago(5), present('ours', 'changing'), { kind: 'wait' }],
  ['never asked for: it goes on', ago(5), present('ours'), { kind: 'not-removed' }],
] as const)('a removal that was announced, and then unwanted: %s', (_reason, removal, observation, expected) => {
  const situation = { record: held({ removal }), observation, kind, name: 'ours', askedAt: NOW, now: NOW, settings };
  expect(nextMove({ ...situation, difference: { kind: 'none' } })).toMatchObject(expected);
});
