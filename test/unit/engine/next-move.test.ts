import { durationMs, epochMs, minutes, seconds } from '../../../shared/clock';
import { type Move, nextMove, type Situation } from '../../../shared/engine/next-move';
import { emptyRecord, type ResourceRecord } from '../../../shared/engine/record';
import type { Observation } from '../../../shared/engine/resource-kind';
import type { ResourceId } from '../../../shared/plan/desired';

const NOW = epochMs(1_000_000);
const ABSENT: Observation = { state: 'absent' };

const present = (
  name: string | null,
  phase: 'settled' | 'changing' = 'settled',
  failure: string | null = null,
): Observation => ({
  state: 'present',
  cloudId: 'vpn-1',
  phase,
  failure,
  attributes: name === null ? {} : { name },
});

const blank = emptyRecord('cen/acme' as ResourceId, { kind: 'cen', existingId: null }, 1);

const held = (recordedAt: number | null): ResourceRecord => ({
  ...blank,
  cloudId: 'vpn-1',
  recordedAt: recordedAt === null ? null : epochMs(recordedAt),
});

const marked = (at: number, absentSince: number | null = null): ResourceRecord => ({
  ...blank,
  marker: {
    token: 't',
    parameters: {},
    at: epochMs(at),
    absentSince: absentSince === null ? null : epochMs(absentSince),
  },
});

const situation = (changes: Partial<Situation>): Situation => ({
  record: blank,
  observation: ABSENT,
  difference: { kind: 'none' },
  kind: { clientToken: true, borrows: false, pollAfter: seconds(20) },
  name: 'ours',
  askedAt: changes.now ?? NOW,
  now: NOW,
  settings: { tokenLife: minutes(8), readSettle: minutes(1) },
  ...changes,
});

const tokenless = { clientToken: false, borrows: false, pollAfter: seconds(20) };
const borrower = { clientToken: true, borrows: true, pollAfter: seconds(20) };

describe('W1: at most one resource', () => {
  const cases: [reason: string, given: Partial<Situation>, expected: Partial<Move>][] = [
    ['nothing is known and nothing is there', {}, { kind: 'mark-and-create' }],
    [
      'something stands in its place that no marker announced',
      { observation: present('ours') },
      { kind: 'fail', failure: expect.objectContaining({ code: 'PlaceOccupied' }) as never },
    ],
    [
      'the same, of a kind that is shared: it is used and stays whose it is',
      { observation: present('other'), kind: borrower },
      { kind: 'adopt', cloudId: 'vpn-1', ownership: 'borrowed' },
    ],
    [
      'a marker without an outcome, and it was made',
      { record: marked(NOW - 1), observation: present('ours') },
      { kind: 'adopt', cloudId: 'vpn-1', ownership: 'ours' },
    ],
    [
      'a tuple has no name: the marker alone says that it is ours',
      { record: marked(NOW - 1), observation: present(null) },
      { kind: 'adopt', cloudId: 'vpn-1', ownership: 'ours' },
    ],
    [
      'somebody else made one between our look and our create',
      { record: marked(NOW - 1), observation: present('other'), kind: borrower },
      { kind: 'adopt', cloudId: 'vpn-1', ownership: 'borrowed' },
    ],
    [
      'a marker without an outcome, nothing there, and the token still lives: the identical call again',
      { record: marked(NOW - minutes(8) + 1) },
      { kind: 'repeat-create' },
    ],
    [
      'past the token’s life a repeat could make a second one: look twice first',
      { record: marked(NOW - minutes(8)) },
      { kind: 'note-absence' },
    ],
    [
      'without a token a repeat could always make a second one',
      { record: marked(NOW - 1), kind: tokenless },
      { kind: 'note-absence' },
    ],
    [
      'the second look came too early',
      { record: marked(NOW - minutes(9), NOW - seconds(59)) },
      { kind: 'wait', delay: durationMs(1_000) },
    ],
    [
      'two looks, far enough apart, saw nothing',
      { record: marked(NOW - minutes(9), NOW - minutes(1)) },
      { kind: 'next-generation' },
    ],
    [
      'a read shows a recorded id absent soon after: the read is not believed',
      { record: held(NOW - seconds(59)) },
      { kind: 'wait', delay: seconds(20) },
    ],
    [
      'a recorded id is gone: this run does not make it again',
      { record: held(NOW - minutes(1)) },
      { kind: 'vanished' },
    ],
    [
      'an id reads absent in an answer that came late: it was asked for too soon after',
      { record: held(NOW - minutes(9)), askedAt: epochMs(NOW - minutes(9) + seconds(30)) },
      { kind: 'wait', delay: seconds(20) },
    ],
    [
      'the second look of two was asked for too soon after the first, however late its answer came',
      {
        kind: tokenless,
        record: marked(NOW - minutes(9), NOW - minutes(5)),
        askedAt: epochMs(NOW - minutes(5) + seconds(30)),
      },
      { kind: 'wait' },
    ],
    ['an id recorded without a time is an old one', { record: held(null) }, { kind: 'vanished' }],
  ];

  test.each(cases)('%s', (_reason, given, expected) => {
    expect(nextMove(situation(given))).toMatchObject(expected);
  });
});

describe('W3: done is what was seen settled and as wanted', () => {
  const record = held(NOW);
  const cases: [reason: string, given: Partial<Situation>, expected: Partial<Move>][] = [
    [
      'it is still changing',
      { record, observation: present('ours', 'changing') },
      { kind: 'wait', delay: seconds(20) },
    ],
    ['settled and as wanted', { record, observation: present('ours') }, { kind: 'done' }],
    [
      'settled and different in what can change in place',
      { record, observation: present('ours'), difference: { kind: 'update', reason: 'tags' } },
      { kind: 'update', reason: 'tags' },
    ],
    [
      'different in what cannot change in place',
      { record, observation: present('ours'), difference: { kind: 'replace', reason: 'zone' } },
      { kind: 'fail', failure: expect.objectContaining({ code: 'ReplacementNeeded' }) as never },
    ],
    [
      'W6: not ours to change',
      { record, observation: present('x'), difference: { kind: 'refuse', reason: 'AutoPropagate is on' } },
      { kind: 'fail', failure: expect.objectContaining({ code: 'NotOursToChange' }) as never },
    ],
    [
      'the cloud says that it will never settle',
      { record, observation: present('ours', 'changing', 'FinancialLocked') },
      {
        kind: 'fail',
        failure: expect.objectContaining({ code: 'ResourceFailed', message: 'FinancialLocked' }) as never,
      },
    ],
  ];

  test.each(cases)('%s', (_reason, given, expected) => {
    expect(nextMove(situation(given))).toMatchObject(expected);
  });
});
