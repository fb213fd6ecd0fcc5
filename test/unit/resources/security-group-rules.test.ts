import { ecsActions } from '../../../local/world/ecs/actions';
import { SECURITY_GROUPS, type SecurityGroupRecord } from '../../../local/world/ecs/records';
import { rpcService } from '../../../local/world/rpc/service';
import { listPermissions } from '../../../shared/alicloud/reads/security-groups';
import { type Cidr, formatCidr, parseCidr } from '../../../shared/cidr';
import type { DesiredResource, ResourceId, SecurityGroupRules } from '../../../shared/plan/desired';
import { inProcessWorld } from '../../in-process/in-process-world';
import { Builder } from './build';
import { type WorldCloud, worldCloud } from './world-cloud';

const MARK = 'trunkline:acme:us-east-1/sg-orders';
const ID = 'security-group-rules/us-east-1/sg-orders' as ResourceId;

const rule = (source: string, port = 443): SecurityGroupRules['rules'][number] => ({
  source: source as Cidr,
  port: { protocol: 'tcp', first: port, last: port },
});
const wanted = (...rules: SecurityGroupRules['rules']): DesiredResource => ({
  id: ID,
  desired: { kind: 'security-group-rules', region: 'us-east-1', securityGroupId: 'sg-orders', rules },
  needs: [],
});
const OFFICE_1 = rule('10.10.10.0/24');
const OFFICE_2 = rule('10.10.20.0/24');

let cloud: WorldCloud;
let builder: Builder;

beforeEach(() => {
  const inProcess = inProcessWorld({ rpc: rpcService(ecsActions, {}) });
  inProcess.world.state.put(SECURITY_GROUPS, 'sg-orders', {
    id: 'sg-orders',
    region: 'us-east-1',
    vpcId: 'vpc-virginia',
    name: '',
    description: '',
    type: 'normal',
    createdAt: 0,
    tags: [],
  } satisfies SecurityGroupRecord);
  cloud = worldCloud(inProcess);
  builder = new Builder(cloud, inProcess.clock);
});

const authorize = (SourceCidrIp: string, more = {}) =>
  cloud.call({
    service: 'ecs',
    region: 'us-east-1',
    action: 'AuthorizeSecurityGroup',
    parameters: {
      SecurityGroupId: 'sg-orders',
      Permissions: [{ IpProtocol: 'tcp', PortRange: '443/443', SourceCidrIp, ...more }],
    },
  });

/** `source mark`, sorted. */
const standing = async (): Promise<string[]> =>
  (await listPermissions(cloud, 'us-east-1', 'sg-orders', 'ingress'))
    .map(({ SourceCidrIp, Description }) => `${SourceCidrIp} ${Description || 'theirs'}`)
    .sort();

const callsOf = (action: string): number => cloud.asked.filter((request) => request.action === action).length;

test('rules are added with our mark, in one call', async () => {
  const { ownership, updates } = await builder.build(wanted(OFFICE_1, OFFICE_2));
  expect(await standing()).toEqual([`10.10.10.0/24 ${MARK}`, `10.10.20.0/24 ${MARK}`]);
  expect({ ownership, updates, calls: callsOf('AuthorizeSecurityGroup') }).toEqual({
    ownership: 'ours',
    updates: [],
    calls: 1,
  });
});

test('an identical rule of somebody else serves, and is not added twice', async () => {
  await authorize('10.10.10.0/24');
  await builder.build(wanted(OFFICE_1, OFFICE_2));
  expect(await standing()).toEqual(['10.10.10.0/24 theirs', `10.10.20.0/24 ${MARK}`]);
});

test('where others admit everybody already, no rule is added', async () => {
  await authorize('10.10.10.0/24');
  cloud.asked.length = 0;
  await builder.build(wanted(OFFICE_1));
  expect(callsOf('AuthorizeSecurityGroup')).toBe(0);
});

test.each([
  ['of a lower priority', { Priority: '2' }],
  ['that drops', { Policy: 'drop' }],
])('a rule %s is not the same', async (_what, more) => {
  await authorize('10.10.10.0/24', more);
  await builder.build(wanted(OFFICE_1));
  expect(await standing()).toEqual(['10.10.10.0/24 theirs', `10.10.10.0/24 ${MARK}`]);
});

test('a change adds what is missing, removes what is ours and stale, and leaves the rest', async () => {
  await authorize('10.99.0.0/16');
  const { observation, parameters } = await builder.build(wanted(OFFICE_1, OFFICE_2));
  const held = { cloudId: observation.cloudId, parameters, ownership: 'ours' } as const;
  const { updates } = await builder.settle(ID, wanted(OFFICE_1, rule('10.10.30.0/24')).desired, held);
  expect(updates).toEqual([expect.stringMatching(/^adds 1 rules/), expect.stringMatching(/^removes 1 rules/)]);
  expect(await standing()).toEqual([`10.10.10.0/24 ${MARK}`, `10.10.30.0/24 ${MARK}`, '10.99.0.0/16 theirs']);
});

test('a rule that somebody took away is added again', async () => {
  const { observation, parameters } = await builder.build(wanted(OFFICE_1));
  const [ours] = await listPermissions(cloud, 'us-east-1', 'sg-orders', 'ingress');
  const parametersOfRevoke = { SecurityGroupId: 'sg-orders', SecurityGroupRuleId: [ours!.SecurityGroupRuleId] };
  await cloud.call({
    service: 'ecs',
    region: 'us-east-1',
    action: 'RevokeSecurityGroup',
    parameters: parametersOfRevoke,
  });
  await builder.settle(ID, wanted(OFFICE_1).desired, { cloudId: observation.cloudId, parameters, ownership: 'ours' });
  expect(await standing()).toEqual([`10.10.10.0/24 ${MARK}`]);
});

test('more than a hundred go in batches of a hundred, each under its own token', async () => {
  const first = parseCidr('10.20.0.0/24')!.first;
  const rules = Array.from({ length: 150 }, (_unused, index) => {
    const start = first + index * 256;
    return rule(formatCidr({ first: start, last: start + 255, prefixLength: 24 }));
  });
  const { updates } = await builder.build(wanted(...rules));
  expect(updates).toEqual([expect.stringMatching(/^adds 50 rules/)]);
  expect(await standing()).toHaveLength(150);
  const tokens = cloud.asked.flatMap(({ parameters }) => (parameters.ClientToken ? [parameters.ClientToken] : []));
  expect(new Set(tokens).size).toBe(2);
});

test('removing takes our rules and no other', async () => {
  await authorize('10.10.10.0/24');
  const { observation, parameters } = await builder.build(wanted(OFFICE_1, OFFICE_2));
  const { desired } = wanted(OFFICE_1, OFFICE_2);
  const { cloudId } = observation;
  await builder.kindOf(desired).remove({ desired, cloudId, parameters, token: 'removal', cloud });
  expect(await standing()).toEqual(['10.10.10.0/24 theirs']);
});

test('a group that does not exist is fatal, with its name', async () => {
  const { id, desired, needs } = wanted(OFFICE_1);
  const elsewhere = { ...(desired as SecurityGroupRules), securityGroupId: 'sg-none' };
  await expect(builder.build({ id, desired: elsewhere, needs })).rejects.toMatchObject({
    detail: { code: 'SecurityGroupMissing', class: 'fatal' },
    message: 'there is no security group sg-none in us-east-1',
  });
});
