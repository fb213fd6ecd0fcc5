import fc from 'fast-check';
import { checkPlan } from '../../../shared/plan/check-plan';
import { createPlan } from '../../../shared/plan/create-plan';
import { EDGE_LIMIT } from '../../../shared/plan/edge-limit';
import type { Plan } from '../../../shared/plan/plan';
import type { RecordedResource } from '../../../shared/plan/recorded';
import type { Topology } from '../../../shared/topology/topology';
import { recordsAfter } from '../../unit/plan/records';
import { topologyArbitrary } from './topology-arbitrary';

const firstPlan = (topology: Topology): Plan => createPlan({ topology, revision: 1, base: null, recorded: [] });

/** Records in every state that a run can leave them in. */
const recordState = fc.constantFrom<Partial<RecordedResource>>(
  {},
  {},
  {},
  { cloudId: null, desiredHash: null },
  { desiredHash: null },
  { desiredHash: null, desired: null },
  { desired: null },
  { ownership: 'borrowed' },
  { generation: 3 },
);

describe('plans of generated topologies', () => {
  test('a first plan passes the checker, and the plan after it keeps everything', () => {
    fc.assert(
      fc.property(topologyArbitrary, (topology) => {
        const input = { topology, revision: 1, base: null, recorded: [] };
        const plan = createPlan(input);
        expect(checkPlan(plan, input)).toEqual([]);
        const again = { topology, revision: 1, base: 1, recorded: recordsAfter(plan) };
        const second = createPlan(again);
        expect(checkPlan(second, again)).toEqual([]);
        expect(second.summary).toEqual({
          create: 0,
          update: 0,
          replace: 0,
          remove: 0,
          adopt: 0,
          keep: plan.summary.create,
        });
      }),
      { numRuns: 80 },
    );
  });

  test('the order of the file makes no difference', () => {
    const reordered = topologyArbitrary.chain((topology) =>
      fc
        .record({
          vpcs: fc.shuffledSubarray(topology.vpcs, { minLength: topology.vpcs.length }),
          offices: fc.shuffledSubarray(topology.offices, { minLength: topology.offices.length }),
          rules: fc.shuffledSubarray(topology.access.rules, { minLength: topology.access.rules.length }),
          links: fc.shuffledSubarray(topology.backbone.links, { minLength: topology.backbone.links.length }),
        })
        .map(({ vpcs, offices, rules, links }) => ({
          topology,
          other: {
            ...topology,
            vpcs: vpcs.map((vpc) => ({
              ...vpc,
              vSwitches: vpc.vSwitches.toReversed(),
              gateway: { ...vpc.gateway, vSwitches: vpc.gateway.vSwitches.toReversed() as [string, string] },
              attachment: { vSwitches: vpc.attachment.vSwitches.toReversed() },
              applications: vpc.applications.toReversed(),
            })),
            offices: offices.map((office) => ({
              ...office,
              cidrs: office.cidrs.toReversed(),
              selectors: { ...office.selectors, officeSide: office.selectors.officeSide.toReversed() },
            })),
            access: { ...topology.access, rules },
            backbone: { ...topology.backbone, links } as Topology['backbone'],
          },
        })),
    );
    fc.assert(
      fc.property(reordered, ({ topology, other }) => {
        expect(firstPlan(other).hash).toBe(firstPlan(topology).hash);
      }),
      { numRuns: 40 },
    );
  });

  test('from one topology to any other, whatever state the records are in, the plan is legal', () => {
    const inputs = fc.record({
      before: topologyArbitrary,
      after: topologyArbitrary,
      states: fc.array(recordState, { minLength: 1, maxLength: 40 }),
    });
    fc.assert(
      fc.property(inputs, ({ before, after, states }) => {
        const recorded = recordsAfter(firstPlan(before)).map((record, index) => ({
          ...record,
          ...states[index % states.length],
        }));
        const input = { topology: after, revision: 2, base: 1, recorded };
        expect(checkPlan(createPlan(input), input)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test('what a second plan does leaves nothing for a third', () => {
    fc.assert(
      fc.property(topologyArbitrary, topologyArbitrary, (before, after) => {
        const second = createPlan({ topology: after, revision: 2, base: 1, recorded: recordsAfter(firstPlan(before)) });
        const third = createPlan({ topology: after, revision: 2, base: 2, recorded: recordsAfter(second) });
        expect(third.tasks.filter((task) => task.action !== 'keep')).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('the order of the records makes no difference, and few edges meet at any task', () => {
    fc.assert(
      fc.property(topologyArbitrary, topologyArbitrary, (before, after) => {
        const recorded = recordsAfter(firstPlan(before));
        const plan = createPlan({ topology: after, revision: 2, base: 1, recorded });
        expect(createPlan({ topology: after, revision: 2, base: 1, recorded: recorded.toReversed() }).hash).toBe(
          plan.hash,
        );
        expect(Math.max(0, ...plan.tasks.map((task) => task.edges.length))).toBeLessThanOrEqual(EDGE_LIMIT);
      }),
      { numRuns: 40 },
    );
  });
});
