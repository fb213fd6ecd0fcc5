import { cidr, type Ipv4 } from '../../../shared/cidr';
import { checkPlan } from '../../../shared/plan/check-plan';
import { createPlan } from '../../../shared/plan/create-plan';
import { criticalPath } from '../../../shared/plan/critical-path';
import type { Action, Plan, Task } from '../../../shared/plan/plan';
import type { RecordedResource } from '../../../shared/plan/recorded';
import { ROUGH_SECONDS } from '../../../shared/plan/rough-seconds';
import type { Topology } from '../../../shared/topology/topology';
import { recordsAfter, withRecord } from './records';
import { basicExample, example, large, office } from './topologies';

const first = (topology: Topology): Plan => createPlan({ topology, revision: 1, base: null, recorded: [] });

/** A plan that leads from records to a topology, checked on the way. */
function planFrom(recorded: readonly RecordedResource[], topology: Topology): Plan {
  const input = { topology, revision: 2, base: 1, recorded };
  const plan = createPlan(input);
  expect(checkPlan(plan, input)).toEqual([]);
  return plan;
}

const changed = (change: (topology: Topology) => void, from = example()): Topology => {
  change(from);
  return from;
};

const work = (plan: Plan): Task[] => plan.tasks.filter((task) => task.action !== 'keep');
/** By resource: what is removed and created again under its id is replaced. */
const actions = (plan: Plan): Record<string, Action | 'replace'> => {
  const anew = new Set(work(plan).flatMap(({ id, resource }) => (id === resource ? [] : [resource])));
  return Object.fromEntries(
    work(plan).map(({ resource, action }) => [resource, anew.has(resource) ? 'replace' : action]),
  );
};
const task = (plan: Plan, id: string): Task => plan.tasks.find((one) => one.id === id)!;
const position = (plan: Plan, id: string): number => plan.tasks.findIndex((one) => one.id === id);

describe('a first plan', () => {
  test('creates everything once, as generation 1, and is legal', () => {
    const input = { topology: example(), revision: 1, base: null, recorded: [] };
    const plan = createPlan(input);
    expect(plan.summary).toEqual({ create: 38, update: 0, replace: 0, remove: 0, adopt: 0, keep: 0 });
    expect(new Set(plan.tasks.map(({ action, generation }) => `${action} ${generation}`))).toEqual(
      new Set(['create 1']),
    );
    expect(checkPlan(plan, input)).toEqual([]);
  });

  test('is the same bytes for the same input', () => {
    expect(JSON.stringify(first(example()))).toBe(JSON.stringify(first(example())));
  });

  test.each([
    ['vpn-gateway/virginia', ['vpn-gateway/virginia']],
    ['customer-gateway/us-east-1/203.0.113.11', []],
    ['pre-shared-key/office-1', []],
    ['vpn-connection/office-1', ['vpn-gateway/virginia']],
    ['vpn-route/office-1/10.10.10.0/24', ['vpc/vpc-virginia', 'vpn-gateway/virginia']],
    ['cen/acme-global', ['cen/acme-global']],
    ['transit-router/us-east-1', ['cen/acme-global']],
    ['vpc-attachment/virginia', ['cen/acme-global', 'vpc/vpc-virginia']],
    ['peer-attachment/cn-shanghai/us-east-1', ['cen/acme-global']],
    ['route-table-association/vpc-attachment/virginia/us-east-1', ['cen/acme-global', 'vpc/vpc-virginia']],
    ['route-table-association/peer-attachment/cn-shanghai/us-east-1/us-east-1', ['cen/acme-global']],
    ['route-table-propagation/vpc-attachment/virginia/us-east-1', ['cen/acme-global']],
    ['cen-route/office-1/10.10.10.0/24', ['cen/acme-global']],
    ['security-group-rules/us-east-1/sg-orders', ['security-group/sg-orders']],
  ])('%s writes %j', (id, containers) => {
    expect(task(first(example()), id).containers).toEqual(containers);
  });

  test.each([
    ['cen-child-instance/virginia', ['cen/acme-global', 'vpc/vpc-virginia']],
    ['bandwidth-package/cenbwp-acme', ['cen/acme-global']],
    ['inter-region-bandwidth/cn-shanghai/us-east-1', ['cen/acme-global']],
  ])('on the basic edition %s writes %j', (id, containers) => {
    expect(task(first(basicExample()), id).containers).toEqual(containers);
  });

  test('an entry in a custom table writes its VPC', () => {
    const topology = changed(({ vpcs }) => {
      vpcs[0]!.vSwitches[0]!.routeTable = 'vtb-custom';
    });
    const entry = task(first(topology), 'vpc-route/vtb-custom/10.10.10.0/24');
    expect([entry.needs, entry.containers]).toEqual([['vpn-gateway/virginia'], ['vpc/vpc-virginia']]);
  });

  test('chains the writes of a gateway: only the first waits for the gateway itself', () => {
    const plan = first(example());
    expect(task(plan, 'vpn-connection/office-1').edges).toEqual([
      'customer-gateway/us-east-1/203.0.113.11',
      'pre-shared-key/office-1',
      'vpn-gateway/virginia',
    ]);
    const second = task(plan, 'vpn-connection/office-2');
    expect(second.needs).toEqual([
      'customer-gateway/us-east-1/203.0.113.12',
      'pre-shared-key/office-2',
      'vpn-gateway/virginia',
    ]);
    expect(second.after).toEqual(['vpn-connection/office-1']);
    expect(second.edges).toEqual([
      'customer-gateway/us-east-1/203.0.113.12',
      'pre-shared-key/office-2',
      'vpn-connection/office-1',
    ]);
  });

  test("one office's failure is not its neighbour's: the neighbour comes after it and does not need it", () => {
    const plan = first(example());
    for (const { id, needs } of plan.tasks.filter((one) => one.id.includes('/office-2'))) {
      expect([id, needs.filter((need) => need.includes('/office-1'))]).toEqual([id, []]);
    }
  });

  test.each<[string, Topology, number]>([
    // CEN: 5 + 2 × 5 + 2 × 90 + 60 + 8 × 5 + 4 × 10.
    ['the scenario, as long as its CEN writes', example(), 335],
    // Gateway 180, connections 2 × 20, the first route 10, then four publications.
    ['the basic edition', basicExample(), 270],
    // One gateway: 180 + 50 × 20 + 50 × 10.
    ['50 offices on one gateway, as long as its writes', large(1, 50), 1680],
    // CEN: 5 + 4 × 5 + 4 × 90 + 6 × 60 + 32 × 5 + 40 × 10.
    ['40 offices on four VPCs, as long as their CEN writes', large(4, 40), 1305],
  ])('%s: nothing idles that everything waits for', (_name, topology, seconds) => {
    expect(criticalPath(first(topology), (kind) => ROUGH_SECONDS[kind]).seconds).toBe(seconds);
  });

  test('1,000 offices in 20 VPCs: legal, and few edges at any task', () => {
    const input = { topology: large(20, 1000), revision: 1, base: null, recorded: [] };
    const plan = createPlan(input);
    expect(checkPlan(plan, input)).toEqual([]);
    expect(Math.max(...plan.tasks.map(({ edges }) => edges.length))).toBe(3);
    // 20 gateways, five for each office, 95 for CEN (1 + 4 + 20 + 6 + 2 × (20 + 2 × 6)), 20 groups.
    expect(plan.summary.create).toBe(5135);
  });

  test('what waits for nothing is bounded for the report: 100 groups end in 32 chains', () => {
    const topology = changed((one) => {
      one.vpcs = one.vpcs.slice(0, 1);
      one.offices = one.offices.slice(0, 1);
      const [orders] = one.vpcs[0]!.applications;
      one.vpcs[0]!.applications = Array.from({ length: 100 }, (_, index) => ({
        ...orders!,
        name: `app-${index}`,
        ref: `virginia.app-${index}` as const,
        securityGroup: `sg-${index}`,
      }));
      one.access.rules = one.vpcs[0]!.applications.map(({ ref, ports }) => ({ from: 'office-1', to: ref, ports }));
    });
    const input = { topology, revision: 1, base: null, recorded: [] };
    const plan = createPlan(input);
    const freeing = new Set(plan.tasks.flatMap(({ edges }) => edges));
    expect(plan.tasks.filter(({ id }) => !freeing.has(id)).length).toBe(32);
    expect(checkPlan(plan, input)).toEqual([]);
  });

  test('an address behind 60 VPCs of one region frees 32 connections, and these free the others', () => {
    const topology = large(60, 60);
    for (const vpc of topology.vpcs) vpc.region = 'region-0';
    topology.backbone.links = [];
    for (const one of topology.offices) one.address = '8.0.0.1' as Ipv4;
    const input = { topology, revision: 1, base: null, recorded: [] };
    const plan = createPlan(input);
    const freed = plan.tasks.filter(({ edges }) => edges.some((edge) => edge.startsWith('customer-gateway/')));
    expect(freed.length).toBe(32);
    expect(checkPlan(plan, input)).toEqual([]);
  });
});

describe('what the records say decides the action', () => {
  const records = recordsAfter(first(example()));
  const connection = 'vpn-connection/office-1';
  test.each<[reason: string, change: Partial<RecordedResource>, action: Action, generation: number]>([
    ['it stands as wanted', {}, 'keep', 1],
    [
      'its record holds no id: something may have been made, under its generation',
      { cloudId: null, generation: 4 },
      'create',
      4,
    ],
    [
      'made and never seen finished: the engine goes on from the record',
      { desiredHash: null, generation: 2 },
      'create',
      2,
    ],
    [
      'made and never seen finished, by a record that does not say for what',
      { desiredHash: null, desired: null },
      'create',
      1,
    ],
    [
      'made for something else, and the record does not say for what',
      { desiredHash: 'another', desired: null },
      'update',
      1,
    ],
    ['borrowed, and as wanted', { ownership: 'borrowed' }, 'keep', 1],
    [
      'borrowed, and not as wanted: looked at again, never changed',
      { ownership: 'borrowed', desiredHash: 'another' },
      'create',
      1,
    ],
  ])('%s', (_reason, change, action, generation) => {
    const one = task(planFrom(withRecord(records, connection, change), example()), connection);
    expect([one.action, one.generation]).toEqual([action, generation]);
  });

  test.each<[reason: string, change: (topology: Topology) => void, expected: Record<string, Action | 'replace'>]>([
    ['nothing changed', () => {}, {}],
    [
      'selectors change in place',
      ({ offices }) => {
        offices[0]!.selectors.officeSide = [cidr('0.0.0.0/0')];
      },
      { 'vpn-connection/office-1': 'update' },
    ],
    [
      "a link's bandwidth changes in place",
      ({ backbone }) => {
        backbone.links[0]!.bandwidthMbps = 20;
      },
      { 'peer-attachment/cn-shanghai/us-east-1': 'update' },
    ],
    [
      'access changes in place',
      ({ access }) => {
        access.rules.pop();
      },
      { 'security-group-rules/cn-shanghai/sg-crm': 'update' },
    ],
    [
      "an attachment's zones change in place",
      ({ vpcs }) => {
        vpcs[0]!.attachment.vSwitches = ['vsw-va-a'];
      },
      { 'vpc-attachment/virginia': 'update' },
    ],
    [
      'another key in another secret: the connection is given it where it stands, and the old one goes then',
      ({ offices }) => {
        offices[0]!.presharedKeySecret = 'acme/new';
      },
      {
        'pre-shared-key/office-1/acme/new': 'create',
        'pre-shared-key/office-1': 'remove',
        'vpn-connection/office-1': 'update',
      },
    ],
    [
      'an office with another address: its connection is led there where it stands',
      ({ offices }) => {
        offices[0]!.address = '203.0.113.99' as Ipv4;
      },
      {
        'customer-gateway/us-east-1/203.0.113.99': 'create',
        'customer-gateway/us-east-1/203.0.113.11': 'remove',
        'vpn-connection/office-1': 'update',
      },
    ],
    [
      "a gateway's bandwidth cannot change: all its tunnels are made anew",
      ({ vpcs }) => {
        vpcs[1]!.gateway.bandwidthMbps = 200;
      },
      {
        'vpn-gateway/shanghai': 'replace',
        'vpn-connection/office-3': 'replace',
        'vpn-connection/office-4': 'replace',
        'vpn-route/office-3/10.20.10.0/24': 'replace',
        'vpn-route/office-4/10.20.20.0/24': 'replace',
        'cen-route/office-3/10.20.10.0/24': 'replace',
        'cen-route/office-4/10.20.20.0/24': 'replace',
      },
    ],
    [
      'one office more touches nothing but its own and the groups',
      ({ offices, access }) => {
        offices.push(office('office-5', 'virginia', '203.0.113.15', '10.10.50.0/24'));
        access.rules.push({ ...access.rules[0]!, from: 'office-5' });
      },
      {
        'customer-gateway/us-east-1/203.0.113.15': 'create',
        'pre-shared-key/office-5': 'create',
        'vpn-connection/office-5': 'create',
        'vpn-route/office-5/10.10.50.0/24': 'create',
        'cen-route/office-5/10.10.50.0/24': 'create',
        'security-group-rules/us-east-1/sg-orders': 'update',
      },
    ],
    [
      'one office less removes its own',
      ({ offices, access }) => {
        offices.pop();
        access.rules.pop();
      },
      {
        'cen-route/office-4/10.20.20.0/24': 'remove',
        'vpn-route/office-4/10.20.20.0/24': 'remove',
        'vpn-connection/office-4': 'remove',
        'customer-gateway/cn-shanghai/198.51.100.14': 'remove',
        'pre-shared-key/office-4/acme/office-4': 'remove',
        'security-group-rules/cn-shanghai/sg-crm': 'update',
      },
    ],
  ])('%s', (_reason, change, expected) => {
    expect(actions(planFrom(records, changed(change)))).toEqual(expected);
  });

  test('the key that tunnels had goes when they all have the other one', () => {
    const plan = planFrom(
      records,
      changed(({ offices }) => {
        offices[0]!.presharedKeySecret = 'acme/new';
      }),
    );
    expect(task(plan, 'vpn-connection/office-1').needs).toEqual(['pre-shared-key/office-1/acme/new']);
    expect(task(plan, 'pre-shared-key/office-1').needs).toEqual(['vpn-connection/office-1']);
  });

  test('two cannot stand under one id: what is replaced goes first, its users before it, and is made anew', () => {
    const plan = planFrom(
      records,
      changed(({ vpcs }) => {
        vpcs[1]!.gateway.bandwidthMbps = 200;
      }),
    );
    expect(plan.summary).toMatchObject({ create: 0, replace: 7, remove: 0 });
    const order = work(plan).map(({ id, action }) => `${action} ${id}`);
    const at = (id: string) => order.findIndex((line) => line.endsWith(` ${id}`));
    const removals = [
      'cen-route/office-3/10.20.10.0/24',
      'vpn-route/office-3/10.20.10.0/24',
      'vpn-connection/office-3',
    ];
    const ways = [...removals, 'vpn-gateway/shanghai'].map((id) => at(`${id}~before`));
    const back = ['vpn-gateway/shanghai', ...removals.toReversed()].map(at);
    expect([...ways, ...back]).toEqual([...ways, ...back].sort((a, b) => a - b));
    expect(task(plan, 'vpn-gateway/shanghai').needs).toContain('vpn-gateway/shanghai~before');
    expect(task(plan, 'vpn-gateway/shanghai~before')).toMatchObject({ action: 'remove', desired: null, generation: 1 });
  });

  test('a replacement is the next generation', () => {
    const plan = planFrom(
      withRecord(records, 'vpn-gateway/shanghai', { generation: 3 }),
      changed(({ vpcs }) => {
        vpcs[1]!.gateway.bandwidthMbps = 200;
      }),
    );
    expect([task(plan, 'vpn-gateway/shanghai').generation, task(plan, 'vpn-connection/office-3').generation]).toEqual([
      4, 2,
    ]);
  });

  test('what somebody took away is made anew, and what hung on it with it', () => {
    const vanished = withRecord(records, 'vpc-attachment/virginia', {
      cloudId: null,
      desiredHash: null,
      generation: 2,
    });
    expect(actions(planFrom(vanished, example()))).toEqual({
      'vpc-attachment/virginia': 'create',
      'route-table-association/vpc-attachment/virginia/us-east-1': 'replace',
      'route-table-propagation/vpc-attachment/virginia/us-east-1': 'replace',
      'cen-route/office-1/10.10.10.0/24': 'replace',
      'cen-route/office-2/10.10.20.0/24': 'replace',
    });
  });
});

describe('removal', () => {
  const withoutOffice4 = () =>
    changed(({ offices, access }) => {
      offices.pop();
      access.rules.pop();
    });
  const records = recordsAfter(first(example()));

  test('runs the other way round: the publication first, the connection before its gateways and key', () => {
    const plan = planFrom(records, withoutOffice4());
    expect(Object.fromEntries(work(plan).map(({ id, needs }) => [id, needs]))).toEqual({
      'cen-route/office-4/10.20.20.0/24': [],
      'vpn-route/office-4/10.20.20.0/24': ['cen-route/office-4/10.20.20.0/24'],
      'vpn-connection/office-4': ['vpn-route/office-4/10.20.20.0/24'],
      'customer-gateway/cn-shanghai/198.51.100.14': ['vpn-connection/office-4'],
      'pre-shared-key/office-4/acme/office-4': ['vpn-connection/office-4'],
      'security-group-rules/cn-shanghai/sg-crm': [],
    });
  });

  test('writes the containers of what stood before', () => {
    const plan = planFrom(records, withoutOffice4());
    expect(task(plan, 'vpn-route/office-4/10.20.20.0/24').containers).toEqual([
      'vpc/vpc-shanghai',
      'vpn-gateway/shanghai',
    ]);
    expect(task(plan, 'cen-route/office-4/10.20.20.0/24').containers).toEqual(['cen/acme-global']);
  });

  test('leaves out what is borrowed', () => {
    const id = 'customer-gateway/cn-shanghai/198.51.100.14';
    const plan = planFrom(withRecord(records, id, { ownership: 'borrowed' }), withoutOffice4());
    expect(task(plan, id)).toBeUndefined();
    expect(task(plan, 'vpn-connection/office-4').action).toBe('remove');
  });

  test('includes what may have been made: a record without an id', () => {
    const id = 'vpn-connection/office-4';
    const plan = planFrom(withRecord(records, id, { cloudId: null, desiredHash: null }), withoutOffice4());
    expect(task(plan, id).action).toBe('remove');
  });

  test('goes one after another, users first, where a record does not say what it used', () => {
    const plan = planFrom(withRecord(records, 'vpn-connection/office-4', { desired: null }), withoutOffice4());
    const removals = work(plan).filter(({ action }) => action === 'remove');
    expect(removals.map(({ id }) => id)).toEqual([
      'cen-route/office-4/10.20.20.0/24',
      'vpn-route/office-4/10.20.20.0/24',
      'vpn-connection/office-4',
      'customer-gateway/cn-shanghai/198.51.100.14',
      'pre-shared-key/office-4/acme/office-4',
    ]);
    removals.slice(1).forEach(({ edges }, index) => {
      expect(edges).toEqual([removals[index]!.id]);
    });
  });

  test('a renamed office: the new one waits until its place is free', () => {
    const plan = planFrom(
      records,
      changed(({ offices, access }) => {
        offices[0]!.name = 'headquarters';
        for (const rule of access.rules) if (rule.from === 'office-1') rule.from = 'headquarters';
      }),
    );
    expect(actions(plan)['customer-gateway/us-east-1/203.0.113.11']).toBeUndefined();
    expect(task(plan, 'vpn-connection/headquarters').needs).toContain('vpn-connection/office-1');
    expect(task(plan, 'vpn-route/headquarters/10.10.10.0/24').needs).toContain('vpn-route/office-1/10.10.10.0/24');
    expect(task(plan, 'cen-route/headquarters/10.10.10.0/24').needs).toContain('cen-route/office-1/10.10.10.0/24');
  });

  test('a CEN instance waits for its routers only: everything else goes before these', () => {
    const plan = planFrom(
      records,
      changed((topology) => {
        topology.vpcs.pop();
        topology.offices.splice(2);
        topology.access.rules.splice(2);
        topology.backbone.links = [];
      }),
    );
    expect(task(plan, 'cen/acme-global').needs).toEqual(['transit-router/cn-shanghai', 'transit-router/us-east-1']);
    expect(position(plan, 'cen/acme-global')).toBeGreaterThan(position(plan, 'transit-router/us-east-1'));
  });
});
