/** What access asks for, what only a device can hold, and the topology's tests. */
import type { Cidr } from '../../../shared/cidr';
import { prove } from '../../../shared/network/prove';
import type { AccessRule, ReachabilityTest, Topology } from '../../../shared/topology/topology';
import { exampleTopology, planned, tcp } from './example';

/** The topology of the contracts page: stated access, two tests. */
function stated(rules: AccessRule[], tests: ReachabilityTest[] = []): Topology {
  return { ...exampleTopology(), access: { stated: true, rules }, tests };
}

const ORDERS: AccessRule[] = ['office-1', 'office-2', 'shanghai'].map((from) => ({
  from,
  to: 'virginia.orders',
  ports: [tcp(443)],
}));
const CRM: AccessRule[] = ['office-1', 'office-2', 'office-3', 'office-4'].map((from) => ({
  from,
  to: 'shanghai.crm',
  ports: [tcp(443)],
}));

const find = (topology: Topology, from: string, to: string, port: string | null = null) => {
  const proof = prove(topology, planned(topology));
  return proof.pairs.find((it) => it.from === from && it.to === to && it.port === port);
};

describe('stated access', () => {
  const topology = stated([...ORDERS, ...CRM]);
  const proof = prove(topology, planned(topology));

  test('holds when what it asks for is reachable, and counts only that among the applications', () => {
    expect(proof.ok).toBe(true);
    expect(proof.summary.applications).toEqual({ total: 7, reachable: 7, assumed: 0 });
  });

  test.each([
    ['office-3', 'virginia.orders', 'tcp/443', 'the group does not admit it, and it was not asked for'],
    ['office-1', 'shanghai.crm', 'tcp/8443', 'the rule names one of the two ports'],
  ])('%s to %s on %s is blocked and not wanted: %s', (from, to, port) => {
    expect(find(topology, from, to, port)).toMatchObject({ verdict: 'blocked', wanted: false });
  });

  test.each([
    ['office-1', 'shanghai', true, 'it may start connections to an application there'],
    ['shanghai', 'office-1', false, 'replies need routes, not a right to start'],
    ['office-3', 'virginia', false, 'nothing there is asked for'],
  ])('the site pair %s to %s: wanted is %s, because %s', (from, to, wanted) => {
    expect(find(topology, from, to)).toMatchObject({ wanted });
  });

  test('between offices the cloud carries what access left out: only the device can hold it', () => {
    expect(find(topology, 'office-1', 'office-3')).toMatchObject({
      verdict: 'assumed',
      reachable: true,
      wanted: false,
      assumptions: ['offices-run-their-packs', 'office-device'],
    });
    expect(proof.assumptions.map(({ id }) => id)).toContain('office-device');
  });

  test('between offices that access names rests on nothing but the packs', () => {
    const open = stated([...ORDERS, { from: 'office-1', to: 'office-3', ports: [] }]);
    expect(find(open, 'office-1', 'office-3')).toMatchObject({ verdict: 'reachable', wanted: true });
    expect(find(open, 'office-3', 'office-1')).toMatchObject({ verdict: 'assumed', wanted: false });
  });

  test('what a foreign rule admits beyond access is shown as reachable and not wanted', () => {
    const model = planned(topology);
    model.vpcs[0]!.securityGroups[0]!.rules.push({
      direction: 'ingress',
      peer: '0.0.0.0/0' as Cidr,
      port: tcp(1, 1024),
      policy: 'accept',
      priority: 50,
    });
    const opened = prove(topology, model);
    expect(opened.pairs.find(({ from, to }) => from === 'office-3' && to === 'virginia.orders')).toMatchObject({
      verdict: 'reachable',
      wanted: false,
    });
    expect(opened.ok).toBe(true);
  });

  test('an application as the source is a pair of its own; its VPC as a whole is not admitted by it', () => {
    const one = stated([{ from: 'virginia.orders', to: 'shanghai.crm', ports: [tcp(443)] }]);
    expect(find(one, 'virginia.orders', 'shanghai.crm', 'tcp/443')).toMatchObject({
      verdict: 'reachable',
      wanted: true,
    });
    expect(find(one, 'virginia', 'shanghai.crm', 'tcp/443')).toMatchObject({ verdict: 'blocked', wanted: false });
  });

  test('a VPC and its own application are a pair only where a rule says so', () => {
    expect(find(topology, 'virginia', 'virginia.orders', 'tcp/443')).toBeUndefined();
    const own = stated([{ from: 'virginia', to: 'virginia.orders', ports: [tcp(443)] }]);
    expect(find(own, 'virginia', 'virginia.orders', 'tcp/443')).toMatchObject({ verdict: 'reachable', wanted: true });
  });
});

describe('the topology’s tests', () => {
  const test443 = (from: string, to: string, expect: 'reachable' | 'blocked'): ReachabilityTest => ({
    from,
    to,
    port: tcp(443),
    expect,
  });

  test.each<[ReachabilityTest, boolean, string]>([
    [test443('office-1', 'shanghai.crm', 'reachable'), true, 'access admits it'],
    [test443('office-3', 'virginia.orders', 'blocked'), true, 'access does not'],
    [test443('office-3', 'virginia.orders', 'reachable'), false, 'it is blocked'],
    [{ ...test443('office-1', 'shanghai.crm', 'reachable'), port: tcp(8443) }, false, 'another port'],
    [{ ...test443('office-1', 'shanghai.crm', 'reachable'), port: null }, false, 'all ports are meant, one is closed'],
    [{ ...test443('office-1', 'shanghai.crm', 'blocked'), port: null }, false, 'all ports are meant, one is open'],
    [
      { ...test443('office-1', 'office-3', 'blocked'), port: null },
      false,
      'the cloud carries it; a device is no proof',
    ],
    [test443('virginia', 'office-3', 'reachable'), true, 'routes, and the egress of the VPC’s applications'],
    [test443('office-1', 'nowhere', 'blocked'), false, 'of what is not there nothing holds'],
  ])('%j holds: %s, because %s', (test, holds) => {
    const topology = stated([...ORDERS, ...CRM], [test]);
    const proof = prove(topology, planned(topology));
    expect(proof.tests).toEqual([
      {
        from: test.from,
        to: test.to,
        port: test.port && `tcp/${test.port.first}`,
        expect: test.expect,
        holds,
      },
    ]);
    expect(proof.summary.tests).toEqual({ total: 1, hold: holds ? 1 : 0 });
    expect(proof.ok).toBe(holds);
  });
});
