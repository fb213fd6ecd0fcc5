import type { Cidr } from '../../../shared/cidr';
import { drawFailures, drawMatrix } from '../../../shared/network/matrix';
import { plannedModel } from '../../../shared/network/planned-model';
import { prove } from '../../../shared/network/prove';
import { desiredResources } from '../../../shared/plan/desired-resources';
import { everyRule, exampleTopology, office, planned, without } from './example';

const withoutReturn = () => {
  const topology = exampleTopology();
  return prove(
    topology,
    plannedModel(topology, without(desiredResources(topology), 'vpn-route/office-1/10.10.10.0/24')),
  );
};

const manyOffices = (count: number) => {
  const topology = exampleTopology();
  for (let index = 5; index <= count; index += 1)
    topology.offices.push(office(`office-${index}`, 'shanghai', `198.51.100.${index + 20}`, `10.30.${index}.0/24`));
  topology.access.rules = everyRule(topology);
  return topology;
};

test('a few sites stand each in a row of its own', () => {
  expect(drawMatrix(withoutReturn())).toBe(
    [
      'from \\ to                    1  2  3  4  5  6',
      '  1  virginia                ·  ✓  ✗  ✓  ✓  ✓',
      '  2  shanghai                ✓  ·  ✗  ✓  ✓  ✓',
      '  3  office-1                ✗  ✗  ·  ✗  ✗  ✗',
      '  4  office-2                ✓  ✓  ✗  ·  ✓  ✓',
      '  5  office-3                ✓  ✓  ✗  ✓  ·  ✓',
      '  6  office-4                ✓  ✓  ✗  ✓  ✓  ·',
      '',
      '✓ reachable   ✗ blocked',
      '',
      '',
    ].join('\n'),
  );
});

test('many sites share a row where they are treated alike', () => {
  const topology = manyOffices(30);
  const model = planned(topology);
  model.offices
    .filter(({ name }) => name === 'office-9' || name === 'office-17')
    .forEach((it) => {
      it.connectionId = null;
    });
  expect(drawMatrix(prove(topology, model))).toBe(
    [
      'from \\ to                    1  2',
      '  1  virginia +29            ✓  ✗',
      '  2  office-9 +1             ✗  ✗',
      '',
      '✓ reachable   ✗ blocked',
      '',
      '',
    ].join('\n'),
  );
});

test('one fault is told once, with the places where it shows', () => {
  expect(drawFailures(withoutReturn())).toBe(
    [
      '✗ blocked, 13 pairs',
      '  at     table system of vpc virginia, table system of vpc shanghai, reply:',
      '         table system of vpc virginia, reply: table system of vpc shanghai, 2',
      '         more',
      '  cause  gateway vpn-gateway/virginia has no destination route for 10.10.10.0/24',
      '         to connection vpn-connection/office-1 of office-1',
      '  remedy add the destination route 10.10.10.0/24 → vpn-connection/office-1 to',
      '         vpn-gateway/virginia, published to the VPC',
      '  virginia → office-1, shanghai → office-1, office-1 → virginia, office-1 →',
      '    shanghai, office-1 → office-2, office-1 → office-3, and 7 more',
      '',
      '',
    ].join('\n'),
  );
});

test('a proof without a failure has nothing to tell', () => {
  const topology = exampleTopology();
  expect(drawFailures(prove(topology, planned(topology)))).toBe('');
});

test('what access does not ask for is no failure; what is carried beyond it, and a test that does not hold, are told', () => {
  const topology = exampleTopology();
  topology.access = {
    stated: true,
    rules: [{ from: 'office-1', to: 'virginia.orders', ports: topology.vpcs[0]!.applications[0]!.ports }],
  };
  topology.tests = [{ from: 'office-2', to: 'virginia.orders', port: null, expect: 'reachable' }];
  const model = planned(topology);
  model.vpcs[0]!.securityGroups[0]!.rules.push({
    direction: 'ingress',
    peer: '10.20.10.0/24' as Cidr,
    port: { protocol: 'all', first: 0, last: 65_535 },
    policy: 'accept',
    priority: 1,
  });
  expect(drawFailures(prove(topology, model))).toBe(
    [
      'Carried, though access does not ask for it:',
      '  office-3 → virginia.orders tcp/443',
      '',
      'Test does not hold: office-2 → virginia.orders, expected reachable',
      '',
      '',
    ].join('\n'),
  );
});

test('assumptions are named below the matrix', () => {
  const topology = exampleTopology();
  topology.access = { stated: true, rules: [] };
  expect(
    drawMatrix(prove(topology, planned(topology)))
      .split('\n')
      .slice(8),
  ).toEqual([
    '✓ reachable   ~ assumed',
    "  offices-run-their-packs: Every office's device runs the pack made for it: its",
    "  tunnels stand, and its selectors mirror its connection's.",
    "  office-device: Access between offices is held by the office's device, not by",
    '  the cloud: the cloud carries every packet between them.',
    '',
    '',
  ]);
});

test('colour is the caller’s, and takes no room', () => {
  const painted = drawMatrix(withoutReturn(), (verdict, text) => `<${verdict}>${text}</>`);
  expect(painted.replaceAll(/<[^>]*>/g, '')).toBe(drawMatrix(withoutReturn()));
  expect(painted).toContain('<blocked>✗</>');
});

test('nothing is wider than 80 columns, however long the names', () => {
  const topology = manyOffices(60);
  const long = (name: string) => `${name}-${'x'.repeat(40 - name.length)}`;
  for (const [index, it] of topology.offices.entries()) {
    it.name = long(it.name);
    // Each treated in its own way, so that none share a row.
    it.selectors.cloudSide = topology.offices.slice(0, index + 1).flatMap(({ cidrs }) => cidrs);
  }
  topology.access.rules = everyRule(topology);
  const proof = prove(topology, planned(topology));
  const lines = `${drawMatrix(proof)}${drawFailures(proof)}`.split('\n');
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  expect(lines).toContainEqual(expect.stringContaining('more causes'));
});
