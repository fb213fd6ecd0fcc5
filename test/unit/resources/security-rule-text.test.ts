import type { PermissionReading } from '../../../shared/alicloud/reads/security-groups';
import type { Cidr } from '../../../shared/cidr';
import { permissionOf, readRuleText, ruleText } from '../../../shared/resources/security-rule-text';
import type { PortRange } from '../../../shared/topology/topology';

const rule = (protocol: PortRange['protocol'], first: number, last: number) => ({
  source: '10.10.10.0/24' as Cidr,
  port: { protocol, first, last },
});

test.each([
  ['one port', rule('tcp', 443, 443), 'TCP', '443/443'],
  ['a range', rule('udp', 500, 600), 'UDP', '500/600'],
  ['ports from zero, which the service does not know', rule('tcp', 0, 65_535), 'TCP', '1/65535'],
  ['ICMP, which has no ports', rule('icmp', 0, 65_535), 'ICMP', '-1/-1'],
  ['everything', rule('all', 0, 65_535), 'ALL', '-1/-1'],
])('%s is written as the service writes it', (_what, wanted, protocol, range) => {
  expect(permissionOf(wanted, 'mark')).toEqual({
    IpProtocol: protocol,
    PortRange: range,
    SourceCidrIp: '10.10.10.0/24',
    Policy: 'accept',
    Priority: '1',
    NicType: 'intranet',
    Description: 'mark',
  });
  expect(ruleText(wanted)).toBe(`10.10.10.0/24 ${protocol} ${range}`);
});

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

test.each<[string, Partial<PermissionReading>, string | null]>([
  ['the same, in the capitals of an answer', {}, '10.10.10.0/24 TCP 443/443'],
  ['a bare address, which is a block of one', { SourceCidrIp: '10.1.2.3' }, '10.1.2.3/32 TCP 443/443'],
  ['a drop', { Policy: 'Drop' }, null],
  ['another priority, which another rule may beat', { Priority: 2 }, null],
  ['only for some source ports', { SourcePortRange: '1000/2000' }, null],
  ['a rule for a group', { SourceCidrIp: '' }, null],
])('%s', (_what, changed, expected) => {
  expect(readRuleText({ ...permission, ...changed })).toBe(expected);
});
