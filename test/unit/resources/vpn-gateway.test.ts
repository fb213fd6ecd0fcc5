import type { VpnGateway } from '../../../shared/plan/desired';
import { vpnGateway } from '../../../shared/resources/vpn-gateway';
import { identityFor } from './identity-for';

const desired: VpnGateway = {
  kind: 'vpn-gateway',
  region: 'us-east-1',
  vpcId: 'vpc-virginia',
  vSwitchIds: ['vsw-a', 'vsw-b'],
  bandwidthMbps: 100,
};
const identity = identityFor('vpn-gateway/virginia');
const tags = Object.fromEntries(identity.tags.map(({ key, value }) => [key, value]));
const attributes = {
  name: identity.name,
  vpcId: 'vpc-virginia',
  internetIp: '47.0.0.1',
  disasterRecoveryInternetIp: '47.0.0.2',
  dualTunnel: true,
  bandwidthMbps: 100,
  vSwitchIds: ['vsw-b', 'vsw-a'],
  autoPropagate: false,
  tags,
};

test.each([
  ['as wanted, its vSwitches in whatever order', {}, 'ours', { kind: 'none' }],
  ['without tags it is tagged', { tags: {} }, 'ours', { kind: 'update', reason: 'tags it' }],
  ['one that was adopted is not', { name: 'gateway-of-acme', tags: {} }, 'ours', { kind: 'none' }],
  [
    'AutoPropagate is turned off before it is tagged',
    { tags: {}, autoPropagate: true },
    'ours',
    { kind: 'update', reason: 'turns off AutoPropagate, which rules out route synchronisation' },
  ],
  [
    "AutoPropagate on somebody else's is refused and explained",
    { autoPropagate: true },
    'borrowed',
    { kind: 'refuse', reason: 'AutoPropagate is on, and the transit router cannot synchronise routes with it' },
  ],
  [
    'no API changes its bandwidth',
    { bandwidthMbps: 10 },
    'ours',
    { kind: 'replace', reason: 'its bandwidth is 10 Mbit/s and no API changes it' },
  ],
  ['nor in which VPC', { vpcId: 'vpc-another' }, 'ours', { kind: 'replace', reason: 'it stands in vpc-another' }],
  [
    'nor where it stands',
    { vSwitchIds: ['vsw-a', 'vsw-c'] },
    'ours',
    { kind: 'replace', reason: 'it stands in vsw-a and vsw-c' },
  ],
] as const)('%s', (_what, seen, ownership, expected) => {
  const difference = vpnGateway.differences({
    desired,
    identity,
    ownership,
    attributes: { ...attributes, ...seen } as never,
    references: new Map(),
  });
  expect(difference).toEqual(expected);
});
