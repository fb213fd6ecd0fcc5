/** The smallest networks that have every kind between them: tests build and break them dozens of times. */
import { readMaterials } from '../../simulation/materials';

const { account, basic } = readMaterials('examples');

export const ACCOUNT = account;

/** Transit routers; California's applications have a table of their own. */
export const ROUTERS = {
  name: 'acme',
  text: `
version: 1
name: acme
backbone: {links: [{between: [virginia, california], bandwidthMbps: 10}]}
vpcs:
  virginia:
    region: us-east-1
    id: vpc-virginia
    cidrs: [192.168.0.0/16]
    vSwitches: [{id: vsw-va-a, zone: us-east-1a, cidr: 192.168.10.0/24}, {id: vsw-va-b, zone: us-east-1b, cidr: 192.168.11.0/24}]
  california:
    region: us-west-1
    id: vpc-california
    cidrs: [10.66.0.0/16]
    vSwitches:
      - {id: vsw-ca-a, zone: us-west-1a, cidr: 10.66.10.0/24}
      - {id: vsw-ca-b, zone: us-west-1b, cidr: 10.66.11.0/24}
      - {id: vsw-ca-apps, zone: us-west-1a, cidr: 10.66.20.0/24, routeTable: vtb-california-apps}
    gateway: {vSwitches: [vsw-ca-a, vsw-ca-b]}
    applications:
      design: {securityGroup: sg-design, vSwitch: vsw-ca-apps, addresses: [10.66.20.20], ports: [tcp/443]}
offices:
  office-1: {address: 203.0.113.11, cidrs: [10.10.10.0/24], vpc: california, country: US}
`,
};

/** The example on a CEN of the basic edition, with one office behind each VPC. */
export const BASIC = {
  name: 'global-network-basic',
  text: basic.replace(/^ {2}office-[24]:.*\n/gm, '').replace(/^tests:[\s\S]*/m, ''),
};
