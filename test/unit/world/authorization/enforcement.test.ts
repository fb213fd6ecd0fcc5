/** What each service asks of RAM for a role's request, and its own answer where RAM says no. */
import { cbnResources } from '../../../../local/world/cbn/permissions';
import { ecsResources } from '../../../../local/world/ecs/permissions';
import { eventBridgeResources } from '../../../../local/world/eventbridge/permissions';
import { kmsResources } from '../../../../local/world/kms/permissions';
import { ramResources } from '../../../../local/world/ram/permissions';
import { rpcActions } from '../../../../local/world/rpc/registry';
import { stsResources } from '../../../../local/world/sts/permissions';
import { vpcResources } from '../../../../local/world/vpc/permissions';
import { ACCOUNT_ID, ROLE_ARN, ROOT, roleWorld, WORKER } from './role-world';

const OF = `us-east-1:${ACCOUNT_ID}`;
const KEY = [{ name: 'id', value: { type: 'string', value: 'a' } }];
const READING = { columns: [], maxVersions: 1, timeRange: null, filter: null };
const write = (type: string) => ({
  primaryKey: KEY,
  condition: { existence: 'ignore' },
  returnContent: { type: 'none' },
  type,
});
const message = { body: 'YQ==', delaySeconds: null, priority: null };
const object = { bucket: 'b', key: 'topologies/a.yaml' };
const FILE = `acs:oss:*:${ACCOUNT_ID}:b/topologies/a.yaml`;
const QUEUE = `acs:mns:${OF}:/queues/q`;
const table = (name: string) => `acs:ots:${OF}:instance/trunkline/table/${name}`;

test.each<[string, object, string[]]>([
  ['oss', { operation: 'ListBuckets' }, [`oss:ListBuckets acs:oss:*:${ACCOUNT_ID}:*`]],
  ['oss', { operation: 'PutBucket', bucket: 'b', acl: null }, [`oss:PutBucket acs:oss:*:${ACCOUNT_ID}:b`]],
  [
    'oss',
    { operation: 'PutBucket', bucket: 'b', acl: 'private' },
    [`oss:PutBucket acs:oss:*:${ACCOUNT_ID}:b`, `oss:PutBucketAcl acs:oss:*:${ACCOUNT_ID}:b`],
  ],
  ['oss', { operation: 'GetBucket', bucket: 'b' }, [`oss:GetBucketInfo acs:oss:*:${ACCOUNT_ID}:b`]],
  ['oss', { operation: 'GetBucket', bucket: 'b', aspect: 'acl' }, [`oss:GetBucketAcl acs:oss:*:${ACCOUNT_ID}:b`]],
  ['oss', { operation: 'PutBucketAcl', bucket: 'b' }, [`oss:PutBucketAcl acs:oss:*:${ACCOUNT_ID}:b`]],
  ['oss', { operation: 'PutBucketVersioning', bucket: 'b' }, [`oss:PutBucketVersioning acs:oss:*:${ACCOUNT_ID}:b`]],
  ['oss', { operation: 'DeleteBucket', bucket: 'b' }, [`oss:DeleteBucket acs:oss:*:${ACCOUNT_ID}:b`]],
  ['oss', { operation: 'PutObject', ...object }, [`oss:PutObject ${FILE}`]],
  ['oss', { operation: 'GetObject', ...object }, [`oss:GetObject ${FILE}`]],
  ['oss', { operation: 'DeleteObject', ...object }, [`oss:DeleteObject ${FILE}`]],
  [
    'oss',
    { operation: 'CopyObject', source: object, bucket: 'c', key: 'k' },
    [`oss:GetObject ${FILE}`, `oss:PutObject acs:oss:*:${ACCOUNT_ID}:c/k`],
  ],
  [
    'oss',
    { operation: 'DeleteObjects', bucket: 'b', keys: ['x', 'y'] },
    [`oss:DeleteObject acs:oss:*:${ACCOUNT_ID}:b/x`, `oss:DeleteObject acs:oss:*:${ACCOUNT_ID}:b/y`],
  ],
  [
    'oss',
    { operation: 'ListObjects', bucket: 'b', prefix: 'p', delimiter: '' },
    [`oss:ListObjects acs:oss:*:${ACCOUNT_ID}:b`],
  ],
  ['smq', { operation: 'ListQueue' }, [`mns:ListQueue acs:mns:${OF}:/queues`]],
  ['smq', { operation: 'CreateQueue', queue: 'q' }, [`mns:CreateQueue ${QUEUE}`]],
  ['smq', { operation: 'SetQueueAttributes', queue: 'q' }, [`mns:SetQueueAttributes ${QUEUE}`]],
  ['smq', { operation: 'GetQueueAttributes', queue: 'q' }, [`mns:GetQueueAttributes ${QUEUE}`]],
  ['smq', { operation: 'DeleteQueue', queue: 'q' }, [`mns:DeleteQueue ${QUEUE}`]],
  ['smq', { operation: 'SendMessages', queue: 'q', messages: [message] }, [`mns:SendMessage ${QUEUE}/messages`]],
  ['smq', { operation: 'ReceiveMessages', queue: 'q' }, [`mns:ReceiveMessage ${QUEUE}/messages`]],
  ['smq', { operation: 'PeekMessages', queue: 'q' }, [`mns:PeekMessage ${QUEUE}/messages`]],
  ['smq', { operation: 'ChangeMessageVisibility', queue: 'q' }, [`mns:ChangeMessageVisibility ${QUEUE}/messages`]],
  ['smq', { operation: 'DeleteMessages', queue: 'q' }, [`mns:DeleteMessage ${QUEUE}/messages`]],
  ['tablestore', { operation: 'ListTable', instance: 'Trunkline' }, [`ots:ListTable ${table('*')}`]],
  ['tablestore', { operation: 'CreateTable', instance: 'trunkline', table: 't' }, [`ots:CreateTable ${table('t')}`]],
  ['tablestore', { operation: 'DeleteTable', table: 't' }, [`ots:DeleteTable acs:ots:${OF}:instance/*/table/t`]],
  [
    'tablestore',
    { operation: 'GetRow', instance: 'trunkline', table: 't', reading: READING },
    [`ots:GetRow ${table('t')}`],
  ],
  ['tablestore', { operation: 'GetRange', instance: 'trunkline', table: 't' }, [`ots:GetRange ${table('t')}`]],
  ...(['put', 'update', 'delete'] as const).map((type): [string, object, string[]] => [
    'tablestore',
    { operation: 'WriteRow', instance: 'trunkline', table: 't', write: write(type) },
    [`ots:${{ put: 'PutRow', update: 'UpdateRow', delete: 'DeleteRow' }[type]} ${table('t')}`],
  ]),
  [
    'tablestore',
    { operation: 'BatchWriteRow', instance: 'trunkline', tables: [{ table: 't' }, { table: 'u' }, { table: 't' }] },
    [`ots:BatchWriteRow ${table('t')}`, `ots:BatchWriteRow ${table('u')}`],
  ],
  ['fc', { operation: 'InvokeFunction', name: 'f' }, [`fc:InvokeFunction acs:fc:${OF}:functions/f`]],
  ['fc', { operation: 'CreateFunction', body: { functionName: 'f' } }, [`fc:CreateFunction acs:fc:${OF}:functions/f`]],
])('%s needs for %j: %j', (service, input, permissions) => {
  const world = roleWorld();
  const output = world.serve(service, input) as { ok: boolean; status: number };
  expect([output.ok, output.status]).toEqual([false, 403]);
  expect(world.asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual(permissions);
  expect(world.asked.every(({ roleArn, allowed }) => roleArn === ROLE_ARN && !allowed)).toBe(true);
});

test.each([
  ['oss', { operation: 'PutObject', ...object }, 'AccessDenied', 'You have no right to access this object.'],
  [
    'smq',
    { operation: 'ListQueue' },
    'AccessDenied',
    'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  ],
  [
    'tablestore',
    { operation: 'ListTable' },
    'OTSNoPermissionAccess',
    'You have no permission to access the requested resource, please contact the resource owner.',
  ],
])('%s refuses in its own words', (service, input, code, text) => {
  expect(roleWorld().serve(service, input)).toEqual({ ok: false, status: 403, code, message: text });
});

const HERE = { RegionId: 'us-east-1' };
const GATEWAY = `acs:vpc:${OF}:vpngateway`;

test.each([
  ['vpc', 'CreateVpnGateway', {}, `vpc:CreateVpnGateway ${GATEWAY}/*`],
  ['vpc', 'DeleteVpnGateway', { VpnGatewayId: 'vpn-1' }, `vpc:DeleteVpnGateway ${GATEWAY}/vpn-1`],
  ['vpc', 'DescribeVpnGateways', {}, `vpc:DescribeVpnGateways ${GATEWAY}/*`],
  ['vpc', 'DescribeVpcs', { RegionId: 'cn-shanghai' }, `vpc:DescribeVpcs acs:vpc:cn-shanghai:${ACCOUNT_ID}:vpc/*`],
  ['vpc', 'TagResources', { ResourceId: ['vpn-1'] }, 'vpc:TagResources *'],
  ['cbn', 'CreateCen', {}, `cen:CreateCen acs:cen:*:${ACCOUNT_ID}:ceninstance/*`],
  [
    'cbn',
    'CreateTransitRouterVpcAttachment',
    { CenId: 'cen-1' },
    `cen:CreateTransitRouterVpcAttachment acs:cen:*:${ACCOUNT_ID}:ceninstance/cen-1`,
  ],
  [
    'cbn',
    'CreateTransitRouterVpcAttachment',
    { CenId: 'cen-1', TransitRouterId: 'tr-1' },
    `cen:CreateTransitRouterVpcAttachment acs:cen:*:${ACCOUNT_ID}:centransitrouter/tr-1`,
  ],
  [
    'ecs',
    'DeleteSecurityGroup',
    { SecurityGroupId: 'sg-1' },
    `ecs:DeleteSecurityGroup acs:ecs:${OF}:securitygroup/sg-1`,
  ],
  ['kms', 'GetSecretValue', { SecretName: 'a/b' }, `kms:GetSecretValue acs:kms:${OF}:secret/a/b`],
  ['sts', 'AssumeRole', { RoleArn: ROLE_ARN }, `sts:AssumeRole ${ROLE_ARN}`],
  ['ram', 'GetRole', { RoleName: 'worker' }, `ram:GetRole acs:ram:*:${ACCOUNT_ID}:role/worker`],
  [
    'ram',
    'GetPolicy',
    { PolicyName: 'AliyunOSSFullAccess', PolicyType: 'System' },
    'ram:GetPolicy acs:ram:*:system:policy/AliyunOSSFullAccess',
  ],
] as const)('%s needs for %s %j: %s', (product, action, parameters, permission) => {
  const world = roleWorld();
  expect(world.rpc(product, action, parameters).status).toBe(403);
  expect(world.asked.map((asked) => `${asked.action} ${asked.resource}`)).toEqual([permission]);
});

test.each([
  ['vpc', vpcResources],
  ['cbn', cbnResources],
  ['ecs', ecsResources],
  ['eventbridge', eventBridgeResources],
  ['kms', kmsResources],
  ['ram', ramResources],
  ['sts', stsResources],
] as const)('the table of %s has every action that there is, and none besides', (product, table) => {
  const actions = rpcActions.filter((action) => action.product === product).map(({ name }) => name);
  expect(Object.keys(table).sort()).toEqual(actions.sort());
});

test.each([
  ['vpc', 'DescribeVpcs', 'Forbidden.RAM'],
  ['ecs', 'DescribeSecurityGroups', 'Forbidden.RAM'],
  ['cbn', 'DescribeCens', 'NoPermission'],
  ['eventbridge', 'ListEventBuses', 'AccessDenied'],
  ['kms', 'CreateSecret', 'Forbidden.NoPermission'],
  ['ram', 'ListRoles', 'NoPermission'],
  ['sts', 'AssumeRole', 'NoPermission'],
] as const)('%s refuses %s with %s, and says what was missing', (product, action, code) => {
  const { status, body } = roleWorld().rpc(product, action);
  expect([status, body['Code']]).toEqual([403, code]);
  expect(body['AccessDeniedDetail']).toMatchObject({
    AuthAction: `${product === 'cbn' ? 'cen' : product}:${action}`,
    AuthPrincipalType: 'AssumedRoleUser',
    AuthPrincipalOwnerId: ACCOUNT_ID,
    AuthPrincipalDisplayName: 'worker',
    NoPermissionType: 'ImplicitDeny',
  });
});

test('an explicit denial says so', () => {
  const world = roleWorld({ Action: '*' }, { Effect: 'Deny', Action: 'vpc:*' });
  expect(world.rpc('vpc', 'DescribeVpcs').body['AccessDeniedDetail']).toMatchObject({
    NoPermissionType: 'ExplicitDeny',
  });
});

test('what is allowed is served, and what stands beside it is not', () => {
  const world = roleWorld({ Action: 'mns:*', Resource: `${QUEUE}*` });
  expect(world.serve('smq', { operation: 'CreateQueue', queue: 'q', attributes: {} })).toMatchObject({ ok: true });
  expect(world.serve('smq', { operation: 'CreateQueue', queue: 'other', attributes: {} })).toMatchObject({
    code: 'AccessDenied',
  });
  expect(world.asked).toEqual([
    { roleArn: ROLE_ARN, action: 'mns:CreateQueue', resource: QUEUE, allowed: true },
    { roleArn: ROLE_ARN, action: 'mns:CreateQueue', resource: `acs:mns:${OF}:/queues/other`, allowed: false },
  ]);
});

test('a refused request changes nothing', () => {
  const world = roleWorld();
  world.serve('oss', { operation: 'PutBucket', bucket: 'b', acl: null, storageClass: null });
  expect(world.serve('oss', { operation: 'ListBuckets', prefix: '', marker: '', maxKeys: 10 }, ROOT)).toMatchObject({
    result: { buckets: [] },
  });
});

test('a listing can be held to a prefix', () => {
  const world = roleWorld({ Action: 'oss:ListObjects', Condition: { StringLike: { 'oss:Prefix': 'topologies/*' } } });
  const list = (prefix: string) =>
    world.serve('oss', { operation: 'ListObjects', bucket: 'b', prefix, delimiter: '', after: '', maxKeys: 1 });
  expect(list('topologies/')).toMatchObject({ code: 'NoSuchBucket' });
  expect(list('')).toMatchObject({ code: 'AccessDenied' });
});

test('of several permissions every one is needed', () => {
  const world = roleWorld({ Action: 'ots:BatchWriteRow', Resource: table('t') });
  const tables = [
    { table: 't', writes: [] },
    { table: 'u', writes: [] },
  ];
  expect(world.serve('tablestore', { operation: 'BatchWriteRow', instance: 'trunkline', tables })).toMatchObject({
    code: 'OTSNoPermissionAccess',
  });
  expect(world.asked.map(({ allowed }) => allowed)).toEqual([true, false]);
});

test('a version that is put in force counts at once, and so does a policy that is taken away', () => {
  const world = roleWorld();
  const describe = () => world.rpc('vpc', 'DescribeVpcs', HERE).status;
  expect(describe()).toBe(403);
  world.grant({ Action: 'vpc:Describe*' });
  expect(describe()).toBe(200);
  world.rpc('ram', 'DetachPolicyFromRole', { PolicyName: 'worker', PolicyType: 'Custom', RoleName: 'worker' }, ROOT);
  expect(describe()).toBe(403);
});

test('a session’s own policy takes away, and adds nothing', () => {
  const world = roleWorld({ Action: ['vpc:*', 'ecs:*'] });
  const Policy = JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['vpc:*', 'kms:*'], Resource: '*' }],
  });
  const session = { RoleArn: ROLE_ARN, RoleSessionName: 'narrow', Policy };
  const { Credentials } = world.rpc('sts', 'AssumeRole', session, ROOT).body as {
    Credentials: { AccessKeyId: string };
  };
  const narrow = { ...WORKER, accessKeyId: Credentials.AccessKeyId };
  const status = (product: 'vpc' | 'ecs' | 'kms', action: string) => world.rpc(product, action, HERE, narrow).status;
  expect(status('vpc', 'DescribeVpcs')).toBe(200);
  expect(status('ecs', 'DescribeSecurityGroups')).toBe(403);
  expect(status('kms', 'DescribeSecret')).toBe(403);
  expect(world.rpc('ecs', 'DescribeSecurityGroups', HERE).status).toBe(200);
});

test('the account’s own key may do everything, and nobody is asked', () => {
  const world = roleWorld();
  expect(world.rpc('vpc', 'DescribeVpcs', HERE, ROOT).status).toBe(200);
  expect(world.asked).toEqual([]);
});

test('who one is may be asked by everybody', () => {
  expect(roleWorld().rpc('sts', 'GetCallerIdentity').body).toMatchObject({ RoleId: 'worker' });
});

test('an action that there is not is not found, whoever asks', () => {
  expect(roleWorld().rpc('vpc', 'Toggle').body['Code']).toBe('InvalidAction.NotFound');
});

test('a role that RAM does not know may do nothing', () => {
  const stranger = { ...WORKER, roleArn: `acs:ram::${ACCOUNT_ID}:role/nobody` };
  expect(roleWorld().rpc('vpc', 'DescribeVpcs', HERE, stranger).status).toBe(403);
});
