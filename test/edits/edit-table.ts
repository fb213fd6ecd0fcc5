/**
 * Edits of a live network, at least one for each field that a topology file can state: what each is, and which fields it
 * stands for. From the base to the edited file and back, each is tried in test/slow/edits.test.ts, and some of them in
 * test/unit/engine/edits.test.ts.
 */
import { parse, stringify } from 'yaml';
import { readMaterials } from '../simulation/materials';

/** As YAML gives it; what an edit does to it is the schema's to judge. */
// biome-ignore lint/suspicious/noExplicitAny: a file before it is checked.
type File = any;

export interface Edit {
  name: string;
  /** Of schemaLeaves(). */
  fields: readonly string[];
  /** True only of what stands: it is refused wherever another edit, or a build, makes that thing anew. */
  ofStanding?: true;
  edit(file: File): void;
}

const { account, global } = readMaterials('examples');

/** What the edits lead to exists beside what the example needs. */
export const ACCOUNT = account
  .replace(
    /\noffices:\n( {2}-.*\n)+/,
    `\noffices:\n${['203.0.113.11', '203.0.113.12', '203.0.113.55', '203.0.113.77', '198.51.100.13', '198.51.100.14']
      .map((address) => `  - {address: ${address}}\n`)
      .join('')}`,
  )
  .replace(
    '      - {id: vsw-va-b, zone: us-east-1b, cidr: 192.168.11.0/24}\n',
    `      - {id: vsw-va-b, zone: us-east-1b, cidr: 192.168.11.0/24}
      - {id: vsw-va-c, zone: us-east-1a, cidr: 192.168.12.0/24}
      - {id: vsw-va-apps, zone: us-east-1a, cidr: 192.168.20.0/24, routeTable: vtb-va-apps}
    customRouteTables: [vtb-va-apps]
  - id: vpc-virginia-2
    region: us-east-1
    name: virginia-2
    cidrs: [192.168.0.0/16]
    vSwitches:
      - {id: vsw-va2-a, zone: us-east-1a, cidr: 192.168.10.0/24}
      - {id: vsw-va2-b, zone: us-east-1b, cidr: 192.168.11.0/24}
`,
  )
  .replace(
    '  - {id: sg-crm,',
    '  - {id: sg-orders-2, vpc: vpc-virginia}\n  - {id: sg-va2, vpc: vpc-virginia-2}\n  - {id: sg-crm,',
  )
  .replace(
    '  - {id: i-crm,',
    `  - {id: i-orders-2, vSwitch: vsw-va-c, address: 192.168.12.20, securityGroups: [sg-orders-2]}
  - {id: i-orders-3, vSwitch: vsw-va-apps, address: 192.168.20.20, securityGroups: [sg-orders]}
  - {id: i-orders-4, vSwitch: vsw-va-a, address: 192.168.10.21, securityGroups: [sg-orders]}
  - {id: i-va2, vSwitch: vsw-va2-a, address: 192.168.10.20, securityGroups: [sg-va2]}
  - {id: i-crm,`,
  )
  .replace(
    '\nsecrets:\n',
    `\nsecrets:
  - {region: us-east-1, name: acme/office-1, value: Qm8vQ8sT1nZ6yB4mR9cX2dF7hJ5gL0pAeUiOtVbNqWzSxM01}
  - {region: us-east-1, name: acme/office-1-new, value: Tb3vQ8sT1nZ6yB4mR9cX2dF7hJ5gL0pAeUiOtVbNqWzSxM02}
`,
  );

/** The example with its access spelled out, so that there is something to take away. */
export const BASE = text((file) => {
  file.access = [
    { from: 'offices', to: 'applications' },
    { from: 'vpcs', to: 'applications' },
    { from: 'offices', to: 'offices' },
  ];
}, global);

function text(change: (file: File) => void, from: string): string {
  const file = parse(from);
  change(file);
  return stringify(file);
}

export const edited = ({ edit }: Edit): string => text(edit, BASE);
export const editedTwice = (one: Edit, other: Edit): string => text(other.edit, edited(one));

/** Apart, each is right; together, the account refuses them. */
const APART = [
  // The one bandwidth package of the account serves no link to another area.
  [/^backbone\.edition$/, /^backbone\.links\[\]\.between$/],
  // What the second names belongs to the VPC that the first leaves.
  [/^vpcs\.\*\.vSwitches\[\]\.id$/, /^vpcs\.\*\.(vSwitches\[\]\.routeTable|.+\.vSwitch(es)?)$/],
] as const;

export function goTogether(one: Edit, other: Edit): boolean {
  const says = ({ fields }: Edit, what: RegExp): boolean => fields.some((field) => what.test(field));
  const areApart = APART.some(
    ([left, right]) => (says(one, left) && says(other, right)) || (says(other, left) && says(one, right)),
  );
  return !(areApart || one.ofStanding || other.ofStanding);
}

const FRANKFURT = {
  region: 'eu-central-1',
  id: 'vpc-frankfurt',
  cidrs: ['10.64.0.0/16'],
  vSwitches: [
    { id: 'vsw-fra-a', zone: 'eu-central-1a', cidr: '10.64.10.0/24' },
    { id: 'vsw-fra-b', zone: 'eu-central-1b', cidr: '10.64.11.0/24' },
  ],
};

/** Of one that another edit has taken away: nothing. */
const office =
  (name: string, change: Record<string, unknown>) =>
  (file: File): void => {
    if (file.offices[name]) Object.assign(file.offices[name], change);
  };
const tunnel =
  (change: Record<string, string>) =>
  (file: File): void => {
    file.defaults = { tunnel: change };
  };
const orders =
  (change: Record<string, unknown>) =>
  (file: File): void => {
    Object.assign(file.vpcs.virginia.applications.orders, change);
  };
const policy =
  (approval: Record<string, unknown>) =>
  (file: File): void => {
    file.approval = approval;
  };
const quota = (name: string): Edit => ({
  name: `a raised quota: ${name}`,
  fields: [`defaults.quotas.${name}`],
  edit: (file) => {
    file.defaults = { quotas: { [name]: 250 } };
  },
});

export const EDITS: readonly Edit[] = [
  {
    name: 'an office more',
    fields: ['offices.*.address', 'offices.*.cidrs', 'offices.*.vpc', 'offices.*.country'],
    edit: (file) => {
      file.offices['office-5'] = { address: '203.0.113.55', cidrs: ['10.10.50.0/24'], vpc: 'virginia', country: 'US' };
    },
  },
  {
    name: 'an office less',
    fields: ['offices.*.vpc'],
    edit: (file) => {
      delete file.offices['office-2'];
    },
  },
  {
    name: 'an office with another address',
    fields: ['offices.*.address'],
    edit: office('office-1', { address: '203.0.113.77' }),
  },
  {
    name: 'another block behind an office',
    fields: ['offices.*.cidrs'],
    edit: office('office-1', { cidrs: ['10.10.11.0/24'] }),
  },
  {
    name: 'a block more behind an office',
    fields: ['offices.*.cidrs'],
    edit: office('office-1', { cidrs: ['10.10.10.0/24', '10.10.11.0/24'] }),
  },
  {
    name: 'an office at another VPC',
    fields: ['offices.*.vpc'],
    edit: office('office-2', { vpc: 'shanghai', country: 'CN' }),
  },
  { name: 'another device', fields: ['offices.*.device'], edit: office('office-1', { device: 'cisco-ios' }) },
  {
    name: 'another country on the same side of the border',
    fields: ['offices.*.country'],
    edit: office('office-1', { country: 'CA' }),
  },
  {
    name: 'selectors of a route-based device',
    fields: ['offices.*.selectors.cloudSide'],
    edit: office('office-1', { selectors: 'any' }),
  },
  {
    name: 'selectors spelled out',
    fields: ['offices.*.selectors.cloudSide', 'offices.*.selectors.officeSide'],
    edit: office('office-1', {
      selectors: {
        cloudSide: ['192.168.0.0/16', '172.16.0.0/16', '10.10.20.0/24', '10.20.0.0/16'],
        officeSide: ['10.10.10.0/24'],
      },
    }),
  },
  {
    name: 'a key of its owner’s',
    fields: ['offices.*.presharedKey.secret'],
    edit: office('office-1', { presharedKey: { secret: 'acme/office-1' } }),
  },
  {
    name: 'a key that nobody tells Trunkline',
    fields: ['offices.*.presharedKey.secret'],
    ofStanding: true,
    edit: office('office-1', { presharedKey: 'kept' }),
  },
  { name: 'a protected office', fields: ['offices.*.protect'], edit: office('office-1', { protect: true }) },
  { name: 'another IKE', fields: ['defaults.tunnel.ike'], edit: tunnel({ ike: 'ikev1' }) },
  { name: 'another cipher', fields: ['defaults.tunnel.encryption'], edit: tunnel({ encryption: 'aes192' }) },
  { name: 'another hash', fields: ['defaults.tunnel.authentication'], edit: tunnel({ authentication: 'sha512' }) },
  { name: 'another group', fields: ['defaults.tunnel.dhGroup'], edit: tunnel({ dhGroup: 'group5' }) },
  {
    name: 'a VPC more, in a region of its own',
    fields: [
      'vpcs.*.id',
      'vpcs.*.region',
      'vpcs.*.cidrs',
      'vpcs.*.vSwitches[].id',
      'vpcs.*.vSwitches[].zone',
      'vpcs.*.vSwitches[].cidr',
      'backbone.links[].between',
      'backbone.links[].bandwidthMbps',
    ],
    edit: (file) => {
      file.vpcs.frankfurt = FRANKFURT;
      file.backbone.links.push({ between: ['frankfurt', 'virginia'], bandwidthMbps: 5 });
      file.backbone.links.push({ between: ['frankfurt', 'shanghai'], bandwidthMbps: 5 });
    },
  },
  {
    name: 'another VPC of the region in a VPC’s place',
    fields: ['vpcs.*.id', 'vpcs.*.vSwitches[].id', 'vpcs.*.applications.*.securityGroup'],
    edit: (file) => {
      Object.assign(file.vpcs.virginia, {
        id: 'vpc-virginia-2',
        vSwitches: [
          { id: 'vsw-va2-a', zone: 'us-east-1a', cidr: '192.168.10.0/24' },
          { id: 'vsw-va2-b', zone: 'us-east-1b', cidr: '192.168.11.0/24' },
        ],
      });
      orders({ securityGroup: 'sg-va2', vSwitch: 'vsw-va2-a' })(file);
    },
  },
  {
    name: 'a wider gateway',
    fields: ['vpcs.*.gateway.bandwidthMbps'],
    edit: (file) => {
      file.vpcs.shanghai.gateway.bandwidthMbps = 200;
    },
  },
  {
    name: 'a gateway in another vSwitch',
    fields: ['vpcs.*.gateway.vSwitches'],
    edit: (file) => {
      file.vpcs.virginia.vSwitches.push({ id: 'vsw-va-c', zone: 'us-east-1a', cidr: '192.168.12.0/24' });
      file.vpcs.virginia.gateway.vSwitches = ['vsw-va-c', 'vsw-va-b'];
    },
  },
  {
    name: 'an attachment in another vSwitch',
    fields: ['vpcs.*.attachment.vSwitches'],
    edit: (file) => {
      file.vpcs.virginia.vSwitches.push({ id: 'vsw-va-c', zone: 'us-east-1a', cidr: '192.168.12.0/24' });
      file.vpcs.virginia.attachment = { vSwitches: ['vsw-va-c', 'vsw-va-b'] };
    },
  },
  {
    name: 'an application in a vSwitch with a table of its own',
    fields: ['vpcs.*.vSwitches[].routeTable', 'vpcs.*.applications.*.vSwitch', 'vpcs.*.applications.*.addresses'],
    edit: (file) => {
      const own = { id: 'vsw-va-apps', zone: 'us-east-1a', cidr: '192.168.20.0/24', routeTable: 'vtb-va-apps' };
      file.vpcs.virginia.vSwitches.push(own);
      orders({ vSwitch: 'vsw-va-apps', addresses: ['192.168.20.20'] })(file);
    },
  },
  {
    name: 'a second server',
    fields: ['vpcs.*.applications.*.addresses'],
    edit: orders({ addresses: ['192.168.10.20', '192.168.10.21'] }),
  },
  {
    name: 'another security group',
    fields: ['vpcs.*.applications.*.securityGroup', 'vpcs.*.applications.*.vSwitch'],
    edit: (file) => {
      file.vpcs.virginia.vSwitches.push({ id: 'vsw-va-c', zone: 'us-east-1a', cidr: '192.168.12.0/24' });
      orders({ securityGroup: 'sg-orders-2', vSwitch: 'vsw-va-c', addresses: ['192.168.12.20'] })(file);
    },
  },
  {
    name: 'a port more',
    fields: ['vpcs.*.applications.*.ports'],
    edit: orders({ ports: ['tcp/443', 'tcp/8080-8081'] }),
  },
  {
    name: 'other ports',
    fields: ['vpcs.*.applications.*.ports'],
    edit: (file) => {
      orders({ ports: ['tcp/8443'] })(file);
      file.tests = [];
    },
  },
  {
    name: 'a protected VPC',
    fields: ['vpcs.*.protect'],
    edit: (file) => {
      file.vpcs.virginia.protect = true;
    },
  },
  {
    name: 'a faster link',
    fields: ['backbone.links[].bandwidthMbps'],
    edit: (file) => {
      file.backbone.links[0].bandwidthMbps = 20;
    },
  },
  {
    name: 'an existing CEN instance',
    fields: ['backbone.cen'],
    edit: (file) => {
      file.backbone.cen = 'cen-acme-existing';
    },
  },
  {
    name: 'the basic edition, with a bandwidth package',
    fields: ['backbone.edition', 'backbone.cen', 'backbone.bandwidthPackage'],
    edit: (file) => {
      Object.assign(file.backbone, { edition: 'basic', cen: 'cen-acme-basic', bandwidthPackage: 'cenbwp-acme' });
    },
  },
  {
    name: 'access of fewer offices',
    fields: ['access[].from'],
    edit: (file) => {
      file.access[0].from = ['office-1', 'office-3', 'office-4'];
    },
  },
  {
    name: 'access to fewer applications',
    fields: ['access[].to'],
    edit: (file) => {
      file.access[0].to = 'shanghai.crm';
      file.tests = [];
    },
  },
  {
    name: 'access on fewer ports',
    fields: ['access[].ports'],
    edit: (file) => {
      file.access[0].ports = ['tcp/443'];
    },
  },
  {
    name: 'no access between offices',
    fields: ['access[].from', 'access[].to'],
    edit: (file) => {
      file.access.splice(2, 1);
      file.tests.splice(2, 1);
    },
  },
  {
    name: 'another test',
    fields: ['tests[].from', 'tests[].to', 'tests[].port', 'tests[].expect'],
    edit: (file) => {
      file.tests = [{ from: 'office-2', to: 'virginia.orders', port: 'tcp/80', expect: 'blocked' }];
    },
  },
  {
    name: 'removal with the file',
    fields: ['onRemoval'],
    edit: (file) => {
      file.onRemoval = 'destroy';
    },
  },
  {
    name: 'repair by rule',
    fields: ['onDrift'],
    edit: (file) => {
      file.onDrift = 'repair';
    },
  },
  {
    name: 'a protected network',
    fields: ['protect'],
    edit: (file) => {
      file.protect = true;
    },
  },
  {
    name: 'two people for what does not only add',
    fields: ['approval.people', 'approval.unless.addsOnly'],
    edit: policy({ people: 2, unless: { addsOnly: true } }),
  },
  {
    name: 'somebody for an outage, whose word holds for an hour',
    fields: ['approval.validHours', 'approval.unless.noOutage'],
    edit: policy({ validHours: 1, unless: { noOutage: true } }),
  },
  {
    name: 'somebody for a test that changes',
    fields: ['approval.unless.noTestTouched'],
    edit: policy({ unless: { noTestTouched: true } }),
  },
  {
    name: 'somebody for many tasks',
    fields: ['approval.unless.tasksAtMost'],
    edit: policy({ unless: { tasksAtMost: 3 } }),
  },
  {
    name: 'somebody for much money',
    fields: ['approval.unless.monthlyCostBelow'],
    edit: policy({ unless: { monthlyCostBelow: 900 } }),
  },
  ...[
    'gateways',
    'connectionsPerGateway',
    'cidrsPerConnection',
    'destinationRoutesPerGateway',
    'customerGatewaysPerRegion',
    'routesPerTable',
    'routesPerCen',
    'synchronisedVpcsPerTransitRouter',
    'rulesPerSecurityGroup',
  ].map(quota),
];

/** Fields that no edit of a network can change, and why. */
export const NO_EDIT: Readonly<Record<string, string>> = {
  name: 'another name is another network',
  version: 'there is one',
  'adopt.*': 'what it names must stand already and be in no record: test/unit/adoption tries it',
};
