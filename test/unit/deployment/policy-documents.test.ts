/** What RAM is told: each role as narrow as its calls can be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../../../cli/bootstrap/roles';
import { targetOfLocal } from '../../../cli/connection';
import { readSYaml } from '../../../cli/deployment/read-s-yaml';
import { type Grant, ROLES, USE_CASES } from '../../../functions/permissions';
import { placed, policyDocument, roleName, trustDocument } from '../../../functions/policy-documents';
import { evaluate } from '../../../local/world/authorization/evaluate';
import { parsePolicyDocument } from '../../../local/world/authorization/policy-document';

const place = {
  region: 'us-east-1',
  account: '1234567890123456',
  deployment: 'acme-net',
  bucket: 'acme-topologies',
  instance: 'acme',
  logProject: 'acme-logs',
  logStore: 'functions',
};

interface Statement {
  Effect: string;
  Action: string[];
  Resource: string[];
}
const statements = (role: (typeof ROLES)[number]): Statement[] => JSON.parse(policyDocument(place, role)).Statement;
const allowed = ROLES.flatMap(statements).filter(({ Effect }) => Effect === 'Allow');

test('nothing of the pattern is left open, and only these calls are allowed on whatever there is', () => {
  expect(allowed.flatMap(({ Resource }) => Resource).filter((one) => /[{}]/.test(one))).toEqual([]);
  const anywhere = allowed.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action);
  expect([...new Set(anywhere)].sort()).toEqual(
    [
      'cen:CheckTransitRouterService',
      'cen:ListTransitRouterAvailableResource',
      // The service takes no narrower resource for it.
      'vpc:TagResources',
      'vpc:DescribeVpnGatewayAvailableZones',
    ].sort(),
  );
  expect(allowed.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
});

/** Of all roles, those that may. */
const may = (action: string, resource: string): string[] =>
  ROLES.filter((role) => {
    const policy = parsePolicyDocument(policyDocument(place, role));
    return policy.ok && evaluate([policy.document], { action, resource }) === 'allowed';
  }).map(({ name }) => name);
const secret = (name: string): string => `acs:kms:us-east-1:1234567890123456:secret/${name}`;

test('the keys of ticketing systems are read by the webhook and the callback alone, in every deployment of the account', () => {
  expect(may('kms:GetSecretValue', secret('acme-net/webhook/desk'))).toEqual(['webhook', 'callback']);
  expect(may('kms:GetSecretValue', secret('other/webhook/desk'))).toEqual([]);
});

test('of stored keys only those that the deployment itself made are ever deleted', () => {
  expect(may('kms:DeleteSecret', secret('acme-net/psk/acme/office-1'))).toEqual(['tunnel']);
  for (const name of ['acme/office-4', 'other/psk/acme/office-1', 'acme-net/webhook/desk'])
    expect(may('kms:DeleteSecret', secret(name))).toEqual([]);
});

test('the keys of tunnels are read by the tunnel function alone', () => {
  for (const name of ['acme-net/psk/acme/office-1', 'acme/office-4', 'other/psk/acme/office-1'])
    expect(may('kms:GetSecretValue', secret(name))).toEqual(['tunnel']);
});

/** Of all roles, those whose policy names the call. */
const rolesWith = (action: string): string[] =>
  ROLES.filter((role) =>
    statements(role).some(({ Effect, Action }) => Effect === 'Allow' && Action.includes(action)),
  ).map(({ name }) => name);

/** Each with what it undoes. A VPC, a vSwitch, a security group, a bandwidth package and an instance are nobody's to remove. */
const UNDOES: Readonly<Record<string, string>> = {
  'vpc:DeleteVpnGateway': 'vpc:CreateVpnGateway',
  'vpc:DeleteCustomerGateway': 'vpc:CreateCustomerGateway',
  'vpc:DeleteVpnConnection': 'vpc:CreateVpnConnection',
  'vpc:DeleteVpnRouteEntry': 'vpc:CreateVpnRouteEntry',
  'vpc:DeleteRouteEntry': 'vpc:CreateRouteEntry',
  'kms:DeleteSecret': 'kms:CreateSecret',
  'cen:DeleteCen': 'cen:CreateCen',
  'cen:DeleteTransitRouter': 'cen:CreateTransitRouter',
  'cen:DeleteTransitRouterVpcAttachment': 'cen:CreateTransitRouterVpcAttachment',
  'cen:DeleteTransitRouterPeerAttachment': 'cen:CreateTransitRouterPeerAttachment',
  'cen:DissociateTransitRouterAttachmentFromRouteTable': 'cen:AssociateTransitRouterAttachmentWithRouteTable',
  'cen:DisableTransitRouterRouteTablePropagation': 'cen:EnableTransitRouterRouteTablePropagation',
  'cen:DetachCenChildInstance': 'cen:AttachCenChildInstance',
  'cen:UnassociateCenBandwidthPackage': 'cen:AssociateCenBandwidthPackage',
  'cen:WithdrawPublishedRouteEntries': 'cen:PublishRouteEntries',
  'ots:DeleteRow': 'ots:PutRow',
};

test('a role deletes only what it may make, and nothing that was there before Trunkline', () => {
  const removing = /:(Delete|Detach|Dissociate|Disable|Release|Remove|Terminate|Unassociate|Withdraw|Replace)/;
  const found = new Set(allowed.flatMap(({ Action }) => Action).filter((action) => removing.test(action)));
  expect([...found].sort()).toEqual(Object.keys(UNDOES).sort());
  for (const [undoing, making] of Object.entries(UNDOES))
    if (undoing !== 'ots:DeleteRow') expect([undoing, rolesWith(undoing)]).toEqual([undoing, rolesWith(making)]);
});

test('bucket, tables, queues and logs are those of the deployment, by name', () => {
  const resources = allowed.flatMap(({ Resource }) => Resource);
  const of = (service: string): string[] => [...new Set(resources.filter((one) => one.startsWith(`acs:${service}:`)))];
  expect(of('oss').every((one) => one.startsWith('acs:oss:*:1234567890123456:acme-topologies/'))).toBe(true);
  const tables = 'acs:ots:us-east-1:1234567890123456:instance/acme/table/acme_net_';
  expect(of('ots').every((one) => one.startsWith(tables))).toBe(true);
  const queues = 'acs:mns:us-east-1:1234567890123456:/queues/acme-net-';
  expect(of('mns').every((one) => one.startsWith(queues) && !one.includes('*'))).toBe(true);
  expect(of('log')).toEqual(['acs:log:us-east-1:1234567890123456:project/acme-logs/logstore/functions']);
  expect(of('fc')).toEqual(['acs:fc:us-east-1:1234567890123456:functions/acme-net-intake']);
});

test('with the longest names that the services take, RAM takes every document', () => {
  const longest = {
    ...{ region: 'ap-southeast-1', account: '1234567890123456', deployment: 'd'.repeat(31), bucket: 'b'.repeat(63) },
    ...{ instance: 'i'.repeat(16), logProject: 'l'.repeat(63), logStore: 's'.repeat(63) },
  };
  const lengths = ROLES.map((role) => [role.name, policyDocument(longest, role).length] as const);
  expect(lengths.filter(([, length]) => length > 6_144)).toEqual([]);
  expect(ROLES.filter((role) => roleName(longest, role).length > 64)).toEqual([]);
});

test('statements are told apart by what is allowed on what, and nothing is said twice', () => {
  const report = ROLES.find(({ name }) => name === 'report');
  const pairs = statements(report as (typeof ROLES)[number]).flatMap(({ Effect, Action, Resource }) =>
    Action.flatMap((action) => Resource.map((on) => `${Effect} ${action} ${on}`)),
  );
  const wanted = (report?.useCases ?? []).flatMap((useCase) =>
    (USE_CASES[useCase] as readonly Grant[]).flatMap(({ actions, resources, deny }) =>
      actions.flatMap((action) => resources.map((on) => `${deny ? 'Deny' : 'Allow'} ${action} ${placed(on, place)}`)),
    ),
  );
  expect(pairs.toSorted()).toEqual([...new Set(wanted)].sort());
});

test.each(ROLES.map((role) => [role.name, role] as const))('%s is taken on by one service', (_, role) => {
  expect(JSON.parse(trustDocument(role)).Statement).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [role.trusts] } },
  ]);
});

test('without a word in the environment logs go where s.yaml has them', () => {
  const document = {
    ...{ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', accountId: place.account, accessKeyId: 'a' },
    ...{ accessKeySecret: 'b', bucket: 'b', tablestoreInstance: 't', webhookUrl: 'http://127.0.0.1:1', caFile: '' },
  };
  const { logProject, logStore } = placeOf(targetOfLocal(document));
  const folder = join(__dirname, '../../..');
  const { deployments } = readSYaml({
    ...{ text: readFileSync(join(folder, 's.yaml'), 'utf8'), file: 's.yaml', folder, environment: {} },
    ...{ accountId: place.account, fileExists: () => true },
  });
  const configs = deployments?.map(({ props }) => props.logConfig) ?? [];
  expect(configs.length).toBe(10);
  for (const { project, logstore } of configs)
    expect({ project, logstore }).toEqual({ project: logProject, logstore: logStore });
});
