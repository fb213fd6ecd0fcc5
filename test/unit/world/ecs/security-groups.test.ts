import type { JsonObject } from '../../../../shared/json';
import { localAccount } from '../rpc/local-account';

const vpc = (id: string, region: string) => ({ id, region, name: '', cidrs: [], customRouteTables: [], vSwitches: [] });
const group = (id: string, vpcId: string, type: 'normal' | 'enterprise' = 'normal') => ({
  id,
  vpc: vpcId,
  type,
  rules: [],
});

/** Two VPCs, a group in each and an enterprise one; sg-a and sg-e are on an interface each. */
const ecs = (quotas: Record<string, number> = {}) =>
  localAccount(
    'ecs',
    {
      quotas,
      vpcs: [
        {
          ...vpc('vpc-1', 'us-east-1'),
          cidrs: ['192.168.0.0/16'],
          vSwitches: [{ id: 'vsw-1', zone: 'us-east-1a', cidr: '192.168.10.0/24' }],
        },
        vpc('vpc-2', 'us-east-1'),
        vpc('vpc-far', 'cn-shanghai'),
      ],
      securityGroups: [
        group('sg-a', 'vpc-1'),
        group('sg-b', 'vpc-1'),
        group('sg-2', 'vpc-2'),
        group('sg-e', 'vpc-1', 'enterprise'),
      ],
      instances: [
        { id: 'i-1', vSwitch: 'vsw-1', address: '192.168.10.20', securityGroups: ['sg-a'] },
        { id: 'i-2', vSwitch: 'vsw-1', address: '192.168.10.21', securityGroups: ['sg-e'] },
      ],
    },
    { RegionId: 'us-east-1' },
  );

const A = { SecurityGroupId: 'sg-a' };
const RULE = {
  'Permissions.1.IpProtocol': 'tcp',
  'Permissions.1.PortRange': '443/443',
  'Permissions.1.SourceCidrIp': '10.10.10.0/24',
};

const rulesOf = (local: ReturnType<typeof ecs>, more = {}): JsonObject[] => {
  const { Permissions } = local.call('DescribeSecurityGroupAttribute', { ...A, ...more });
  return (Permissions as { Permission: JsonObject[] }).Permission;
};

const namesOf = (body: JsonObject): unknown[] =>
  (body['SecurityGroups'] as { SecurityGroup: JsonObject[] }).SecurityGroup.map((each) => each['SecurityGroupId']);

describe('rules', () => {
  test('a rule is answered as the service writes it: protocol in capitals, policy capitalised, priority a text', () => {
    const local = ecs();
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE, 'Permissions.1.Description': 'office 1' });
    expect(rulesOf(local)).toEqual([
      expect.objectContaining({
        SecurityGroupRuleId: expect.stringMatching(/^sgr-/),
        Direction: 'ingress',
        IpProtocol: 'TCP',
        PortRange: '443/443',
        SourceCidrIp: '10.10.10.0/24',
        DestCidrIp: '',
        Policy: 'Accept',
        Priority: '1',
        Description: 'office 1',
        CreateTime: '2026-11-22T00:00:00Z',
      }),
    ]);
  });

  test('an identical rule succeeds and changes nothing, even with another description or case', () => {
    const local = ecs();
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE, 'Permissions.1.Description': 'first' });
    const again = { ...RULE, 'Permissions.1.IpProtocol': 'TCP', 'Permissions.1.Policy': 'Accept' };
    local.call('AuthorizeSecurityGroup', { ...A, ...again, 'Permissions.1.Description': 'second' });
    expect(rulesOf(local).map((rule) => rule['Description'])).toEqual(['first']);
  });

  test.each([
    ['its priority', { 'Permissions.1.Priority': '2' }],
    ['its policy', { 'Permissions.1.Policy': 'drop' }],
    ['its port', { 'Permissions.1.PortRange': '443/444' }],
    ['its protocol', { 'Permissions.1.IpProtocol': 'udp' }],
    ['its source', { 'Permissions.1.SourceCidrIp': '10.10.20.0/24' }],
  ])('another rule is one that differs in %s', (_, change) => {
    const local = ecs();
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE });
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE, ...change });
    expect(rulesOf(local)).toHaveLength(2);
  });

  test('rules stand in the order of their making, and can be asked for by direction', () => {
    const local = ecs();
    for (const port of ['1', '2', '3', '4', '5'])
      local.call('AuthorizeSecurityGroup', { ...A, ...RULE, 'Permissions.1.PortRange': `${port}/${port}` });
    local.call('AuthorizeSecurityGroupEgress', {
      ...A,
      'Permissions.1.IpProtocol': 'all',
      'Permissions.1.PortRange': '-1/-1',
      'Permissions.1.DestCidrIp': '0.0.0.0/0',
    });
    const ports = (more = {}) => rulesOf(local, more).map((rule) => rule['PortRange']);
    expect(ports()).toEqual(['1/1', '2/2', '3/3', '4/4', '5/5', '-1/-1']);
    expect(ports({ Direction: 'ingress' })).toEqual(['1/1', '2/2', '3/3', '4/4', '5/5']);
    expect(ports({ Direction: 'egress' })).toEqual(['-1/-1']);
    expect(rulesOf(local, { Direction: 'egress' })[0]).toMatchObject({ DestCidrIp: '0.0.0.0/0', SourceCidrIp: '' });
  });

  test('the flat form adds one rule, and never beside the list', () => {
    const local = ecs();
    const flat = { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
    local.call('AuthorizeSecurityGroup', { ...A, ...flat });
    expect(rulesOf(local)).toMatchObject([{ PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' }]);
    expect(local.refused('AuthorizeSecurityGroup', { ...A, ...flat, ...RULE })).toBe('400 InvalidParam.Conflict');
  });

  test('the whole range of ports is a range; no rule at all is refused', () => {
    const local = ecs();
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE, 'Permissions.1.PortRange': '1/65535' });
    expect(rulesOf(local)).toMatchObject([{ PortRange: '1/65535' }]);
    expect(local.refused('AuthorizeSecurityGroup', A)).toBe('400 MissingParameter');
  });

  test('a group of the same VPC can be a source; where a block is given as well, the block stands', () => {
    const local = ecs();
    const { 'Permissions.1.SourceCidrIp': block, ...rest } = RULE;
    const named = { ...rest, 'Permissions.1.SourceGroupId': 'sg-b' };
    local.call('AuthorizeSecurityGroup', { ...A, ...named });
    local.call('AuthorizeSecurityGroup', { ...A, ...named, 'Permissions.1.SourceCidrIp': block });
    expect(rulesOf(local).map((rule) => [rule['SourceGroupId'], rule['SourceCidrIp']])).toEqual([
      ['sg-b', ''],
      ['', '10.10.10.0/24'],
    ]);
  });

  test.each([
    ['a port above 65535', { 'Permissions.1.PortRange': '1/65536' }, '400 InvalidPortRange.Malformed'],
    ['ports in the wrong order', { 'Permissions.1.PortRange': '444/443' }, '400 InvalidPortRange.Malformed'],
    ['all ports of TCP as -1', { 'Permissions.1.PortRange': '-1/-1' }, '400 InvalidPortRange.Malformed'],
    ['a port of ICMP', { 'Permissions.1.IpProtocol': 'icmp' }, '400 InvalidPortRange.Malformed'],
    ['no block', { 'Permissions.1.SourceCidrIp': '10.10.10.0/33' }, '400 InvalidSourceCidrIp.Malformed'],
    ['no source', { 'Permissions.1.SourceCidrIp': '' }, '400 MissingParameter.Source'],
    ['no protocol', { 'Permissions.1.IpProtocol': '' }, '400 InvalidIpProtocol.Malformed'],
    ['a prefix list', { 'Permissions.1.SourcePrefixListId': 'pl-1' }, '404 InvalidPrefixListId.NotFound'],
    ['a port list', { 'Permissions.1.PortRangeListId': 'prl-1' }, '404 InvalidPortRangeListId.NotFound'],
    ['IPv6', { 'Permissions.1.Ipv6SourceCidrIp': '2001:db8::/32' }, '400 OperationUnsupported.Ipv6'],
    ['priority 0', { 'Permissions.1.Priority': '0' }, '400 InvalidParameter'],
    ['priority 101', { 'Permissions.1.Priority': '101' }, '400 InvalidParameter'],
    ['a destination group', { 'Permissions.1.DestGroupId': 'sg-b' }, '400 UnsupportedParameter'],
  ])('refused: %s', (_, change, expected) => {
    const local = ecs();
    expect(local.refused('AuthorizeSecurityGroup', { ...A, ...RULE, ...change })).toBe(expected);
    expect(rulesOf(local)).toEqual([]);
  });

  test('a group of another VPC cannot be named, and an enterprise group names none', () => {
    const local = ecs();
    const { 'Permissions.1.SourceCidrIp': _, ...rest } = RULE;
    const naming = (id: string) => ({ ...rest, 'Permissions.1.SourceGroupId': id });
    for (const id of ['sg-2', 'sg-nowhere'])
      expect(local.refused('AuthorizeSecurityGroup', { ...A, ...naming(id) })).toBe(
        '404 InvalidSourceGroupId.NotFound',
      );
    expect(local.refused('AuthorizeSecurityGroup', { SecurityGroupId: 'sg-e', ...naming('sg-a') })).toBe(
      '400 InvalidGroupParameter.OperationDenied',
    );
  });

  test('a call whose second rule is wrong adds neither', () => {
    const local = ecs();
    const second = Object.entries(RULE).map(([key, value]) => [key.replace('.1.', '.2.'), value]);
    const wrong = { ...Object.fromEntries(second), 'Permissions.2.PortRange': '0/0' };
    expect(local.refused('AuthorizeSecurityGroup', { ...A, ...RULE, ...wrong })).toBe('400 InvalidPortRange.Malformed');
    expect(rulesOf(local)).toEqual([]);
  });

  test('two hundred rules a group, unless the account has more', () => {
    const many = (count: number) =>
      Object.assign(
        {},
        ...Array.from({ length: count }, (_, index) => ({
          [`Permissions.${index + 1}.IpProtocol`]: 'tcp',
          [`Permissions.${index + 1}.PortRange`]: '443/443',
          [`Permissions.${index + 1}.SourceCidrIp`]: `10.0.${index}.0/24`,
        })),
      ) as Record<string, string>;
    const few = ecs({ rulesPerSecurityGroup: 3 });
    few.call('AuthorizeSecurityGroup', { ...A, ...many(3) });
    expect(few.refused('AuthorizeSecurityGroup', { ...A, ...many(4) })).toBe('403 AuthorizationLimitExceed');
    expect(rulesOf(few)).toHaveLength(3);
    const usual = ecs();
    usual.call('AuthorizeSecurityGroup', { ...A, ...many(100) });
    usual.call('AuthorizeSecurityGroupEgress', {
      ...A,
      ...Object.fromEntries(Object.entries(many(100)).map(([key, value]) => [key.replace('Source', 'Dest'), value])),
    });
    expect(usual.refused('AuthorizeSecurityGroup', { ...A, ...RULE })).toBe('403 AuthorizationLimitExceed');
  });
});

describe('revoking', () => {
  const two = () => {
    const local = ecs();
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE });
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE, 'Permissions.1.PortRange': '22/22' });
    return { local, ids: rulesOf(local).map((rule) => String(rule['SecurityGroupRuleId'])) };
  };

  test('by id it takes that rule and no other', () => {
    const { local, ids } = two();
    local.call('RevokeSecurityGroup', { ...A, 'SecurityGroupRuleId.1': ids[0]! });
    expect(rulesOf(local).map((rule) => rule['SecurityGroupRuleId'])).toEqual([ids[1]]);
  });

  test('an unknown id is refused, and the known ones of that call stay', () => {
    const { local, ids } = two();
    const both = { 'SecurityGroupRuleId.1': ids[0]!, 'SecurityGroupRuleId.2': 'sgr-unknown' };
    expect(local.refused('RevokeSecurityGroup', { ...A, ...both })).toBe('400 InvalidParam.SecurityGroupRuleId');
    expect(rulesOf(local)).toHaveLength(2);
  });

  test('by content it takes what matches, and no match is no error', () => {
    const { local } = two();
    local.call('RevokeSecurityGroup', { ...A, ...RULE });
    local.call('RevokeSecurityGroup', { ...A, ...RULE });
    expect(rulesOf(local).map((rule) => rule['PortRange'])).toEqual(['22/22']);
  });

  test('by both it is refused', () => {
    const { local, ids } = two();
    expect(local.refused('RevokeSecurityGroup', { ...A, ...RULE, 'SecurityGroupRuleId.1': ids[0]! })).toBe(
      '400 InvalidParam.Conflict',
    );
  });

  test('the other direction’s rules are out of its reach', () => {
    const { local, ids } = two();
    expect(local.refused('RevokeSecurityGroupEgress', { ...A, 'SecurityGroupRuleId.1': ids[0]! })).toBe(
      '400 InvalidParam.SecurityGroupRuleId',
    );
  });
});

describe('groups', () => {
  test('one is made in a VPC of the region, with a token once', () => {
    const { call } = ecs();
    const made = { VpcId: 'vpc-1', SecurityGroupName: 'new', ClientToken: 't', 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' };
    const { SecurityGroupId } = call('CreateSecurityGroup', made);
    expect(call('CreateSecurityGroup', made)).toEqual({ SecurityGroupId });
    expect(call('DescribeSecurityGroups', { SecurityGroupName: 'new' })).toMatchObject({
      TotalCount: 1,
      SecurityGroups: {
        SecurityGroup: [
          { SecurityGroupId, SecurityGroupType: 'normal', Tags: { Tag: [{ TagKey: 'a', TagValue: 'b' }] } },
        ],
      },
    });
  });

  test.each([
    ['a VPC of another region', { VpcId: 'vpc-far' }, '404 InvalidVpcId.NotFound'],
    ['no VPC', {}, '404 InvalidVpcId.NotFound'],
    ['a name that is a link', { VpcId: 'vpc-1', SecurityGroupName: 'https://x' }, '400 InvalidParameter'],
  ])('refused: %s', (_, request, expected) => {
    expect(ecs().refused('CreateSecurityGroup', request)).toBe(expected);
  });

  test('what an interface carries or another group names cannot be deleted; what nobody needs takes its rules along', () => {
    const { call, refused, world } = ecs();
    const { 'Permissions.1.SourceCidrIp': _, ...rest } = RULE;
    call('AuthorizeSecurityGroup', { ...A, ...rest, 'Permissions.1.SourceGroupId': 'sg-b' });
    call('AuthorizeSecurityGroup', { ...A, ...RULE });
    expect(refused('DeleteSecurityGroup', A)).toBe('403 DependencyViolation');
    expect(refused('DeleteSecurityGroup', { SecurityGroupId: 'sg-b' })).toBe('403 DependencyViolation');
    call('RevokeSecurityGroup', { ...A, ...rest, 'Permissions.1.SourceGroupId': 'sg-b' });
    call('AuthorizeSecurityGroup', { SecurityGroupId: 'sg-b', ...RULE });
    call('DeleteSecurityGroup', { SecurityGroupId: 'sg-b' });
    expect(refused('DeleteSecurityGroup', { SecurityGroupId: 'sg-b' })).toBe('404 InvalidSecurityGroupId.NotFound');
    expect(world.state.size('ecs.security-rules')).toBe(1);
  });

  test('a group of another region is not found', () => {
    expect(ecs().refused('DescribeSecurityGroupAttribute', { ...A, RegionId: 'cn-shanghai' })).toBe(
      '404 InvalidSecurityGroupId.NotFound',
    );
  });

  test.each([
    ['none', {}, ['sg-a', 'sg-b', 'sg-2', 'sg-e']],
    ['the VPC', { VpcId: 'vpc-2' }, ['sg-2']],
    ['one id', { SecurityGroupId: 'sg-b' }, ['sg-b']],
    ['ids', { SecurityGroupIds: '["sg-b", "sg-2", "sg-unknown"]' }, ['sg-b', 'sg-2']],
    ['the type', { SecurityGroupType: 'enterprise' }, ['sg-e']],
    ['a name', { SecurityGroupName: 'sg-a' }, ['sg-a']],
    ['a star where it is a name', { SecurityGroupName: 'sg-*' }, []],
    ['a star where it is fuzzy', { SecurityGroupName: 's*-a', FuzzyQuery: 'true' }, ['sg-a']],
    ['a star at the end', { SecurityGroupName: 'sg-*', FuzzyQuery: 'true' }, ['sg-a', 'sg-b', 'sg-2', 'sg-e']],
    ['parts that overlap', { SecurityGroupName: 'sg-a*g-a', FuzzyQuery: 'true' }, []],
    ['stars between', { SecurityGroupName: 's*-*a', FuzzyQuery: 'true' }, ['sg-a']],
    ['a middle that is nowhere', { SecurityGroupName: 's*x*a', FuzzyQuery: 'true' }, []],
    ['a middle that the end has already', { SecurityGroupName: 'sg*a*a', FuzzyQuery: 'true' }, []],
    [
      'a middle right after the beginning',
      { SecurityGroupName: '*sg*', FuzzyQuery: 'true' },
      ['sg-a', 'sg-b', 'sg-2', 'sg-e'],
    ],
    ['a service that manages them', { ServiceManaged: 'true' }, []],
    ['the classic network', { NetworkType: 'classic' }, []],
    ['a resource group', { ResourceGroupId: 'rg-1' }, []],
    ['a tag', { 'Tag.1.Key': 'a' }, []],
    ['another region', { RegionId: 'cn-shanghai' }, []],
  ])('are listed by %s', (_, filter, expected) => {
    expect(namesOf(ecs().call('DescribeSecurityGroups', filter))).toEqual(expected);
  });

  test.each([
    ['no list of ids', { SecurityGroupIds: 'sg-a' }, '400 InvalidParameter'],
    ['more than a hundred ids', { SecurityGroupIds: JSON.stringify(Array(101).fill('sg-a')) }, '400 InvalidParameter'],
    ['a dry run', { DryRun: 'true' }, '400 DryRunOperation'],
    ['a token that nobody gave', { MaxResults: '2', NextToken: 'x' }, '400 InvalidParameter.NextToken'],
  ])('a listing is refused: %s', (_, filter, expected) => {
    expect(ecs().refused('DescribeSecurityGroups', filter)).toBe(expected);
  });

  test('pages follow by token or by number; an empty token ends them', () => {
    const { call } = ecs();
    const first = call('DescribeSecurityGroups', { MaxResults: '3' });
    expect([namesOf(first), first['TotalCount']]).toEqual([['sg-a', 'sg-b', 'sg-2'], 4]);
    const next = call('DescribeSecurityGroups', { MaxResults: '3', NextToken: String(first['NextToken']) });
    expect([namesOf(next), next['NextToken']]).toEqual([['sg-e'], '']);
    const second = call('DescribeSecurityGroups', { PageSize: '3', PageNumber: '2' });
    expect([namesOf(second), second['PageNumber'], second['PageSize']]).toEqual([['sg-e'], 2, 3]);
    expect(namesOf(call('DescribeSecurityGroups', { PageNumber: '9' }))).toEqual([]);
  });

  test('a hundred ids are taken', () => {
    expect(
      namesOf(ecs().call('DescribeSecurityGroups', { SecurityGroupIds: JSON.stringify(Array(100).fill('sg-a')) })),
    ).toEqual(['sg-a']);
  });

  test('tags are matched by key, and by value where one is given', () => {
    const { call } = ecs();
    const tagged = (value: string) =>
      call('CreateSecurityGroup', { VpcId: 'vpc-1', 'Tag.1.Key': 'owner', 'Tag.1.Value': value })['SecurityGroupId'];
    const [a, b] = [tagged('a'), tagged('b')];
    expect(namesOf(call('DescribeSecurityGroups', { 'Tag.1.Key': 'owner' }))).toEqual([a, b]);
    expect(namesOf(call('DescribeSecurityGroups', { 'Tag.1.Key': 'owner', 'Tag.1.Value': 'b' }))).toEqual([b]);
    expect(namesOf(call('DescribeSecurityGroups', { 'Tag.1.Key': 'other', 'Tag.1.Value': 'b' }))).toEqual([]);
  });

  test('a hundred groups a region, unless the account has more; another region’s do not count', () => {
    const few = ecs({ securityGroupsPerRegion: 5 });
    few.call('CreateSecurityGroup', { VpcId: 'vpc-1' });
    expect(few.refused('CreateSecurityGroup', { VpcId: 'vpc-1' })).toBe('403 QuotaExceed.SecurityGroup');
    expect(few.call('CreateSecurityGroup', { VpcId: 'vpc-far', RegionId: 'cn-shanghai' })).toHaveProperty(
      'SecurityGroupId',
    );
    const usual = ecs();
    for (let index = 4; index < 100; index += 1) usual.call('CreateSecurityGroup', { VpcId: 'vpc-1' });
    expect(usual.refused('CreateSecurityGroup', { VpcId: 'vpc-1' })).toBe('403 QuotaExceed.SecurityGroup');
  });

  test('instances are counted only where that is asked for', () => {
    const { call } = ecs();
    const of = (more = {}) =>
      (call('DescribeSecurityGroups', { SecurityGroupId: 'sg-a', ...more })['SecurityGroups'] as JsonObject)[
        'SecurityGroup'
      ];
    expect(of({ IsQueryEcsCount: 'true' })).toMatchObject([{ EcsCount: 1 }]);
    expect((of() as JsonObject[])[0]).not.toHaveProperty('EcsCount');
  });
});

describe('interfaces', () => {
  const idsOf = (filter: Record<string, string>) =>
    (ecs().call('DescribeNetworkInterfaces', filter)['NetworkInterfaceSets'] as { NetworkInterfaceSet: JsonObject[] })
      .NetworkInterfaceSet.length;

  test('an address tells which groups stand before it', () => {
    expect(ecs().call('DescribeNetworkInterfaces', { 'PrivateIpAddress.1': '192.168.10.20' })).toMatchObject({
      TotalCount: 1,
      NetworkInterfaceSets: {
        NetworkInterfaceSet: [
          { InstanceId: 'i-1', VpcId: 'vpc-1', ZoneId: 'us-east-1a', SecurityGroupIds: { SecurityGroupId: ['sg-a'] } },
        ],
      },
    });
  });

  test.each([
    ['its VPC', { VpcId: 'vpc-1' }, 2],
    ['another VPC', { VpcId: 'vpc-2' }, 0],
    ['its vSwitch', { VSwitchId: 'vsw-1' }, 2],
    ['its group', { SecurityGroupId: 'sg-a' }, 1],
    ['another group', { SecurityGroupId: 'sg-b' }, 0],
    ['one of several addresses', { 'PrivateIpAddress.1': '10.0.0.1', 'PrivateIpAddress.2': '192.168.10.20' }, 1],
    ['an address that nobody has', { 'PrivateIpAddress.1': '10.0.0.1' }, 0],
    ['a tag, of which it has none', { 'Tag.1.Key': 'a' }, 0],
    ['another state', { Status: 'Available' }, 0],
    ['a service that manages it', { ServiceManaged: 'true' }, 0],
    ['another region', { RegionId: 'cn-shanghai' }, 0],
  ])('are found by %s', (_, filter, expected) => {
    expect(idsOf(filter)).toBe(expected);
  });

  test('pages follow by token or by number', () => {
    const { call } = ecs();
    const of = (filter: Record<string, string>) => {
      const body = call('DescribeNetworkInterfaces', filter);
      const { NetworkInterfaceSet } = body['NetworkInterfaceSets'] as { NetworkInterfaceSet: JsonObject[] };
      return { ids: NetworkInterfaceSet.map((each) => each['InstanceId']), token: String(body['NextToken']) };
    };
    const first = of({ MaxResults: '1' });
    expect(first.ids).toEqual(['i-1']);
    expect(of({ MaxResults: '1', NextToken: first.token })).toEqual({ ids: ['i-2'], token: '' });
    expect(of({ PageSize: '1', PageNumber: '2' }).ids).toEqual(['i-2']);
    expect(of({ MaxResults: '2' })).toEqual({ ids: ['i-1', 'i-2'], token: '' });
  });

  test('an empty answer keeps its container', () => {
    expect(ecs().call('DescribeNetworkInterfaces', { VpcId: 'vpc-2' })).toMatchObject({
      TotalCount: 0,
      NetworkInterfaceSets: { NetworkInterfaceSet: [] },
    });
  });
});

describe('changes', () => {
  const groupOf = (local: ReturnType<typeof ecs>, id = 'sg-a'): JsonObject =>
    (
      local.call('DescribeSecurityGroups', { SecurityGroupId: id })['SecurityGroups'] as {
        SecurityGroup: JsonObject[];
      }
    ).SecurityGroup[0]!;

  /** The one rule of sg-a, by its id. */
  function withRule(change: Record<string, string> = {}) {
    const local = ecs();
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE, 'Permissions.1.Description': 'office 1', ...change });
    const rule = { ...A, SecurityGroupRuleId: rulesOf(local)[0]!['SecurityGroupRuleId'] as string };
    return { local, rule };
  }

  test('a group’s name and description are changed, each alone', () => {
    const local = ecs();
    local.call('ModifySecurityGroupAttribute', { ...A, SecurityGroupName: 'orders' });
    local.call('ModifySecurityGroupAttribute', { ...A, Description: 'for the orders' });
    expect(groupOf(local)).toMatchObject({ SecurityGroupName: 'orders', Description: 'for the orders' });
    expect(local.refused('ModifySecurityGroupAttribute', { SecurityGroupId: 'sg-9' })).toBe(
      '404 InvalidSecurityGroupId.NotFound',
    );
  });

  test('a normal group can isolate its members, an enterprise one does and stays so', () => {
    const local = ecs();
    const policy = (id: string): unknown =>
      local.call('DescribeSecurityGroupAttribute', { SecurityGroupId: id })['InnerAccessPolicy'];
    expect([policy('sg-a'), policy('sg-e')]).toEqual(['Accept', 'Drop']);
    local.call('ModifySecurityGroupPolicy', { ...A, InnerAccessPolicy: 'drop' });
    expect(policy('sg-a')).toBe('Drop');
    local.call('ModifySecurityGroupPolicy', { ...A, InnerAccessPolicy: 'Accept' });
    expect(policy('sg-a')).toBe('Accept');
    expect(local.refused('ModifySecurityGroupPolicy', { ...A, InnerAccessPolicy: 'maybe' })).toBe(
      '400 InvalidPolicy.Malformed',
    );
    expect(local.refused('ModifySecurityGroupPolicy', { SecurityGroupId: 'sg-e', InnerAccessPolicy: 'Accept' })).toBe(
      '400 InvalidGroupParameter.OperationDenied',
    );
  });

  test('a rule is changed by its id, and keeps what the change does not name', () => {
    const { local, rule } = withRule();
    local.call('ModifySecurityGroupRule', { ...rule, PortRange: '443/444', Priority: '5' });
    local.call('ModifySecurityGroupRule', { ...rule, SourceCidrIp: '10.10.20.0/24', Policy: 'drop' });
    expect(rulesOf(local)).toEqual([
      expect.objectContaining({
        SecurityGroupRuleId: rule.SecurityGroupRuleId,
        IpProtocol: 'TCP',
        PortRange: '443/444',
        SourceCidrIp: '10.10.20.0/24',
        Policy: 'Drop',
        Priority: '5',
        Description: 'office 1',
        CreateTime: '2026-11-22T00:00:00Z',
      }),
    ]);
  });

  test('a rule may stay as it is but for its description', () => {
    const { local, rule } = withRule();
    local.call('ModifySecurityGroupRule', { ...rule, Description: 'office 2' });
    expect(rulesOf(local)).toMatchObject([{ PortRange: '443/443', Description: 'office 2' }]);
  });

  test('by what a rule is, its description is changed and nothing else', () => {
    const { local } = withRule();
    const same = { IpProtocol: 'TCP', PortRange: '443/443', SourceCidrIp: '10.10.10.0/24' };
    local.call('ModifySecurityGroupRule', { ...A, ...same, Description: 'office 2' });
    expect(rulesOf(local)).toMatchObject([{ PortRange: '443/443', Description: 'office 2' }]);
    expect(local.refused('ModifySecurityGroupRule', { ...A, ...same, PortRange: '80/80' })).toBe(
      '400 InvalidSecurityGroupRule.RuleNotExist',
    );
    expect(local.refused('ModifySecurityGroupRule', A)).toBe('400 InvalidIpProtocol.Malformed');
  });

  test('an egress rule is changed by its own action, and only by that', () => {
    const local = ecs();
    const far = { 'Permissions.1.IpProtocol': 'all', 'Permissions.1.PortRange': '-1/-1' };
    local.call('AuthorizeSecurityGroupEgress', { ...A, ...far, 'Permissions.1.DestCidrIp': '10.0.0.0/8' });
    const rule = { ...A, SecurityGroupRuleId: rulesOf(local)[0]!['SecurityGroupRuleId'] as string };
    local.call('ModifySecurityGroupEgressRule', { ...rule, DestCidrIp: '172.16.0.0/12' });
    expect(rulesOf(local)).toMatchObject([{ Direction: 'egress', DestCidrIp: '172.16.0.0/12' }]);
    expect(local.refused('ModifySecurityGroupRule', rule)).toBe('400 InvalidParam.SecurityGroupRuleId');
  });

  test.each<[why: string, change: Record<string, string>, answer: string]>([
    ['an id that is none', { SecurityGroupRuleId: 'sgr-9' }, '400 InvalidParam.SecurityGroupRuleId'],
    ['a port that does not fit', { PortRange: '0/443' }, '400 InvalidPortRange.Malformed'],
    ['a group where a block was', { SourceGroupId: 'sg-b' }, '400 InvalidOperation.AuthorizationObject'],
    ['another rule’s content', { PortRange: '80/80' }, '400 InvalidSecurityGroupRule.RuleRepeat'],
  ])('a change to %s is refused', (_, change, answer) => {
    const { local, rule } = withRule();
    local.call('AuthorizeSecurityGroup', { ...A, ...RULE, 'Permissions.1.PortRange': '80/80' });
    expect(local.refused('ModifySecurityGroupRule', { ...rule, ...change })).toBe(answer);
    expect(rulesOf(local)).toMatchObject([{ PortRange: '443/443' }, { PortRange: '80/80' }]);
  });

  test('a group that is a source gives way to another one, and to no block', () => {
    const { local, rule } = withRule({ 'Permissions.1.SourceCidrIp': '', 'Permissions.1.SourceGroupId': 'sg-b' });
    local.call('ModifySecurityGroupRule', { ...rule, SourceGroupId: 'sg-a' });
    expect(rulesOf(local)).toMatchObject([{ SourceGroupId: 'sg-a', SourceCidrIp: '' }]);
    expect(local.refused('ModifySecurityGroupRule', { ...rule, SourceCidrIp: '10.0.0.0/8' })).toBe(
      '400 InvalidOperation.AuthorizationObject',
    );
  });

  test('a group joins a resource group, and is found in it', () => {
    const local = ecs();
    const join = { ResourceType: 'securitygroup', ResourceId: 'sg-a', ResourceGroupId: 'rg-network' };
    local.call('JoinResourceGroup', join);
    expect(groupOf(local)['ResourceGroupId']).toBe('rg-network');
    expect(namesOf(local.call('DescribeSecurityGroups', { ResourceGroupId: 'rg-network' }))).toEqual(['sg-a']);
    const refused = (change: Record<string, string>): string =>
      local.refused('JoinResourceGroup', { ...join, ...change });
    expect(refused({ ResourceType: 'SecurityGroup' })).toBe('404 InvalidResourceType.NotFound');
    expect(refused({ ResourceId: 'sg-9' })).toBe('404 InvalidResourceId.NotFound');
    expect(refused({ ResourceGroupId: 'none' })).toBe('404 InvalidResourceGroup.NotFound');
  });

  test('a group wants a VPC that is there', () => {
    const local = ecs();
    const vpc = local.world.state.get<object>('vpc.vpcs', 'vpc-2');
    local.world.state.put('vpc.vpcs', 'vpc-2', { ...vpc, status: 'Pending' });
    expect(local.refused('CreateSecurityGroup', { VpcId: 'vpc-2' })).toBe('400 IncorrectVpcStatus');
  });
});

test('zones are the region’s and the account’s, where a vSwitch can be made; in short they say no more', () => {
  const zonesOf = (input = {}): JsonObject[] =>
    (ecs().call('DescribeZones', input)['Zones'] as { Zone: JsonObject[] }).Zone;
  const can = { ResourceTypes: ['VSwitch'] };
  expect(zonesOf({ Verbose: 'false' })).toEqual(
    ['us-east-1a', 'us-east-1b'].map((zone) => ({
      ZoneId: zone,
      LocalName: zone,
      ZoneType: 'AvailabilityZone',
      AvailableResourceCreation: can,
    })),
  );
  expect(zonesOf()[0]).toMatchObject({ ZoneId: 'us-east-1a', AvailableInstanceTypes: { InstanceTypes: [] } });
  const local = ecs();
  const vSwitch = local.world.state.get<object>('vpc.vswitches', 'vsw-1');
  local.world.state.put('vpc.vswitches', 'vsw-1', { ...vSwitch, zone: 'us-east-1c' });
  expect(local.call('DescribeZones')['Zones']).toMatchObject({ Zone: [{}, {}, { ZoneId: 'us-east-1c' }] });
  expect(zonesOf({ RegionId: 'cn-shanghai' })[1]).toMatchObject({ ZoneId: 'cn-shanghai-b' });
});
