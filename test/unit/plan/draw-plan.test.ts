import { createPlan } from '../../../shared/plan/create-plan';
import { drawPlan } from '../../../shared/plan/draw-plan';
import type { Topology } from '../../../shared/topology/topology';
import { recordsAfter } from './records';
import { example, large, office } from './topologies';

const first = (topology: Topology) => createPlan({ topology, revision: 1, base: null, recorded: [] });
/** The hash is tested elsewhere; here it only takes its place. */
const lines = (text: string): string[] =>
  text.split('\n').map((line) => line.replace(/^plan [0-9a-f]{16}$/, 'plan <hash>'));

test('the scenario: its cost, then every task by step with its place in the order', () => {
  expect(lines(drawPlan(first(example()))).slice(0, 12)).toEqual([
    'acme-global, revision 1 (nothing is live yet)',
    '38 to create',
    'about 194 calls to the cloud, about 5 min 35 s',
    'plan <hash>',
    '',
    'gateway: 2 tasks, about 24 calls',
    '├─ + vpn-gateway/shanghai                                            #12 at once',
    '└─ + vpn-gateway/virginia                                            #13 at once',
    '',
    'tunnel: 12 tasks, about 55 calls',
    '├─ + customer-gateway/cn-shanghai/198.51.100.13                       #2 at once',
    '├─ + customer-gateway/cn-shanghai/198.51.100.14                       #3 at once',
  ]);
  expect(drawPlan(first(example()))).toContain(
    '├─ + vpn-connection/office-2                                 #21 after #5 #7 #18\n',
  );
});

test('an edit: each kind of change with its sign, and what stays', () => {
  const topology = example();
  topology.vpcs[1]!.gateway.bandwidthMbps = 200;
  topology.backbone.links[0]!.bandwidthMbps = 20;
  topology.offices[1] = office('office-5', 'virginia', '203.0.113.15', '10.10.50.0/24');
  topology.access.rules = topology.access.rules.filter((rule) => rule.from !== 'office-2');
  const plan = createPlan({ topology, revision: 2, base: 1, recorded: recordsAfter(first(example())) });
  const text = drawPlan(plan);
  expect(lines(text).slice(0, 4)).toEqual([
    'acme-global, revision 2 (revision 1 is live)',
    '5 to create, 3 to update, 7 to replace, 5 to remove',
    'about 123 calls to the cloud, about 8 min 20 s',
    'plan <hash>',
  ]);
  for (const sign of [
    '- vpn-gateway/shanghai~before ',
    '+ vpn-gateway/shanghai ',
    '~ peer-attachment/',
    '+ vpn-connection/office-5 ',
    '- vpn-connection/office-2 ',
  ]) {
    expect(text).toContain(`─ ${sign}`);
  }
  expect(lines(text).at(-1)).toBe('23 resources stand as wanted');
});

test('a plan with nothing to do says so', () => {
  const plan = createPlan({ topology: example(), revision: 1, base: 1, recorded: recordsAfter(first(example())) });
  expect(lines(drawPlan(plan))).toEqual([
    'acme-global, revision 1 (revision 1 is live)',
    'nothing to do',
    'plan <hash>',
    '',
    '38 resources stand as wanted',
  ]);
});

test('more than twelve tasks of a kind are counted, unless all are asked for', () => {
  const plan = first(large(2, 1000));
  const short = lines(drawPlan(plan));
  expect(short.join('\n')).toMatch(/\n└─ \+ 1,000 × vpn-connection {2,}#\d{4} … #\d{4}, about 8,000 calls\n/);
  expect(short.length).toBeLessThan(40);
  const all = lines(drawPlan(plan, { all: true }));
  expect(all.filter((line) => line.includes(' + vpn-connection/office-')).length).toBe(1000);
});

test('twelve of a kind are still listed', () => {
  const drawn = (offices: number) => drawPlan(first(large(1, offices)));
  expect(drawn(12)).toContain('+ vpn-connection/office-11 ');
  expect(drawn(13)).toContain('+ 13 × vpn-connection ');
});

test.each<[string, string]>([
  ['long names', drawPlan(first(longNames()), { all: true })],
  ['large plans', drawPlan(first(large(20, 200)))],
])('%s fit 80 columns', (_name, text) => {
  expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
});

function longNames(): Topology {
  const topology = example();
  const long = 'a'.repeat(41);
  topology.offices[0]!.name = long;
  for (const rule of topology.access.rules) if (rule.from === 'office-1') rule.from = long;
  topology.vpcs[0]!.name = 'v'.repeat(41);
  for (const one of topology.offices) if (one.vpc === 'virginia') one.vpc = 'v'.repeat(41);
  return topology;
}
