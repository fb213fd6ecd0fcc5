import { readdirSync, readFileSync } from 'node:fs';
import { applyChange } from '../../../../shared/tickets/changes/apply-change';
import type { TextChange } from '../../../../shared/tickets/changes/topology-change';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
const network = 'global-network';

const textAfter = (text: string, change: TextChange): string => {
  const applied = applyChange(text, change);
  if (applied.kind === 'problems') throw new Error(JSON.stringify(applied.problems));
  return applied.text;
};
const codes = (text: string, change: TextChange): string[] => {
  const applied = applyChange(text, change);
  return applied.kind === 'problems' ? applied.problems.map(({ code }) => code) : ['none'];
};

/** Lines that went and lines that came. */
function difference(before: string, after: string): { gone: string[]; new: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return { gone: old.filter((line) => !now.includes(line)), new: now.filter((line) => !old.includes(line)) };
}

const OFFICE = { address: '203.0.113.15', cidrs: ['10.10.50.0/24'], vpc: 'virginia', country: 'US' };
const add = (office: TextChange & { change: 'add-office' } extends { office: infer O } ? O : never) =>
  ({ change: 'add-office', network, name: 'office-5', office }) as const;

test('an office is a line behind the others, and no other byte changes', () => {
  expect(difference(EXAMPLE, textAfter(EXAMPLE, add(OFFICE)))).toEqual({
    gone: [],
    new: ['  office-5: {address: 203.0.113.15, cidrs: [10.10.50.0/24], vpc: virginia, country: US}'],
  });
  expect(difference(EXAMPLE, textAfter(EXAMPLE, add('203.0.113.15 10.10.50.0/24 via virginia')))).toEqual({
    gone: [],
    new: ['  office-5: 203.0.113.15 10.10.50.0/24 via virginia'],
  });
});

test('an office goes with the tests that name it, and no other byte changes', () => {
  expect(difference(EXAMPLE, textAfter(EXAMPLE, { change: 'remove-office', network, name: 'office-1' }))).toEqual({
    gone: [
      '  office-1: {address: 203.0.113.11, cidrs: [10.10.10.0/24], vpc: virginia, country: US}',
      '  - {from: office-1, to: shanghai.crm, port: tcp/443, expect: reachable}',
      '  - {from: office-1, to: office-3, expect: reachable}',
    ],
    new: [],
  });
});

test('a bandwidth is a number in its place, and no other byte changes', () => {
  const gateway = { change: 'change-bandwidth', network, gateway: 'shanghai', bandwidthMbps: 200 } as const;
  expect(textAfter(EXAMPLE, gateway)).toBe(
    EXAMPLE.replace(/(id: vpc-shanghai[\s\S]*?bandwidthMbps: )100/, (_all, before: string) => `${before}200`),
  );
  const link = { change: 'change-bandwidth', network, link: ['shanghai', 'virginia'], bandwidthMbps: 20 } as const;
  expect(textAfter(EXAMPLE, { ...link, link: ['shanghai', 'virginia'] })).toBe(
    EXAMPLE.replace('bandwidthMbps: 10}', 'bandwidthMbps: 20}'),
  );
});

const WITHOUT_TESTS = EXAMPLE.slice(0, EXAMPLE.indexOf('tests:'));

const ACCESS = `${WITHOUT_TESTS}
access:
  # orders
  - {from: [office-1, office-2, shanghai], to: virginia.orders}
  - from: office-1   # alone
    to: shanghai.crm
  - {from: offices, to: shanghai.crm, ports: [tcp/443]}   # all
`;

test('it goes from the rules that name it, and a rule that was for it alone goes', () => {
  const after = textAfter(ACCESS, { change: 'remove-office', network, name: 'office-1' });
  expect(after.slice(after.indexOf('access:'))).toBe(`access:
  # orders
  - {from: [office-2, shanghai], to: virginia.orders}
  - {from: offices, to: shanghai.crm, ports: [tcp/443]}   # all
`);
});

test('the last rule leaves an empty list: without one everybody would reach everything', () => {
  const text = `${WITHOUT_TESTS}access: [{from: office-1, to: shanghai.crm}]\n`;
  expect(textAfter(text, { change: 'remove-office', network, name: 'office-1' })).toMatch(/\naccess: \[\]\n$/);
});

test.each([
  ['at its beginning', ['office-1'], '[office-2, office-3]'],
  ['in its middle', ['office-2'], '[office-1, office-3]'],
  ['at its end', ['office-3'], '[office-1, office-2]'],
  ['twice', ['office-2', 'office-3'], '[office-1]'],
])('out of a list in brackets: %s', (_where, names, list) => {
  const text = `${WITHOUT_TESTS}access: [{from: [office-1, office-2, office-3], to: virginia.orders}]\n`;
  const after = names.reduce((now, name) => textAfter(now, { change: 'remove-office', network, name }), text);
  expect(after).toContain(`from: ${list}`);
});

test('JSON stays JSON', () => {
  const file = JSON.stringify(
    {
      version: 1,
      name: network,
      vpcs: {
        virginia: {
          region: 'us-east-1',
          id: 'vpc-virginia',
          cidrs: ['192.168.0.0/16'],
          vSwitches: [
            { id: 'vsw-va-a', zone: 'us-east-1a', cidr: '192.168.10.0/24' },
            { id: 'vsw-va-b', zone: 'us-east-1b', cidr: '192.168.11.0/24' },
          ],
        },
      },
      offices: { 'office-1': '203.0.113.11 10.10.10.0/24 via virginia' },
    },
    null,
    2,
  );
  const more = textAfter(file, add('203.0.113.15 10.10.50.0/24 via virginia'));
  expect(difference(file, more).new).toEqual([
    '    "office-1": "203.0.113.11 10.10.10.0/24 via virginia",',
    '    "office-5": "203.0.113.15 10.10.50.0/24 via virginia"',
  ]);
  const wide = textAfter(file, { change: 'change-bandwidth', network, gateway: 'virginia', bandwidthMbps: 200 });
  expect(JSON.parse(wide).vpcs.virginia.gateway).toEqual({ bandwidthMbps: 200 });
  expect(JSON.parse(textAfter(more, { change: 'remove-office', network, name: 'office-1' })).offices).toEqual({
    'office-5': '203.0.113.15 10.10.50.0/24 via virginia',
  });
});

test('what others refer to is not changed under them', () => {
  const text = EXAMPLE.replace('gateway: {bandwidthMbps: 100}', 'gateway: &g {bandwidthMbps: 100}').replace(
    'gateway: {bandwidthMbps: 100}',
    'gateway: *g',
  );
  const change = { change: 'change-bandwidth', network, gateway: 'virginia', bandwidthMbps: 200 } as const;
  expect(codes(text, change)).toEqual(['change-ambiguous']);
});

test.each<[string, TextChange, string[]]>([
  ['an office that is there', { ...add(OFFICE), name: 'office-1' }, ['name-taken']],
  ['an office called like a VPC', { ...add(OFFICE), name: 'virginia' }, ['name-taken']],
  ['an office that is none', add('somewhere'), ['short-form']],
  ['no such office', { change: 'remove-office', network, name: 'office-9' }, ['office-unknown']],
  ['no such VPC', { change: 'change-bandwidth', network, gateway: 'paris', bandwidthMbps: 100 }, ['vpc-unknown']],
  [
    'everything at once',
    { change: 'change-bandwidth', network, gateway: 'paris', link: ['rome', 'oslo'], bandwidthMbps: 0.5 },
    ['bandwidth-invalid', 'change-unclear', 'vpc-unknown', 'vpc-unknown', 'vpc-unknown'],
  ],
  ['neither of both', { change: 'change-bandwidth', network, bandwidthMbps: 5 }, ['change-unclear']],
  [
    'a VPC with itself',
    { change: 'change-bandwidth', network, link: ['virginia', 'virginia'], bandwidthMbps: 5 },
    ['link-unknown'],
  ],
])('%s', (_what, change, expected) => {
  expect(codes(EXAMPLE, change)).toEqual(expected);
});

test('every problem of the file that the change would make is told at once', () => {
  const office = { address: 'x', cidrs: ['10.10.10.0/24', 'x'], vpc: 'paris' };
  expect(codes(EXAMPLE, add(office)).sort()).toEqual(['dynamic-address', 'not-a-block', 'unknown-name']);
});

test.each<[string, TextChange]>([
  [
    'the office as it stands',
    { ...add({ address: '203.0.113.11', cidrs: ['10.10.10.0/24'], vpc: 'virginia', country: 'US' }), name: 'office-1' },
  ],
  ['the bandwidth that it has', { change: 'change-bandwidth', network, gateway: 'virginia', bandwidthMbps: 100 }],
])('what is so already is no news: %s', (_what, change) => {
  expect(applyChange(EXAMPLE, change)).toEqual({ kind: 'text', text: EXAMPLE, isNews: false });
});

test.each(readdirSync('examples').filter((file) => file.endsWith('.yaml') && file !== 'account.yaml'))(
  'in %s an office that came and went leaves every byte as it was',
  (file) => {
    const text = readFileSync(`examples/${file}`, 'utf8');
    const [vpc = ''] = /(?<=^vpcs:[\s\S]*?\n {2})[a-z-]+(?=:)/m.exec(text) ?? [];
    const more = textAfter(text, add(`203.0.113.99 10.99.50.0/24 via ${vpc}`));
    expect(more).not.toBe(text);
    expect(textAfter(more, { change: 'remove-office', network, name: 'office-5' })).toBe(text);
  },
);
