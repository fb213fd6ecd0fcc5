import { durationMs, type EpochMs, epochMs, minutes } from '../../../shared/clock';
import {
  ask,
  hear,
  type PlannedChange,
  policiesOf,
  type Question,
  reasonsToAsk,
  type Voice,
  weigh,
} from '../../../shared/plan/approval';
import { createPlan } from '../../../shared/plan/create-plan';
import { desiredResources } from '../../../shared/plan/desired-resources';
import { monthlyCost, parsePrices } from '../../../shared/plan/monthly-cost';
import { protectedLosses } from '../../../shared/plan/protection';
import { readApproval } from '../../../shared/topology/read-settings';
import type { ApprovalPolicy, ApprovalRules, Topology, VpcName } from '../../../shared/topology/topology';
import { recordsAfter } from './records';
import { example } from './topologies';

const RULES: ApprovalRules = {
  addsOnly: false,
  noOutage: false,
  noTestTouched: false,
  tasksAtMost: null,
  monthlyCostBelow: null,
};
const policy = (unless: Partial<ApprovalRules> | null, people = 1): ApprovalPolicy => ({
  people,
  validHours: 24,
  unless: unless && { ...RULES, ...unless },
});
const EXAMPLE = example();
const recordsOf = (topology: Topology) => recordsAfter(createPlan({ topology, revision: 1, base: null, recorded: [] }));

function change(before: Topology, after: Topology, more: Partial<PlannedChange> = {}): PlannedChange {
  const recorded = recordsOf(before);
  const plan = createPlan({ topology: after, revision: 2, base: 1, recorded });
  return { plan, recorded, before, after, interrupted: 0, monthlyCost: null, ...more };
}

const withoutOffice = (topology: Topology, name: string): Topology => ({
  ...topology,
  offices: topology.offices.filter((office) => office.name !== name),
  access: { ...topology.access, rules: topology.access.rules.filter(({ from, to }) => from !== name && to !== name) },
  tests: topology.tests.filter(({ from, to }) => from !== name && to !== name),
});
const TEST = { from: 'office-1', to: 'shanghai.crm', port: null, expect: 'reachable' } as const;
const SMALLER = withoutOffice(EXAMPLE, 'office-1');

describe('why somebody must agree', () => {
  const growing = change(SMALLER, EXAMPLE);
  const shrinking = change(EXAMPLE, SMALLER);
  const cases: [string, ApprovalPolicy, PlannedChange, RegExp | null][] = [
    ['always, whatever the plan does', policy(null), growing, /every plan/],
    ['an office more only adds, its rules in a group that stands included', policy({ addsOnly: true }), growing, null],
    ['an office less does not', policy({ addsOnly: true }), shrinking, /does not only add/],
    ['no pair is interrupted', policy({ noOutage: true }), growing, null],
    ['pairs are', policy({ noOutage: true }), { ...growing, interrupted: 4 }, /interrupts 4 pairs/],
    ['tests stay', policy({ noTestTouched: true }), growing, null],
    [
      'a test is dropped',
      policy({ noTestTouched: true }),
      change({ ...EXAMPLE, tests: [TEST] }, { ...EXAMPLE, tests: [] }, { plan: shrinking.plan }),
      /drops 1 test/,
    ],
    ['as many tasks as are allowed', policy({ tasksAtMost: growing.plan.tasks.length }), growing, null],
    ['one more', policy({ tasksAtMost: 1 }), growing, /more than 1/],
    ['no table of prices: the rule never passes', policy({ monthlyCostBelow: 1_000_000 }), growing, /not known/],
    ['cheap enough', policy({ monthlyCostBelow: 500 }), { ...growing, monthlyCost: 499.99 }, null],
    ['as dear as it must not be', policy({ monthlyCostBelow: 500 }), { ...growing, monthlyCost: 500 }, /500\.00/],
  ];
  test.each(cases)('%s', (_name, given, planned, reason) => {
    const reasons = reasonsToAsk([given], planned);
    if (reason === null) expect(reasons).toEqual([]);
    else expect(reasons).toEqual([expect.stringMatching(reason)]);
  });

  test('a plan that does nothing needs nobody', () => {
    expect(reasonsToAsk([policy(null)], change(EXAMPLE, EXAMPLE))).toEqual([]);
  });

  test('who takes a policy away is still held to it, and who sets one is held to it at once', () => {
    const always = { ...EXAMPLE, approval: policy(null) };
    expect(policiesOf(always, EXAMPLE)).toHaveLength(1);
    expect(policiesOf(EXAMPLE, always)).toHaveLength(1);
    expect(policiesOf(null, EXAMPLE)).toEqual([]);
  });
});

describe('whether what was said is enough', () => {
  const NOW = epochMs(1_800_000_000_000);
  const ago = (length: number): EpochMs => epochMs(NOW - length);
  const voice = (by: string, agrees = true, at = NOW): Voice => ({ by, agrees, at, reason: null });
  const asked = (people: number, ...voices: Voice[]): Question =>
    voices.reduce(hear, ask([policy(null, people), policy(null)], { plan: 'a', reasons: [], askedAt: NOW }));
  const A_DAY = durationMs(24 * 60 * minutes(1));

  test.each([
    ['nobody has spoken', asked(1), { kind: 'open', missing: 1 }],
    ['one is enough', asked(1, voice('alice')), { kind: 'agreed' }],
    ['of two that are asked for, one is missing', asked(2, voice('alice')), { kind: 'open', missing: 1 }],
    ['who speaks twice is one', asked(2, voice('alice'), voice('alice')), { kind: 'open', missing: 1 }],
    ['two are two', asked(2, voice('alice'), voice('bob')), { kind: 'agreed' }],
    [
      'one refusal is enough',
      asked(1, voice('alice'), voice('bob', false)),
      { kind: 'refused', by: voice('bob', false) },
    ],
    ['who refused may agree after all', asked(1, voice('bob', false), voice('bob')), { kind: 'agreed' }],
    ['a day old, it does not hold any more', asked(1, voice('alice', true, ago(A_DAY))), { kind: 'open', missing: 1 }],
    ['a little less, it does', asked(1, voice('alice', true, ago(A_DAY - 1))), { kind: 'agreed' }],
  ])('%s', (_name, question, answer) => {
    expect(weigh(question, NOW)).toEqual(answer);
  });
});

describe('settings', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  test('the most particular price counts, and what is not billed by time costs nothing', () => {
    const read = parsePrices(
      bytes(
        '{dated: 2026-11-01, currency: USD, monthly: {vpn-gateway: 100, vpn-gateway/cn-shanghai: 70, vpc-attachment: 36, peer-attachment: 10}}',
      ),
      'prices.yaml',
    );
    if (!('value' in read)) throw new Error(read.problem.message);
    expect(monthlyCost(desiredResources(EXAMPLE), read.value)).toBe(100 + 70 + 2 * 36 + 10);
    const { 'peer-attachment': _link, ...rest } = read.value.monthly;
    expect(monthlyCost(desiredResources(EXAMPLE), { ...read.value, monthly: rest })).toBeNull();
  });

  test.each([
    ['no date', '{currency: USD, monthly: {}}'],
    ['a price of what is not sold by time', '{dated: 2026-11-01, currency: USD, monthly: {vpn-route: 1}}'],
    ['a negative one', '{dated: 2026-11-01, currency: USD, monthly: {vpn-gateway: -1}}'],
    ['no YAML', '{'],
    ['no UTF-8', '\u0000'],
  ])('a table of prices with %s is refused, with what is right', (_name, text) => {
    expect(parsePrices(bytes(text), 'prices.yaml')).toMatchObject({ problem: { severity: 'error' } });
  });

  test('the deployment’s policy is written as a topology’s', () => {
    expect(readApproval(bytes('always'), 'approval.yaml')).toEqual({ value: policy(null) });
    expect(readApproval(bytes('none'), 'approval.yaml')).toEqual({ value: null });
    expect(readApproval(bytes('{people: 2, unless: {addsOnly: true}}'), 'approval.yaml')).toEqual({
      value: policy({ addsOnly: true }, 2),
    });
    expect(readApproval(bytes('sometimes'), 'approval.yaml')).toMatchObject({ problem: { code: 'settings-wrong' } });
    expect(readApproval(bytes('{unless: {}}'), 'approval.yaml')).toEqual({ value: policy(null) });
  });
});

describe('what is protected', () => {
  const recorded = recordsOf(EXAMPLE);
  const losses = (after: Topology, live: Topology) =>
    protectedLosses(createPlan({ topology: after, revision: 2, base: 1, recorded }), recorded, live).map(
      ({ message }) => message,
    );
  const guarded = (name: string): Topology => ({
    ...EXAMPLE,
    offices: EXAMPLE.offices.map((office) => ({ ...office, protect: office.name === name })),
  });

  test('an office is not removed', () => {
    expect(losses(SMALLER, guarded('office-1'))).toEqual([
      'vpn-connection/office-1 would be removed, and the office office-1 is protected',
    ]);
    expect(losses(SMALLER, guarded('office-2'))).toEqual([]);
  });

  test('nor made anew', () => {
    const moved = {
      ...EXAMPLE,
      offices: EXAMPLE.offices.map((office) =>
        office.name === 'office-1' ? { ...office, vpc: 'shanghai' as VpcName } : office,
      ),
    };
    expect(losses(moved, guarded('office-1'))).toEqual([
      'vpn-connection/office-1 would be made anew, and the office office-1 is protected',
    ]);
  });

  test('of a whole network, nothing that carries', () => {
    const nothing = { ...EXAMPLE, vpcs: [], offices: [], tests: [], access: { stated: true, rules: [] } };
    const told = losses({ ...nothing, backbone: { ...EXAMPLE.backbone, links: [] } }, { ...EXAMPLE, protect: true });
    expect(told).toContain('cen/acme-global would be removed, and the network acme-global is protected');
    expect(told.length).toBeGreaterThan(8);
  });
});
