import type { Finding } from '../../../cli/doctor/finding';
import { findingTable } from '../../../cli/doctor/finding-table';

const plain = (columns: number) => ({ columns, paint: (_: unknown, text: string) => text });

const FINDINGS: readonly Finding[] = [
  {
    state: 'error',
    code: 'permission-missing',
    subject: 'RAM',
    message: 'the credentials may not RAM: ram:GetRole, on acs:ram::1234567890123456:role/trunkline-intake and others',
    remedy: 'grant ram:GetRole to the user or role, in a RAM policy',
  },
  {
    state: 'skipped',
    code: 'not-checked',
    subject: 'role trunkline-intake',
    message: 'not checked: see RAM',
    remedy: null,
  },
  { state: 'ok', code: 'bucket-there', subject: 'bucket trunkline-topologies', message: 'as wanted', remedy: null },
];

test('what is well is counted by kind; one alone, and what is not well, is named', () => {
  const ok = (subject: string, message: string): Finding => ({
    state: 'ok',
    code: 'x',
    subject,
    message,
    remedy: null,
  });
  const missing: Finding = { ...ok('queue c', 'is not there'), state: 'error', remedy: 'make it' };
  const findings = [
    missing,
    { ...missing, subject: 'queue d' },
    ok('credential', 'valid'),
    ok('queue a', 'as wanted'),
    ok('queue b', 'as wanted'),
    ok('bucket a', 'as wanted'),
  ];
  expect(findingTable(findings, plain(80))).toBe(
    [
      'error   queue c',
      '        is not there',
      '        → make it',
      'error   queue d',
      '        is not there',
      '        → make it',
      'ok      credential: valid',
      'ok      2 queues: as wanted',
      'ok      bucket a: as wanted',
      '',
    ].join('\n'),
  );
});

test('what is not well has its message and its remedy below, what is well a line', () => {
  expect(findingTable(FINDINGS, plain(80))).toBe(
    [
      'error   RAM',
      '        the credentials may not RAM: ram:GetRole, on',
      '        acs:ram::1234567890123456:role/trunkline-intake and others',
      '        → grant ram:GetRole to the user or role, in a RAM policy',
      'skipped role trunkline-intake: not checked: see RAM',
      'ok      bucket trunkline-topologies: as wanted',
      '',
    ].join('\n'),
  );
});

test.each([20, 40, 80])('no line is wider than a terminal of %i columns', (columns) => {
  const widest = Math.max(
    ...findingTable(FINDINGS, plain(columns))
      .split('\n')
      .map((line) => line.length),
  );
  expect(widest).toBeLessThanOrEqual(columns);
});
