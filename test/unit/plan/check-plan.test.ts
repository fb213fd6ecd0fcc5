import { cidr, type Ipv4 } from '../../../shared/cidr';
import { checkPlan } from '../../../shared/plan/check-plan';
import { createPlan, type PlanInput } from '../../../shared/plan/create-plan';
import type { ResourceId, VpnConnection } from '../../../shared/plan/desired';
import { hashDesired, hashPlan } from '../../../shared/plan/hash-desired';
import { type Action, type Plan, removalBefore, type Task } from '../../../shared/plan/plan';
import type { VpcName } from '../../../shared/topology/topology';
import { recordsAfter, withRecord } from './records';
import { basicExample, example, large, office } from './topologies';

const id = (text: string) => text as ResourceId;
const firstInput = (): PlanInput => ({ topology: example(), revision: 1, base: null, recorded: [] });

/** An edit with every action in it but keep's: one office more, one moved, one gone, the link wider. */
function editInput(): PlanInput {
  const recorded = recordsAfter(createPlan(firstInput()));
  const topology = example();
  topology.offices[0]!.vpc = 'shanghai' as VpcName;
  topology.offices.pop();
  topology.access.rules.pop();
  topology.offices.push(office('office-5', 'virginia', '203.0.113.15', '10.10.50.0/24'));
  topology.backbone.links[0]!.bandwidthMbps = 20;
  topology.vpcs[1]!.gateway.bandwidthMbps = 200;
  return { topology, revision: 2, base: 1, recorded };
}

const task = (plan: Plan, name: string): Task => plan.tasks.find((one) => one.id === name)!;

/** Puts right what follows from the tasks, so that only the breach itself is left to find. */
function seal(plan: Plan): Plan {
  for (const one of plan.tasks) one.desiredHash = one.desired ? hashDesired(one.desired) : null;
  const count = (action: Action) => plan.tasks.filter((one) => one.action === action).length;
  const replace = plan.tasks.filter(({ id, resource }) => id !== resource).length;
  const [create, remove] = [count('create') - replace, count('remove') - replace];
  plan.summary = { create, update: count('update'), replace, remove, adopt: count('adopt'), keep: count('keep') };
  plan.hash = hashPlan(plan);
  return plan;
}

function violations(input: PlanInput, breach: (plan: Plan) => void): string[] {
  const plan = createPlan(input);
  breach(plan);
  return checkPlan(seal(plan), input);
}

const drop = (plan: Plan, name: string): void => {
  plan.tasks = plan.tasks.filter((one) => one.id !== name);
  for (const one of plan.tasks) {
    for (const list of ['needs', 'after', 'edges'] as const) one[list] = one[list].filter((other) => other !== name);
  }
};

const keep = (plan: Plan, name: string): void => {
  const { needs: _needs, after: _after, edges: _edges, ...rest } = task(plan, name);
  drop(plan, name);
  plan.tasks.unshift({ ...rest, action: 'keep', needs: [], after: [], edges: [] });
};

/** Taken away and made anew. */
const replace = (plan: Plan, name: string): void => {
  const one = task(plan, name);
  const removal = {
    ...one,
    id: removalBefore(one.resource),
    action: 'remove' as const,
    desired: null,
    desiredHash: null,
  };
  plan.tasks.splice(plan.tasks.indexOf(one), 0, removal);
  Object.assign(one, { action: 'create', generation: one.generation + 1, needs: [...one.needs, removal.id] });
};

const desired = <D>(plan: Plan, name: string): D => task(plan, name).desired as D;

test.each<[string, PlanInput]>([
  ['a first plan', firstInput()],
  ['one on the basic edition', { ...firstInput(), topology: basicExample() }],
  ['an edit', editInput()],
])('%s is legal as it is made', (_name, input) => {
  expect(violations(input, () => {})).toEqual([]);
});

describe('a first plan is refused where', () => {
  test.each<[breach: string, change: (plan: Plan) => void, found: string]>([
    [
      'a resource is left out',
      (plan) => drop(plan, 'security-group-rules/us-east-1/sg-orders'),
      'group us-east-1/sg-orders: tcp/443 from 10.10.10.0/24 is admitted by no rule',
    ],
    [
      'a publication is left out',
      (plan) => drop(plan, 'cen-route/office-4/10.20.20.0/24'),
      'the topology asks for ["cen-route","cn-shanghai","vpc-shanghai","10.20.20.0/24"] and the plan does not have it',
    ],
    [
      'a side of a peer attachment is left out',
      (plan) => drop(plan, 'route-table-propagation/peer-attachment/cn-shanghai/us-east-1/us-east-1'),
      'the topology asks for ["route-table-propagation","us-east-1","us-east-1",["cn-shanghai","us-east-1"]] and the plan does not have it',
    ],
    [
      'a resource has two tasks',
      (plan) => plan.tasks.push({ ...task(plan, 'vpn-gateway/virginia') }),
      'vpn-gateway/virginia: two tasks under one id',
    ],
    [
      'something is made that nobody asked for',
      (plan) => plan.tasks.push({ ...task(plan, 'pre-shared-key/office-1'), id: id('pre-shared-key/office-9') }),
      'the plan has ["pre-shared-key","us-east-1","acme-global/office-1",false] and the topology does not ask for it',
    ],
    [
      'a gateway is in another size',
      (plan) => {
        desired<{ bandwidthMbps: number }>(plan, 'vpn-gateway/virginia').bandwidthMbps = 10;
      },
      'the topology asks for ["vpn-gateway","us-east-1","vpc-virginia",["vsw-va-a","vsw-va-b"],100] and the plan does not have it',
    ],
    [
      'selectors are narrower',
      (plan) => {
        desired<VpnConnection>(plan, 'vpn-connection/office-1').cloudSide = [cidr('192.168.0.0/16')];
      },
      'the plan has ["vpn-connection","us-east-1","vpc-virginia","203.0.113.11","acme-global/office-1",["192.168.0.0/16"],["10.10.10.0/24"],{"authentication":"sha256","dhGroup":"group14","encryption":"aes256","ike":"ikev2"}] and the topology does not ask for it',
    ],
    [
      "a connection ends at another office's address",
      (plan) => {
        desired<VpnConnection>(plan, 'vpn-connection/office-1').customerGateway = id(
          'customer-gateway/us-east-1/203.0.113.12',
        );
      },
      'vpn-connection/office-1: its attributes name customer-gateway/us-east-1/203.0.113.12 and its needs do not',
    ],
    [
      'an attribute names nothing',
      (plan) => {
        desired<VpnConnection>(plan, 'vpn-connection/office-1').gateway = id('vpn-gateway/nowhere');
      },
      'the topology asks for ["vpn-connection","us-east-1","vpc-virginia","203.0.113.11","acme-global/office-1",["0.0.0.0/0"],["10.10.10.0/24"],{"authentication":"sha256","dhGroup":"group14","encryption":"aes256","ike":"ikev2"}] and the plan does not have it',
    ],
    [
      'a rule admits more than access',
      (plan) => {
        desired<{ rules: { source: string }[] }>(plan, 'security-group-rules/us-east-1/sg-orders').rules[0]!.source =
          '10.0.0.0/8';
      },
      'group us-east-1/sg-orders: tcp/443 from 10.0.0.0/8 is admitted by a rule and not by access',
    ],
    [
      'a rule is there twice',
      (plan) => {
        const { rules } = desired<{ rules: object[] }>(plan, 'security-group-rules/us-east-1/sg-orders');
        rules.push({ ...rules[0]! });
      },
      'group us-east-1/sg-orders: another rule admits what tcp/443 from 10.10.10.0/24 does',
    ],
    [
      'a new resource is kept',
      (plan) => keep(plan, 'customer-gateway/us-east-1/203.0.113.11'),
      'customer-gateway/us-east-1/203.0.113.11: keep, and its record does not say that it stands as wanted',
    ],
    [
      'a new resource is updated',
      (plan) => {
        task(plan, 'vpn-gateway/virginia').action = 'update';
      },
      'vpn-gateway/virginia: update, and there is no record of it',
    ],
    [
      'a generation is skipped',
      (plan) => {
        task(plan, 'vpn-gateway/virginia').generation = 2;
      },
      'vpn-gateway/virginia: generation 2 where 1 is the legal one',
    ],
    [
      'a step is another',
      (plan) => {
        task(plan, 'cen/acme-global').step = 'routes';
      },
      'cen/acme-global: cen belongs to step cen, not routes',
    ],
    [
      'a removal wants something',
      (plan) => {
        task(plan, 'cen/acme-global').action = 'remove';
      },
      'cen/acme-global: a removal and only a removal wants nothing',
    ],
    [
      'an id is of another kind',
      (plan) => {
        task(plan, 'cen-route/office-1/10.10.10.0/24').id = id('vpc-route/office-1/10.10.10.0/24');
      },
      'vpc-route/office-1/10.10.10.0/24: its id does not say that it is a cen-route',
    ],
    [
      'a need that an attribute names is missing',
      (plan) => {
        task(plan, 'vpn-connection/office-1').needs = [id('vpn-gateway/virginia')];
      },
      'vpn-connection/office-1: its attributes name pre-shared-key/office-1 and its needs do not',
    ],
    [
      'a need that no attribute names is missing',
      (plan) => {
        const one = task(plan, 'cen-route/office-1/10.10.10.0/24');
        one.needs = one.needs.filter((need) => !need.startsWith('vpn-route/'));
      },
      'cen-route/office-1/10.10.10.0/24: needs one of vpn-route/office-1/10.10.10.0/24 and names none',
    ],
    [
      "an office needs its neighbour's task",
      (plan) => {
        task(plan, 'vpn-connection/office-2').needs.push(id('vpn-connection/office-1'));
      },
      'vpn-connection/office-2: needs vpn-connection/office-1 for no reason',
    ],
    [
      'a need has no task',
      (plan) => {
        task(plan, 'vpn-connection/office-1').needs.push(id('vpn-gateway/nowhere'));
      },
      'vpn-connection/office-1: needs names vpn-gateway/nowhere, which has no task in the run',
    ],
    [
      'two wait for each other',
      (plan) => {
        task(plan, 'vpn-gateway/virginia').after.push(id('vpn-connection/office-1'));
      },
      'vpn-gateway/virginia: after names vpn-connection/office-1, which does not come before it: a cycle',
    ],
    [
      'the tasks stand in another order',
      (plan) => plan.tasks.reverse(),
      'vpn-connection/office-1: needs names vpn-gateway/virginia, which does not come before it: a cycle',
    ],
    [
      'a container is not named',
      (plan) => {
        task(plan, 'vpn-route/office-1/10.10.10.0/24').containers = ['vpn-gateway/virginia'];
      },
      'vpn-route/office-1/10.10.10.0/24: writes vpc/vpc-virginia, vpn-gateway/virginia and names vpn-gateway/virginia',
    ],
    [
      'two writes of a gateway are unordered',
      (plan) => {
        const one = task(plan, 'vpn-connection/office-2');
        one.after = [];
        one.edges = [...one.needs];
      },
      'vpn-connection/office-2: writes vpn-gateway/virginia beside vpn-connection/office-1',
    ],
    [
      'an edge is missing',
      (plan) => {
        const one = task(plan, 'vpn-connection/office-1');
        one.edges = one.edges.filter((edge) => edge !== 'pre-shared-key/office-1');
      },
      'vpn-connection/office-1: its edges do not imply that pre-shared-key/office-1 has ended',
    ],
    [
      'an edge is neither need nor after',
      (plan) => {
        task(plan, 'vpn-connection/office-1').edges.push(id('customer-gateway/us-east-1/203.0.113.12'));
      },
      'vpn-connection/office-1: its edge from customer-gateway/us-east-1/203.0.113.12 is neither a need nor an after',
    ],
    [
      'an edge is there twice',
      (plan) => {
        task(plan, 'vpn-connection/office-1').edges.push(id('vpn-gateway/virginia'));
      },
      'vpn-connection/office-1: edges names one twice',
    ],
    [
      'the network is another',
      (plan) => {
        plan.network = 'other';
      },
      'made for network other, not acme-global',
    ],
    [
      'the revision is another',
      (plan) => {
        plan.revision = 7;
      },
      'leads to revision 7, not 1',
    ],
    [
      'it was computed from another revision',
      (plan) => {
        plan.base = 3;
      },
      'computed from revision 3, not null',
    ],
    [
      'its format is unknown',
      (plan) => {
        (plan as { format: number }).format = 2;
      },
      'format 2 is none that is known',
    ],
  ])('%s', (_breach, change, found) => {
    expect(violations(firstInput(), change)).toContain(found);
  });

  test.each<[breach: string, change: (plan: Plan) => void, found: string]>([
    [
      'its hash is not its own',
      (plan) => {
        plan.hash = plan.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      },
      'the hash is not that of the plan',
    ],
    [
      'its summary miscounts',
      (plan) => {
        plan.summary.create += 1;
        plan.hash = hashPlan(plan);
      },
      'the summary says 39 to create, of 38',
    ],
    [
      "a task's hash is not that of what it wants",
      (plan) => {
        task(plan, 'cen/acme-global').desiredHash = 'another';
        plan.hash = hashPlan(plan);
      },
      'cen/acme-global: the hash is not that of what it wants',
    ],
  ])('%s', (_breach, change, found) => {
    const plan = createPlan(firstInput());
    change(plan);
    expect(checkPlan(plan, firstInput())).toEqual([found]);
  });
});

describe('an edit is refused where', () => {
  test.each<[breach: string, change: (plan: Plan) => void, found: string]>([
    [
      'what changed is kept',
      (plan) => keep(plan, 'peer-attachment/cn-shanghai/us-east-1'),
      'peer-attachment/cn-shanghai/us-east-1: keep, and its record does not say that it stands as wanted',
    ],
    [
      'what hangs on a new gateway is kept',
      (plan) => keep(plan, 'vpn-connection/office-3'),
      'vpn-connection/office-3: keep, and something it was made with is made anew',
    ],
    [
      'what stands as wanted is made again',
      (plan) => {
        task(plan, 'vpn-gateway/virginia').action = 'create';
      },
      'vpn-gateway/virginia: create, and it stands as wanted',
    ],
    [
      'what stands as wanted is replaced',
      (plan) => {
        replace(plan, 'vpn-gateway/virginia');
      },
      'vpn-gateway/virginia: create, and it stands as wanted',
    ],
    [
      'a change that needs a replacement is made in place',
      (plan) => {
        const one = task(plan, 'vpn-connection/office-1');
        one.action = 'update';
        one.generation = 1;
      },
      'vpn-connection/office-1: update, and gateway cannot change in place',
    ],
    [
      'what is no longer wanted is left standing',
      (plan) => drop(plan, 'pre-shared-key/office-4/acme/office-4'),
      'pre-shared-key/office-4/acme/office-4: ours, no longer wanted, and left standing',
    ],
    [
      'a replacement keeps its generation',
      (plan) => {
        task(plan, 'vpn-connection/office-1').generation = 1;
      },
      'vpn-connection/office-1: generation 1 where 2 is the legal one',
    ],
    [
      'a gateway goes before its connection',
      (plan) => {
        const one = task(plan, 'customer-gateway/cn-shanghai/198.51.100.14');
        one.needs = [];
        one.edges = [...one.after];
      },
      'customer-gateway/cn-shanghai/198.51.100.14: removed without waiting for vpn-connection/office-4, which uses it',
    ],
    [
      'what is kept waits for something',
      (plan) => {
        task(plan, 'vpn-gateway/virginia').after.push(id('vpn-gateway/shanghai'));
      },
      'vpn-gateway/virginia: kept, and yet has after',
    ],
    [
      'a task waits for what is kept',
      (plan) => {
        task(plan, 'vpn-connection/office-5').needs.push(id('vpn-gateway/virginia'));
      },
      'vpn-connection/office-5: needs names vpn-gateway/virginia, which has no task in the run',
    ],
  ])('%s', (_breach, change, found) => {
    expect(violations(editInput(), change)).toContain(found);
  });

  test.each(['update', 'replace', 'remove'] as const)('a borrowed resource gets an %s', (action) => {
    const name = 'customer-gateway/cn-shanghai/198.51.100.14';
    const input = editInput();
    const borrowed = { ...input, recorded: withRecord(input.recorded, name, { ownership: 'borrowed' }) };
    const plan = createPlan(input);
    const one = task(plan, name);
    if (action !== 'remove') {
      const record = input.recorded.find((other) => other.id === name)!;
      Object.assign(one, { action: 'update', desired: record.desired });
      if (action === 'replace') replace(plan, name);
    }
    const found = action === 'replace' ? `${name}~before: remove` : `${name}: ${action}`;
    expect(checkPlan(seal(plan), borrowed)).toContain(`${found}, and it is borrowed`);
  });

  test('something is removed of which there is no record', () => {
    const input = editInput();
    const plan = createPlan(input);
    const recorded = input.recorded.filter((record) => record.id !== 'pre-shared-key/office-4/acme/office-4');
    expect(checkPlan(plan, { ...input, recorded })).toContain(
      'pre-shared-key/office-4/acme/office-4: remove, and there is no record of it',
    );
  });

  test('removals run side by side and the records do not say what they use', () => {
    const input = editInput();
    const plan = createPlan(input);
    const recorded = input.recorded.map((record) => ({ ...record, desired: null }));
    expect(checkPlan(plan, { ...input, recorded }).join()).toMatch(/and the records do not say what they use/);
  });
});

describe('degrees', () => {
  const crowded = (): PlanInput => {
    const topology = large(40, 40);
    for (const vpc of topology.vpcs) vpc.region = 'region-0';
    topology.backbone.links = [];
    for (const one of topology.offices) one.address = '8.0.0.1' as Ipv4;
    return { topology, revision: 1, base: null, recorded: [] };
  };
  const shared = id('customer-gateway/region-0/8.0.0.1');

  test('a task that frees 40 is refused', () => {
    const found = violations(crowded(), (plan) => {
      for (const one of plan.tasks) if (one.needs.includes(shared)) one.edges = [...new Set([...one.edges, shared])];
    });
    expect(found).toContain(`${shared}: frees 40 tasks, more than 32`);
  });

  test('a task that waits for 33 is refused, and so is a report that does', () => {
    const found = violations(crowded(), (plan) => {
      const last = plan.tasks.at(-1)!;
      const others = plan.tasks.filter(({ kind }) => kind === 'customer-gateway' || kind === 'pre-shared-key');
      last.after = others.map((one) => one.id);
      last.edges = others.slice(0, 33).map((one) => one.id);
      for (const one of plan.tasks) if (one !== last && one.kind === 'vpn-gateway') one.edges = [];
      for (const one of plan.tasks) if (one.kind === 'vpn-connection') one.edges = [];
    });
    const last = createPlan(crowded()).tasks.at(-1)?.id;
    expect(found).toContain(`${last}: waits for 33 tasks, more than 32`);
    expect(found.some((one) => /^the report waits for \d+ tasks, more than 32$/.test(one))).toBe(true);
  });
});
