import fc from 'fast-check';
import type { Cidr } from '../../../shared/cidr';
import type { NetworkModel, VpcNextHop } from '../../../shared/network/model';
import { plannedModel } from '../../../shared/network/planned-model';
import type { Proof } from '../../../shared/network/proof';
import { prove } from '../../../shared/network/prove';
import { desiredResources } from '../../../shared/plan/desired-resources';
import { everyRule, exampleTopology, planned } from '../../unit/network/example';
import { arbitraryNetwork } from './arbitrary-network';
import { smallTopology, spoiledNetwork } from './spoiled-network';

const network = fc.oneof(arbitraryNetwork, spoiledNetwork);

const verdicts = (proof: Proof): string[] => proof.pairs.map(({ verdict }) => verdict);

test('proving twice says the same, word for word, and changes nothing', () => {
  fc.assert(
    fc.property(network, ({ topology, model }) => {
      const before = structuredClone({ topology, model });
      expect(prove(topology, model)).toEqual(prove(topology, model));
      expect({ topology, model }).toEqual(before);
    }),
    { numRuns: 40 },
  );
});

test('the order of routes with different destinations makes no difference', () => {
  fc.assert(
    fc.property(spoiledNetwork, fc.integer(), ({ topology, model }, seed) => {
      const shuffled = structuredClone(model);
      for (const table of tablesOf(shuffled)) {
        const firsts = table.routes.filter(
          (route, index) => table.routes.findIndex((it) => it.destination === route.destination) === index,
        );
        table.routes.splice(0, table.routes.length, ...rotate(firsts, seed));
      }
      expect(verdicts(prove(topology, shuffled))).toEqual(verdicts(prove(topology, model)));
    }),
    { numRuns: 60 },
  );
});

test('an unrelated, more general route in a VPC’s or a router’s table breaks no pair', () => {
  const topology = exampleTopology();
  const general = fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '172.0.0.0/8', '128.0.0.0/1') as fc.Arbitrary<Cidr>;
  fc.assert(
    fc.property(fc.nat(3), general, fc.nat(3), (table, destination, hop) => {
      const model = structuredClone(planned(topology));
      addGeneralRoute(model, { table, destination, hop });
      expect(prove(topology, model).summary.sitePairs.reachable).toBe(30);
    }),
    { numRuns: 60 },
  );
});

test('what things are called makes no difference', () => {
  fc.assert(
    fc.property(spoiledNetwork, fc.constantFrom('z', 'a-', 'office-9'), ({ topology, model }, prefix) => {
      // Every name and id of the network begins with one of these; the kinds of the model do not.
      const renamed = JSON.parse(
        JSON.stringify({ topology, model }).replaceAll(
          /"(office-\d|north|south|vpc-|vsw-|vtb-|vpn-gateway\/|vpn-connection\/|vpc-attachment\/|peer-attachment\/|transit-router\/|cen\/)/g,
          `"${prefix}$1`,
        ),
      ) as { topology: typeof topology; model: NetworkModel };
      expect(verdicts(prove(renamed.topology, renamed.model))).toEqual(verdicts(prove(topology, model)));
    }),
    { numRuns: 60 },
  );
});

test('every planned resource is needed: without any one of them a pair is lost', () => {
  const plan = fc.record({
    edition: fc.constantFrom('transit-router' as const, 'basic' as const),
    customTables: fc.subarray(['vsw-north-0', 'vsw-north-1', 'vsw-south-0', 'vsw-south-1']),
    offices: fc.subarray([0, 1, 2], { minLength: 1 }),
    left: fc.nat(),
  });
  fc.assert(
    fc.property(plan, ({ edition, customTables, offices, left }) => {
      const topology = smallTopology(edition, edition === 'basic' ? [] : customTables);
      topology.offices = topology.offices.filter((_, index) => offices.includes(index));
      topology.access.rules = everyRule(topology);
      const resources = desiredResources(topology);
      const whole = prove(topology, plannedModel(topology, resources));
      expect(whole.ok).toBe(true);
      const index = left % resources.length;
      const rest = resources.filter((_, at) => at !== index);
      const proof = prove(topology, plannedModel(topology, rest));
      expect(`${resources[index]?.id} ${proof.ok}`).toBe(`${resources[index]?.id} false`);
    }),
    { numRuns: 150 },
  );
});

function tablesOf(model: NetworkModel): { routes: { destination: Cidr }[] }[] {
  const routers = model.cen?.edition === 'transit-router' ? model.cen.routers : [];
  return [...model.vpcs.flatMap(({ tables }) => tables), ...routers.flatMap(({ tables }) => tables)];
}

function rotate<T>(items: readonly T[], seed: number): T[] {
  const turn = Math.abs(seed) % Math.max(1, items.length);
  return [...items.slice(turn), ...items.slice(0, turn)].reverse();
}

function addGeneralRoute(model: NetworkModel, at: { table: number; destination: Cidr; hop: number }): void {
  if (model.cen?.edition !== 'transit-router') throw new Error('not the transit-router edition');
  const doors = [...model.cen.vpcAttachments, ...model.cen.peerAttachments].map(({ id }) => id);
  const attachment = { kind: 'attachment' as const, id: doors[at.hop % doors.length] ?? '' };
  const [north, south] = model.vpcs;
  const [first, second] = model.cen.routers;
  const { destination } = at;
  if (at.table < 2) {
    const nextHop: VpcNextHop = at.hop === 3 ? { kind: 'other', type: 'NatGateway', id: 'ngw' } : attachment;
    [north, south][at.table]?.tables[0]?.routes.unshift({ destination, nextHop });
  } else [first, second][at.table - 2]?.tables[0]?.routes.unshift({ destination, nextHop: attachment });
}
