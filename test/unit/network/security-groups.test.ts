import { type Cidr, rangeOf } from '../../../shared/cidr';
import type { ApplicationModel, SecurityGroupModel, SecurityRule, VpcModel } from '../../../shared/network/model';
import { compileFilter } from '../../../shared/network/security-groups';
import type { PortRange } from '../../../shared/topology/topology';
import { tcp } from './example';

const OFFICE = '10.10.10.0/24' as Cidr;
const ALL: PortRange = { protocol: 'all', first: 0, last: 65_535 };
const ICMP: PortRange = { protocol: 'icmp', first: 0, last: 65_535 };

const accept = (peer: string | null, port: PortRange, priority = 1): SecurityRule => ({
  direction: 'ingress',
  peer: peer as Cidr | null,
  port,
  policy: 'accept',
  priority,
});
const drop = (...of: Parameters<typeof accept>): SecurityRule => ({ ...accept(...of), policy: 'drop' });
const egress = (rule: SecurityRule): SecurityRule => ({ ...rule, direction: 'egress' });

function refusal(input: {
  groups: (SecurityRule[] | SecurityGroupModel)[];
  port?: PortRange;
  direction?: 'ingress' | 'egress';
}): string | null {
  const securityGroups = input.groups.map(
    (it, index): SecurityGroupModel => (Array.isArray(it) ? { id: `sg-${index + 1}`, type: 'normal', rules: it } : it),
  );
  const application: ApplicationModel = {
    ref: 'virginia.orders',
    vSwitchId: 'vsw-1',
    addresses: [],
    ports: [],
    securityGroupIds: securityGroups.map(({ id }) => id),
  };
  const vpc: VpcModel = {
    name: 'virginia',
    id: 'vpc-1',
    region: 'us-east-1',
    cidrs: [],
    vSwitches: [],
    tables: [],
    applications: [application],
    securityGroups,
  };
  const filter = compileFilter({
    vpc,
    application,
    direction: input.direction ?? 'ingress',
    port: input.port ?? tcp(443),
  });
  return filter(rangeOf(OFFICE))?.cause ?? null;
}

const missing = (what: string, direction = 'ingress'): string => `no ${direction} rule admits ${what}`;

test.each<[string, Parameters<typeof refusal>[0], string | null]>([
  ['a rule for the very block and port admits', { groups: [[accept(OFFICE, tcp(443))]] }, null],
  ['a wider block and port range admit', { groups: [[accept('10.0.0.0/8', tcp(1, 65_535))]] }, null],
  ['ingress without a rule is denied', { groups: [[]] }, missing('tcp/443 from 10.10.10.0/24')],
  [
    'half of the block admitted is refused for the other half',
    { groups: [[accept('10.10.10.0/25', tcp(443))]] },
    missing('tcp/443 from 10.10.10.128/25'),
  ],
  [
    'part of the port range admitted is refused for the rest',
    { groups: [[accept(OFFICE, tcp(8000, 8999))]], port: tcp(8000, 9000) },
    missing('tcp/9000 from 10.10.10.0/24'),
  ],
  ['another protocol does not admit', { groups: [[accept(OFFICE, ICMP)]] }, missing('tcp/443 from 10.10.10.0/24')],
  ['a rule for all protocols admits icmp', { groups: [[accept(OFFICE, ALL)]], port: ICMP }, null],
  [
    'an application on all protocols needs each of them',
    { groups: [[accept(OFFICE, tcp(0, 65_535)), accept(OFFICE, ICMP)]], port: ALL },
    missing('udp/0-65535 from 10.10.10.0/24'),
  ],
  [
    'a rule whose peer is a group matches no office',
    { groups: [[accept(null, tcp(443))]] },
    missing('tcp/443 from 10.10.10.0/24'),
  ],
  ['the lower priority number decides', { groups: [[accept(OFFICE, tcp(443), 1), drop(OFFICE, ALL, 2)]] }, null],
  [
    'on a tie drop wins, whatever the order',
    { groups: [[accept(OFFICE, tcp(443)), drop(OFFICE, tcp(443))]] },
    'a rule of sg-1 drops tcp/443 from 10.10.10.0/24 (tcp/443, 10.10.10.0/24, priority 1); on a tie drop wins',
  ],
  [
    'two groups merge: the drop of the one beats the accept of the other',
    { groups: [[accept(OFFICE, tcp(443), 2)], [drop('10.10.10.0/25', tcp(443), 1)]] },
    'a rule of sg-2 drops tcp/443 from 10.10.10.0/25 (tcp/443, 10.10.10.0/25, priority 1); on a tie drop wins',
  ],
  ['a normal group lets out what no rule forbids', { groups: [[]], direction: 'egress' }, null],
  [
    'an enterprise group does not',
    { groups: [{ id: 'sg-1', type: 'enterprise', rules: [] }], direction: 'egress' },
    `${missing('tcp/443 to 10.10.10.0/24', 'egress')} (an enterprise group denies what no rule admits)`,
  ],
  [
    'an egress rule says nothing of ingress',
    { groups: [[egress(accept(OFFICE, tcp(443)))]] },
    missing('tcp/443 from 10.10.10.0/24'),
  ],
  ['no group at all admits nobody', { groups: [] }, 'no security group of virginia.orders was found in vpc virginia'],
])('%s', (_, input, cause) => {
  expect(refusal(input)).toBe(cause);
});
