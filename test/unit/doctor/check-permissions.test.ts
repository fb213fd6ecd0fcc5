/** Dry runs that cannot make anything, and what their answers mean. */
import { permissionsCheck } from '../../../cli/doctor/check-permissions';
import { dryRuns } from '../../../cli/doctor/dry-runs';
import { OPENED_SERVICES } from '../../../local/world/cbn/records';
import { type Cloud, CloudError } from '../../../shared/engine/cloud';
import { canonicalJson, type Json } from '../../../shared/json';
import type { Topology } from '../../../shared/topology/topology';
import { example } from '../plan/topologies';
import { exampleCloud } from '../resources/example-cloud';

const REGION = 'us-east-1';
const ROUTE_TABLE = 'InvalidRouteTableId.NotFound';

const find = (cloud: Cloud, topology: Topology | null = null) =>
  permissionsCheck({ cloud, region: REGION, topology, identity: 'RAMUser' }).run();

/** Answers what is named with the code, and everything else as a dry run that would have succeeded. */
const answering = (codes: Readonly<Record<string, string>>): Cloud => ({
  call: async ({ service, action }) => {
    const code = codes[action] ?? 'DryRunOperation';
    const detail = { service, action, code, class: 'fatal', status: 400, requestId: null } as const;
    throw new CloudError(detail, `${action}: ${code}`);
  },
});

const ACTIONS = [
  'vpc:CreateVpnConnection',
  'vpc:CreateVpnRouteEntry',
  'vpc:CreateRouteEntry',
  'cbn:CreateTransitRouter',
  'cbn:CreateTransitRouterVpcAttachment',
  'cbn:CreateTransitRouterPeerAttachment',
  'cbn:AssociateTransitRouterAttachmentWithRouteTable',
  'cbn:EnableTransitRouterRouteTablePropagation',
];

const asked = (topology: Topology | null): string[] =>
  dryRuns(topology, REGION).map(({ service, region, action }) => `${service}:${action}${region ? ` ${region}` : ''}`);

describe('what is asked', () => {
  test('without a file: both editions, in the functions’ own region', () => {
    expect(asked(null).map((each) => each.split(' ')[0])).toEqual(ACTIONS);
    expect(asked(null)[0]).toBe('vpc:CreateVpnConnection us-east-1');
  });

  test('with a file: in each of its regions, and CEN once', () => {
    expect(asked(example()).filter((each) => each.startsWith('vpc:CreateVpnConnection'))).toEqual([
      'vpc:CreateVpnConnection us-east-1',
      'vpc:CreateVpnConnection cn-shanghai',
    ]);
    expect(asked(example()).filter((each) => each.startsWith('cbn:'))).toHaveLength(5);
  });

  test('the basic edition has no dry run of CEN', () => {
    const topology = example();
    const { links } = topology.backbone;
    topology.backbone = { edition: 'basic', cen: 'cen-acme-basic', bandwidthPackage: null, links };
    expect(asked(topology).filter((each) => each.startsWith('cbn:'))).toEqual([]);
  });
});

describe('nothing is made in the local cloud', () => {
  test.each([
    ['as a dry run', true],
    ['where the service did not heed that it is one', undefined],
  ])('%s', async (_, DryRun) => {
    const { cloud, world } = exampleCloud();
    const standing = (): string =>
      canonicalJson(
        [...world.state.snapshot()].filter(({ collection }) => !collection.startsWith('world.')) as unknown as Json,
      );
    const before = standing();
    const codes: string[] = [];
    for (const request of dryRuns(example(), REGION)) {
      expect(request.parameters.DryRun).toBe(true);
      const call = cloud.call({ ...request, parameters: { ...request.parameters, DryRun } });
      codes.push(await call.then(String, (error: CloudError) => error.detail.code));
    }
    const ofVpc = ['InvalidVpnGatewayInstanceId.NotFound', 'InvalidVpnGatewayInstanceId.NotFound', ROUTE_TABLE];
    const ofCen = ['InvalidCenId.NotFound', 'InvalidTransitRouterId.NotFound', 'InvalidTransitRouterId.NotFound'];
    expect(codes).toEqual([...ofVpc, ...ofVpc, ...ofCen, ROUTE_TABLE, ROUTE_TABLE]);
    expect(standing()).toBe(before);
  });
});

test('an account that refuses nothing is well, though nothing has the ids', async () => {
  const { cloud } = exampleCloud();
  expect(await find(cloud, example())).toEqual([
    {
      state: 'ok',
      code: 'permission-not-refused',
      subject: 'permission to build',
      message: 'no dry run of what builds networks is refused',
      remedy: null,
    },
  ]);
});

test('what is refused is one warning, each action once, by RAM’s names', async () => {
  const cloud = answering({ CreateVpnConnection: 'Forbidden.RAM', CreateTransitRouter: 'NoPermission' });
  const [finding, ...others] = await find(cloud, example());
  expect(finding).toMatchObject({
    state: 'warning',
    code: 'permission-to-build-missing',
    message: expect.stringContaining('are refused: vpc:CreateVpnConnection, cen:CreateTransitRouter. The functions'),
    remedy: expect.stringContaining('grant vpc:CreateVpnConnection, cen:CreateTransitRouter;'),
  });
  expect(others).toEqual([]);
});

test('a dry run that is answered plainly is no refusal', async () => {
  expect(await find({ call: async () => ({ RequestId: '1' }) })).toMatchObject([{ state: 'ok' }]);
});

test.each([
  ['the transit router service is closed', { CreateTransitRouter: 'Forbbiden.TransitRouterServiceNotOpen' }],
  ['a quota is used up', { CreateRouteEntry: 'QuotaExceeded.RouteEntry' }],
])('%s: another check tells it', async (_, codes) => {
  expect(await find(answering(codes))).toMatchObject([{ state: 'ok' }]);
});

test.each([
  ['nobody answers', 'Transport', 'service-unreachable'],
  ['money is due', 'VpnGateway.FinancialLocked', 'account-overdue'],
])('%s: an error, and the rest is not known', async (_, code, expected) => {
  expect(await find(answering({ CreateVpnConnection: code }))).toMatchObject([
    { state: 'error', code: expected, subject: 'VPC' },
    { state: 'skipped', subject: 'permission to build', message: 'not checked: see VPC' },
  ]);
});

test('a closed transit router service is no permission, in the local cloud neither', async () => {
  const { cloud, world } = exampleCloud();
  world.state.delete(OPENED_SERVICES, 'transit-router');
  expect(await find(cloud)).toMatchObject([{ state: 'ok' }]);
});
