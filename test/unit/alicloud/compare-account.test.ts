/** The file against the local cloud's account: nothing to say where they agree, one problem a difference. */
import {
  CHILD_INSTANCES,
  type ChildInstanceRecord,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
} from '../../../local/world/cbn/records';
import { NETWORK_INTERFACES, type NetworkInterfaceRecord } from '../../../local/world/ecs/records';
import type { State } from '../../../local/world/state';
import {
  ROUTE_TABLES,
  type RouteTableRecord,
  VPCS,
  type VpcRecord,
  VSWITCHES,
  type VSwitchRecord,
} from '../../../local/world/vpc/records';
import { compareAccount } from '../../../shared/alicloud/compare-account';
import { cidr, type Ipv4 } from '../../../shared/cidr';
import type { Cloud } from '../../../shared/engine/cloud';
import type { Topology } from '../../../shared/topology/topology';
import { example } from '../plan/topologies';
import { exampleCloud } from '../resources/example-cloud';

/** `severity code: message` of each problem. */
async function differences(change: (topology: Topology, state: State) => void): Promise<string[]> {
  const { cloud, world } = exampleCloud();
  const topology = example();
  change(topology, world.state);
  const problems = await compareAccount({ topology, cloud });
  for (const { remedy, file, line } of problems) {
    expect(remedy).not.toBe('');
    expect({ file, line }).toEqual({ file: null, line: null });
  }
  return problems.map(({ severity, code, message }) => `${severity} ${code}: ${message}`).sort();
}

test('the example agrees with its account, at a modest number of reads', async () => {
  const { cloud } = exampleCloud();
  expect(await compareAccount({ topology: example(), cloud })).toEqual([]);
  expect(cloud.asked.length).toBeLessThanOrEqual(20);
  expect(cloud.asked.filter(({ action }) => !/^(Describe|List|Check)/.test(action))).toEqual([]);
});

const basic = (topology: Topology): void => {
  const { links } = topology.backbone;
  topology.backbone = { edition: 'basic', cen: 'cen-acme-basic', bandwidthPackage: 'cenbwp-acme', links };
};

test('the basic edition on a CEN and a package that exist agrees too', async () => {
  expect(await differences(basic)).toEqual([]);
});

test('a link that a package serves which the instance has already agrees, too', async () => {
  const found = await differences((topology, state) => {
    basic(topology);
    const named = state.get<object>('cbn.bandwidth-packages', 'cenbwp-acme')!;
    const bound = { id: 'cenbwp-bound', cenId: 'cen-acme-basic', status: 'InUse' };
    state.put('cbn.bandwidth-packages', bound.id, { ...named, ...bound });
    edit(state, 'cbn.bandwidth-packages', 'cenbwp-acme', { areas: ['china', 'europe'] });
  });
  expect(found).toEqual([]);
});

const edit = <T>(state: State, collection: string, key: string, change: Partial<T>): void =>
  state.put(collection, key, { ...state.get<T>(collection, key), ...change });

interface Difference {
  what: string;
  change: (topology: Topology, state: State) => void;
  expected: string[];
}

const DIFFERENCES: Difference[] = [
  {
    what: 'a VPC that does not exist is one problem, not one a vSwitch',
    change: ({ vpcs }) => Object.assign(vpcs[0]!, { id: 'vpc-none' }),
    expected: ['error vpc-missing: vpc virginia: the account has no vpc-none in us-east-1'],
  },
  {
    what: 'a VPC named with another region',
    change: ({ vpcs }) => Object.assign(vpcs[0]!, { region: 'us-west-1' }),
    expected: ['error vpc-missing: vpc virginia: the account has no vpc-virginia in us-west-1'],
  },
  {
    what: 'a secondary block that the file leaves out',
    change: (_topology, state) => edit<VpcRecord>(state, VPCS, 'vpc-virginia', { secondaryCidrs: ['10.250.0.0/16'] }),
    expected: ['error vpc-cidr-unstated: vpc virginia: vpc-virginia has 10.250.0.0/16, which the file does not state'],
  },
  {
    what: 'a block that the VPC does not have',
    change: ({ vpcs }) => vpcs[0]!.cidrs.push(cidr('10.250.0.0/16')),
    expected: [
      'error vpc-cidr-absent: vpc virginia: the file states 10.250.0.0/16, and vpc-virginia has 192.168.0.0/16',
    ],
  },
  {
    what: 'a vSwitch of another zone and block',
    change: (_topology, state) =>
      edit<VSwitchRecord>(state, VSWITCHES, 'vsw-va-b', { zone: 'us-east-1c', cidr: '192.168.99.0/24' }),
    expected: expect.arrayContaining([
      'error vswitch-cidr: vSwitch vsw-va-b: the file says cidr 192.168.11.0/24, the account 192.168.99.0/24',
      'error vswitch-zone: vSwitch vsw-va-b: the file says zone us-east-1b, the account us-east-1c',
    ]) as never,
  },
  {
    what: 'a vSwitch that does not exist',
    change: ({ vpcs }) =>
      vpcs[0]!.vSwitches.push({ id: 'vsw-none', zone: 'us-east-1a', cidr: cidr('192.168.12.0/24'), routeTable: null }),
    expected: ['error vswitch-missing: vpc virginia has no vSwitch vsw-none'],
  },
  {
    what: 'a custom table on a vSwitch of the file',
    change: (_topology, state) => {
      putCustomTable(state);
      edit<VSwitchRecord>(state, VSWITCHES, 'vsw-va-a', { routeTableId: 'vtb-custom' });
    },
    expected: [
      'error vswitch-route-table: vSwitch vsw-va-a: the file says route table of the system, the account vtb-custom',
    ],
  },
  {
    what: 'a custom table on a vSwitch that the file leaves out',
    change: (_topology, state) => {
      putCustomTable(state);
      const { id: _id, ...like } = state.get<VSwitchRecord>(VSWITCHES, 'vsw-va-a')!;
      const other = { ...like, id: 'vsw-va-c', cidr: '192.168.12.0/24', routeTableId: 'vtb-custom' };
      state.put(VSWITCHES, 'vsw-va-c', other);
    },
    expected: [
      'warning route-table-unstated: vpc virginia has the custom route table vtb-custom on vsw-va-c, which the file does not mention: offices will not reach what stands there',
    ],
  },
  {
    what: 'a security group of another VPC',
    change: ({ vpcs }) => Object.assign(vpcs[0]!.applications[0]!, { securityGroup: 'sg-crm' }),
    expected: ['error security-group-missing: virginia.orders: vpc-virginia has no security group sg-crm'],
  },
  {
    what: 'an address that nobody carries',
    change: ({ vpcs }) => Object.assign(vpcs[0]!.applications[0]!, { addresses: ['192.168.10.99' as Ipv4] }),
    expected: ['warning address-unused: virginia.orders: no network interface of vpc-virginia carries 192.168.10.99'],
  },
  {
    what: 'an address in another group',
    change: (_topology, state) => {
      const found = state
        .values<NetworkInterfaceRecord>(NETWORK_INTERFACES)
        .find(({ address }) => address === '192.168.10.20')!;
      edit<NetworkInterfaceRecord>(state, NETWORK_INTERFACES, found.id, { securityGroupIds: ['sg-other'] });
    },
    expected: [
      expect.stringMatching(
        /^warning address-in-another-group: virginia.orders: 192.168.10.20 is on eni-\S+, which is in sg-other and not in sg-orders$/,
      ) as never,
    ],
  },
  {
    what: 'a vSwitch without a free address',
    change: (_topology, state) => {
      const usedAddresses = Array.from({ length: 252 }, (_unused, index) => `192.168.11.${index + 1}`);
      edit<VSwitchRecord>(state, VSWITCHES, 'vsw-va-b', { usedAddresses });
    },
    expected: [
      'warning vswitch-full: vSwitch vsw-va-b has no free address, and a gateway or attachment made in it takes one',
    ],
  },
  {
    what: 'a secret that the file names and nobody made',
    change: ({ offices }) => Object.assign(offices[3]!, { presharedKeySecret: 'acme/none' }),
    expected: [
      'error secret-missing: office-4 names the secret acme/none, and the key management service of cn-shanghai has none of that name',
    ],
  },
  {
    what: 'transit routers that were never opened',
    change: (_topology, state) => state.delete('cbn.opened-services', 'transit-router'),
    expected: [
      expect.stringMatching(
        /^error transit-router-service-closed: the account cannot use transit routers yet/,
      ) as never,
    ],
  },
  {
    what: 'a CEN instance that does not exist',
    change: ({ backbone }) => Object.assign(backbone, { cen: 'cen-none' }),
    expected: ['error cen-missing: backbone.cen names cen-none, and the account has no such CEN instance'],
  },
  {
    what: 'a CEN instance of the other edition',
    change: ({ backbone }, state) => {
      backbone.cen = 'cen-acme-existing';
      state.put(TRANSIT_ROUTERS, 'tr-basic', {
        id: 'tr-basic',
        cenId: 'cen-acme-existing',
        region: 'us-east-1',
        name: '',
        description: '',
        type: 'Basic',
        status: 'Active',
        createdAt: 0,
        tags: [],
      } satisfies TransitRouterRecord);
    },
    expected: [
      'error cen-edition: the file says edition transit-router, and cen-acme-existing has a basic transit router in us-east-1',
    ],
  },
  {
    what: 'a VPC that another instance of the basic edition has',
    change: (topology, state) => {
      basic(topology);
      state.put(CHILD_INSTANCES, 'cen-acme-existing/vpc-shanghai', {
        cenId: 'cen-acme-existing',
        instanceId: 'vpc-shanghai',
        instanceType: 'VPC',
        region: 'cn-shanghai',
        status: 'Attached',
        attachedAt: 0,
      } satisfies ChildInstanceRecord);
    },
    expected: [
      'error vpc-in-another-cen: vpc shanghai: vpc-shanghai is attached to cen-acme-existing, and backbone.cen names cen-acme-basic',
    ],
  },
  {
    what: 'a bandwidth package that does not exist',
    change: ({ backbone }) => Object.assign(backbone, { bandwidthPackage: 'cenbwp-none' }),
    expected: [
      'error bandwidth-package-missing: backbone.bandwidthPackage names cenbwp-none, and the account has none of that id',
    ],
  },
  {
    what: 'a bandwidth package that another instance has',
    change: (topology, state) => {
      basic(topology);
      edit(state, 'cbn.bandwidth-packages', 'cenbwp-acme', { cenId: 'cen-other', status: 'InUse' });
    },
    expected: ['error bandwidth-package-taken: cenbwp-acme is bound to cen-other'],
  },
  {
    what: 'a bandwidth package for other areas than a link’s',
    change: (topology, state) => {
      basic(topology);
      edit(state, 'cbn.bandwidth-packages', 'cenbwp-acme', { areas: ['china', 'europe'] });
    },
    expected: [
      'error bandwidth-package-span: the link between shanghai and virginia leads from cn-shanghai to us-east-1, and no bandwidth package of this network is for their areas',
    ],
  },
];

function putCustomTable(state: State): void {
  const like = state.values<RouteTableRecord>(ROUTE_TABLES).find(({ vpcId }) => vpcId === 'vpc-virginia')!;
  state.put(ROUTE_TABLES, 'vtb-custom', { ...like, id: 'vtb-custom', type: 'Custom' });
}

test.each(DIFFERENCES)('$what', async ({ change, expected }) => {
  expect(await differences(change)).toEqual(expected);
});

test('zones that the services do not offer, each for what cannot stand there', async () => {
  const { cloud } = exampleCloud();
  const offers: Cloud = {
    call: async (request) => {
      const answer = (await cloud.call(request)) as object;
      if (request.action === 'ListTransitRouterAvailableResource')
        return { ...answer, AvailableZones: ['us-east-1a', 'cn-shanghai-b', 'cn-shanghai-g'] };
      if (request.action === 'DescribeVpnGatewayAvailableZones')
        return { AvailableZoneIdList: ['us-east-1a', 'us-east-1b', 'cn-shanghai-g'].map((ZoneId) => ({ ZoneId })) };
      return answer;
    },
  };
  const problems = await compareAccount({ topology: example(), cloud: offers });
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'attachment-zone: vpc virginia: no attachment can stand in us-east-1b (vsw-va-b); the service offers us-east-1a, cn-shanghai-b, cn-shanghai-g',
    'gateway-zone: vpc shanghai: no gateway can stand in cn-shanghai-b (vsw-sh-a); the service offers us-east-1a, us-east-1b, cn-shanghai-g',
  ]);
});

test('everything that is wrong is said at once', async () => {
  const found = await differences(({ vpcs, offices }, state) => {
    vpcs[0]!.applications[0]!.securityGroup = 'sg-none';
    offices[3]!.presharedKeySecret = 'acme/none';
    state.delete('cbn.opened-services', 'transit-router');
  });
  expect(found.map((line) => line.split(':')[0])).toEqual([
    'error secret-missing',
    'error security-group-missing',
    'error transit-router-service-closed',
  ]);
});
