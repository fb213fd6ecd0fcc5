/**
 * What the groups on an application's interface let through. They are stateful: whoever starts a connection needs the
 * rule, the reply needs none. Several groups merge as one list: the lowest priority number decides, on a tie drop
 * wins. Where no rule matches, ingress is denied; egress is accepted by a normal group and denied by an enterprise
 * one. A rule whose peer is a group or a prefix list matches nothing here: no office stands in one.
 */
import type { CidrRange } from '../cidr';
import { rangeOf } from '../cidr';
import { formatPort, type PortRange } from '../topology/topology';
import {
  type AddressSpace,
  type Atom,
  cutAddressSpace,
  firstAddressOf,
  formatAddresses,
  lastAddressOf,
  spanOf,
} from './address-space';
import type { ApplicationModel, SecurityGroupModel, SecurityRule, VpcModel } from './model';

export interface Refusal {
  /** `security group sg-orders of virginia.orders` */
  place: string;
  cause: string;
  remedy: string;
}

/** Null where every address of the block passes; else what stops the first that does not. */
export type Filter = (peer: CidrRange) => Refusal | null;

type Direction = SecurityRule['direction'];
type OwnedRule = SecurityRule & { peer: NonNullable<SecurityRule['peer']>; groupId: string };

export function compileFilter(input: {
  vpc: VpcModel;
  application: ApplicationModel;
  direction: Direction;
  port: PortRange;
}): Filter {
  const { vpc, application, direction, port } = input;
  const groups = vpc.securityGroups.filter((group) => application.securityGroupIds.includes(group.id));
  const place = placeOf(application);
  if (groups.length === 0) {
    const cause = `no security group of ${application.ref} was found in vpc ${vpc.name}`;
    return () => ({ place, cause, remedy: `put ${application.ref} into a security group that exists` });
  }
  const rules = rulesOf(groups, direction);
  const space = cutAddressSpace(rules.map((rule) => rule.peer));
  const byDefault = direction === 'egress' && groups.some((group) => group.type === 'normal');
  const lanes = simplePorts(port).flatMap((simple) => cutPorts(simple, rules));
  const painted = lanes.map((lane) => paint(space, rules, lane));
  const way = direction === 'ingress' ? 'from' : 'to';
  return (peer) => {
    const { from, to } = spanOf(space, peer);
    for (let atom = from; atom <= to; atom += 1)
      for (const [index, lane] of lanes.entries()) {
        const rule = rules[painted[index]?.[atom] ?? NO_RULE];
        if (rule ? rule.policy === 'accept' : byDefault) continue;
        const what = `${formatPort(lane)} ${way} ${formatOverlap(space, atom, peer)}`;
        return rule ? dropRefusal(place, rule, what) : missingRefusal(place, groups, direction, what);
      }
    return null;
  };
}

export const placeOf = (application: ApplicationModel): string =>
  `security group ${application.securityGroupIds.join(' + ') || 'none'} of ${application.ref}`;

const NO_RULE = -1;

const rulesOf = (groups: readonly SecurityGroupModel[], direction: Direction): OwnedRule[] =>
  groups.flatMap((group) =>
    group.rules.flatMap((rule) =>
      rule.peer !== null && rule.direction === direction ? [{ ...rule, peer: rule.peer, groupId: group.id }] : [],
    ),
  );

/** `all` asks for everything: each protocol must pass. */
const simplePorts = (port: PortRange): PortRange[] =>
  port.protocol === 'all'
    ? (['tcp', 'udp', 'icmp'] as const).map((protocol) => ({ protocol, first: 0, last: 65_535 }))
    : [port];

const matches = (rule: PortRange, port: PortRange): boolean =>
  rule.protocol === 'all' ||
  (rule.protocol === port.protocol &&
    (port.protocol === 'icmp' || (rule.first <= port.last && port.first <= rule.last)));

/** A range of ports, cut where a rule begins or ends within it: one lane is admitted or refused as a whole. */
function cutPorts(port: PortRange, rules: readonly OwnedRule[]): PortRange[] {
  const cuts = new Set([port.first]);
  if (port.protocol !== 'icmp')
    for (const { port: other } of rules) {
      if (other.protocol !== port.protocol) continue;
      if (port.first < other.first && other.first <= port.last) cuts.add(other.first);
      if (port.first <= other.last && other.last < port.last) cuts.add(other.last + 1);
    }
  const starts = [...cuts].sort((a, b) => a - b);
  return starts.map((first, index) => ({ ...port, first, last: (starts[index + 1] ?? port.last + 1) - 1 }));
}

/** By atom, the position of the deciding rule: painted from the weakest to the strongest. */
function paint(space: AddressSpace, rules: readonly OwnedRule[], lane: PortRange): Int32Array {
  const deciding = new Int32Array(space.starts.length).fill(NO_RULE);
  const order = rules
    .map((rule, position) => ({ rule, position }))
    .filter(({ rule }) => matches(rule.port, lane))
    .sort(
      (a, b) =>
        b.rule.priority - a.rule.priority || Number(b.rule.policy === 'accept') - Number(a.rule.policy === 'accept'),
    );
  for (const { rule, position } of order) {
    const { from, to } = spanOf(space, rangeOf(rule.peer));
    deciding.fill(position, from, to + 1);
  }
  return deciding;
}

/** The block asked about, or the part of it that rules cut out. */
const formatOverlap = (space: AddressSpace, atom: Atom, peer: CidrRange): string =>
  formatAddresses(Math.max(firstAddressOf(space, atom), peer.first), Math.min(lastAddressOf(space, atom), peer.last));

function dropRefusal(place: string, rule: OwnedRule, what: string): Refusal {
  const { groupId, port, peer, priority } = rule;
  return {
    place,
    cause: `a rule of ${groupId} drops ${what} (${formatPort(port)}, ${peer}, priority ${priority}); on a tie drop wins`,
    remedy: `remove that rule from ${groupId}, or narrow it`,
  };
}

function missingRefusal(
  place: string,
  groups: readonly SecurityGroupModel[],
  direction: Direction,
  what: string,
): Refusal {
  const ids = groups.map((group) => group.id).join(' or ');
  const kind =
    groups.every((group) => group.type === 'enterprise') && direction === 'egress'
      ? ' (an enterprise group denies what no rule admits)'
      : '';
  return { place, cause: `no ${direction} rule admits ${what}${kind}`, remedy: `admit ${what} in ${ids}` };
}
