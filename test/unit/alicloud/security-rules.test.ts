import type { PermissionReading } from '../../../shared/alicloud/reads/security-groups';
import { readRule } from '../../../shared/alicloud/security-rules';

const permission: PermissionReading = {
  SecurityGroupRuleId: 'sgr-1',
  Direction: 'ingress',
  IpProtocol: 'TCP',
  PortRange: '443/443',
  SourcePortRange: '',
  SourceCidrIp: '10.10.10.0/24',
  DestCidrIp: '',
  Policy: 'Accept',
  Priority: 1,
  Description: '',
};
const RULE = {
  direction: 'ingress',
  peer: '10.10.10.0/24',
  port: { protocol: 'tcp', first: 443, last: 443 },
  policy: 'accept',
  priority: 1,
};

test.each<[string, Partial<PermissionReading>, unknown[]]>([
  ['an accepted port', {}, [RULE]],
  ['a dropped one', { Policy: 'Drop', Priority: 100 }, [{ ...RULE, policy: 'drop', priority: 100 }]],
  [
    'everything',
    { IpProtocol: 'ALL', PortRange: '-1/-1' },
    [{ ...RULE, port: { protocol: 'all', first: 0, last: 65_535 } }],
  ],
  [
    'egress is about its destination',
    { Direction: 'egress', SourceCidrIp: '', DestCidrIp: '0.0.0.0/0' },
    [{ ...RULE, direction: 'egress', peer: '0.0.0.0/0' }],
  ],
  ['a rule for a group matches no office', { SourceCidrIp: '' }, [{ ...RULE, peer: null }]],
  ['a bare address', { SourceCidrIp: '10.1.2.3' }, [{ ...RULE, peer: '10.1.2.3/32' }]],
  ['admission from certain ports is promised to nobody', { SourcePortRange: '53/53' }, []],
  ['a drop from certain ports stops some', { SourcePortRange: '53/53', Policy: 'Drop' }, [{ ...RULE, policy: 'drop' }]],
  ["GRE is nobody's port", { IpProtocol: 'GRE', PortRange: '-1/-1' }, []],
])('%s', (_what, changed, expected) => {
  expect(readRule({ ...permission, ...changed })).toEqual(expected);
});
