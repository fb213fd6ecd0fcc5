/**
 * Who may do what: use cases with the calls that they make, and which function has which of them. The one table from
 * which RAM's policies are generated (policy-documents.ts); a test runs the main job under them, and looks for what is
 * missing and for what nobody uses (test/e2e/permissions.test.ts).
 *
 * 1. What a step makes, it may remove: RAM cannot tell ours from others', so the engine does (W6). Bandwidth packages and
 *    what the account had before are never removed, and no action for it stands here.
 * 2. Networks lie in any region; bucket, tables and queues in the functions' own.
 * 3. `{deployment}`, `{bucket}` and their like are put in by the generator (`Place`).
 *
 * Actions and resources: the RAM tables in each service's API reference.
 */
import type { QueueName } from './manifest';

export interface Grant {
  /** `vpc:CreateVpnGateway`; RAM's prefix of CEN is `cen`, of SMQ `mns`, of Tablestore `ots`. */
  actions: readonly string[];
  resources: readonly string[];
  /** Refuses, whatever else allows. */
  deny?: true;
}

/** Where a deployment stands. */
export interface Place {
  region: string;
  account: string;
  deployment: string;
  bucket: string;
  /** Of Tablestore. */
  instance: string;
  /** Of the log service: where the functions' logs go, and nowhere else. */
  logProject: string;
  logStore: string;
}

const ANY = ['*'];
const vpc = (...kinds: string[]): string[] => kinds.map((kind) => `acs:vpc:*:{account}:${kind}/*`);
const ecs = (...kinds: string[]): string[] => kinds.map((kind) => `acs:ecs:*:{account}:${kind}/*`);
const cen = (...kinds: string[]): string[] => kinds.map((kind) => `acs:cen:*:{account}:${kind}/*`);
const secret = (...names: string[]): string[] => names.map((name) => `acs:kms:*:{account}:secret/${name}`);
const object = (...keys: string[]): string[] => keys.map((key) => `acs:oss:*:{account}:{bucket}/${key}`);
const table = (...names: string[]): string[] =>
  names.map((name) => `acs:ots:{region}:{account}:instance/{instance}/table/{tables}_${name}`);
const queue = (...names: string[]): string[] =>
  names.map((name) => `acs:mns:{region}:{account}:/queues/{deployment}-${name}/messages`);

const STEP_QUEUES: readonly QueueName[] = ['gateway', 'tunnel', 'cen', 'routes', 'security-group'];

export const USE_CASES = {
  /** Claim, look, move, record; free what waited. */
  'work-on-tasks': [
    // Of records where a write was refused: whether it was ours after all.
    { actions: ['ots:GetRow'], resources: table('records', 'runs', 'tasks') },
    { actions: ['ots:BatchGetRow'], resources: table('records', 'tasks') },
    { actions: ['ots:PutRow'], resources: table('events', 'records') },
    { actions: ['ots:UpdateRow'], resources: table('records', 'tasks') },
    { actions: ['mns:SendMessage'], resources: queue(...STEP_QUEUES, 'report') },
  ],
  'build-gateways': [
    { actions: ['vpc:CreateVpnGateway'], resources: vpc('vpngateway') },
    { actions: ['vpc:DescribeVpnGateway', 'vpc:DescribeVpnGateways'], resources: vpc('vpngateway') },
    { actions: ['vpc:ModifyVpnGatewayAttribute', 'vpc:DeleteVpnGateway'], resources: vpc('vpngateway') },
    { actions: ['vpc:TagResources'], resources: ANY },
  ],
  'build-tunnels': [
    {
      actions: ['vpc:CreateCustomerGateway', 'vpc:DescribeCustomerGateways', 'vpc:DeleteCustomerGateway'],
      resources: vpc('customergateway'),
    },
    {
      actions: ['vpc:CreateVpnConnection', 'vpc:DescribeVpnConnection', 'vpc:DescribeVpnConnections'],
      resources: vpc('vpnconnection'),
    },
    {
      actions: ['vpc:ModifyVpnConnectionAttribute', 'vpc:ModifyTunnelAttribute', 'vpc:DeleteVpnConnection'],
      resources: vpc('vpnconnection'),
    },
    { actions: ['vpc:DescribeVpnGateway'], resources: vpc('vpngateway') },
  ],
  /**
   * An office may name a stored key by any name, and RAM's conditions know the tags of KMS's keys, not of its secrets; those
   * of tickets stay closed, another deployment's too. To make one the service knows no narrower resource.
   */
  'keep-pre-shared-keys': [
    { actions: ['kms:CreateSecret'], resources: secret('*') },
    { actions: ['kms:GetSecretValue', 'kms:ListSecretVersionIds'], resources: secret('*') },
    { actions: ['kms:DeleteSecret'], resources: secret('{deployment}/psk/*') },
    { actions: ['kms:*'], resources: secret('*/webhook/*'), deny: true },
  ],
  'build-cen': [
    {
      actions: [
        'cen:CreateCen',
        'cen:DescribeCens',
        'cen:DeleteCen',
        'cen:CreateTransitRouter',
        'cen:ListTransitRouters',
      ],
      resources: cen('ceninstance'),
    },
    {
      actions: [
        'cen:CreateTransitRouterVpcAttachment',
        'cen:CreateTransitRouterPeerAttachment',
        'cen:ListTransitRouterRouteTables',
        'cen:DeleteTransitRouter',
      ],
      resources: cen('centransitrouter'),
    },
    {
      actions: ['cen:ListTransitRouterVpcAttachments', 'cen:ListTransitRouterPeerAttachments'],
      resources: cen('centransitrouter', 'centransitrouterattachment'),
    },
    {
      actions: [
        'cen:AssociateTransitRouterAttachmentWithRouteTable',
        'cen:EnableTransitRouterRouteTablePropagation',
        'cen:UpdateTransitRouterPeerAttachmentAttribute',
        'cen:UpdateTransitRouterVpcAttachmentAttribute',
        'cen:UpdateTransitRouterVpcAttachmentZones',
        'cen:DissociateTransitRouterAttachmentFromRouteTable',
        'cen:DisableTransitRouterRouteTablePropagation',
        'cen:DeleteTransitRouterVpcAttachment',
        'cen:DeleteTransitRouterPeerAttachment',
      ],
      resources: cen('centransitrouterattachment'),
    },
    {
      actions: ['cen:ListTransitRouterRouteTableAssociations', 'cen:ListTransitRouterRouteTablePropagations'],
      resources: cen('centransitrouterroutetable'),
    },
  ],
  'build-basic-cen': [
    {
      actions: [
        'cen:AttachCenChildInstance',
        'cen:DescribeCenAttachedChildInstances',
        'cen:AssociateCenBandwidthPackage',
        'cen:UnassociateCenBandwidthPackage',
        'cen:DetachCenChildInstance',
        'cen:DescribeCenInterRegionBandwidthLimits',
        'cen:SetCenInterRegionBandwidthLimit',
      ],
      resources: cen('ceninstance'),
    },
    { actions: ['cen:DescribeCenBandwidthPackages'], resources: cen('cenbandwidthpackage') },
    { actions: ['vpc:DescribeVpcAttribute'], resources: vpc('vpc') },
  ],
  'build-routes': [
    {
      actions: [
        'vpc:CreateVpnRouteEntry',
        'vpc:DescribeVpnRouteEntries',
        'vpc:DescribeVpnGateway',
        'vpc:DeleteVpnRouteEntry',
      ],
      resources: vpc('vpngateway'),
    },
    { actions: ['vpc:PublishVpnRouteEntry'], resources: vpc('vpngateway') },
    { actions: ['vpc:CreateRouteEntry', 'vpc:DeleteRouteEntry'], resources: vpc('routetable') },
    { actions: ['vpc:DescribeRouteTableList', 'vpc:DescribeRouteEntryList'], resources: vpc('routetable') },
    {
      actions: ['cen:PublishRouteEntries', 'cen:DescribePublishedRouteEntries', 'cen:WithdrawPublishedRouteEntries'],
      resources: cen('ceninstance'),
    },
  ],
  'build-security-groups': [
    { actions: ['ecs:AuthorizeSecurityGroup'], resources: ecs('securitygroup') },
    { actions: ['ecs:RevokeSecurityGroup'], resources: ecs('securitygroup') },
    { actions: ['ecs:DescribeSecurityGroupAttribute'], resources: ecs('securitygroup') },
  ],
  /** What a file assumes of the account, against what is there. */
  'compare-account': [
    { actions: ['vpc:DescribeVpcAttribute'], resources: vpc('vpc') },
    { actions: ['vpc:DescribeVSwitches'], resources: vpc('vswitch') },
    { actions: ['vpc:DescribeRouteTableList'], resources: vpc('routetable') },
    { actions: ['vpc:DescribeVpnGatewayAvailableZones'], resources: ANY },
    { actions: ['ecs:DescribeSecurityGroups'], resources: ecs('securitygroup') },
    { actions: ['ecs:DescribeNetworkInterfaces'], resources: ecs('eni') },
    { actions: ['cen:DescribeCens', 'cen:ListTransitRouters'], resources: cen('ceninstance') },
    { actions: ['cen:DescribeCenBandwidthPackages'], resources: cen('cenbandwidthpackage') },
    { actions: ['cen:CheckTransitRouterService', 'cen:ListTransitRouterAvailableResource'], resources: ANY },
  ],
  /** What a file adopts, beside what a look for drift asks: the table that an attachment is to be bound to. */
  'look-at-adopted': [{ actions: ['cen:ListTransitRouterRouteTables'], resources: cen('centransitrouter') }],
  /** Whether a key that an office names is there; never what it is. */
  'find-stored-keys': [{ actions: ['kms:ListSecretVersionIds'], resources: secret('*') }],
  /** Each recorded thing as its kind looks at it; what is made of the answers is written by others. */
  'look-for-drift': [
    {
      actions: [
        'vpc:DescribeVpnGateway',
        'vpc:DescribeVpnGateways',
        'vpc:DescribeVpnRouteEntries',
        'vpc:DescribeVpnPbrRouteEntries',
      ],
      resources: vpc('vpngateway'),
    },
    { actions: ['vpc:DescribeCustomerGateways'], resources: vpc('customergateway') },
    { actions: ['vpc:DescribeVpnConnection', 'vpc:DescribeVpnConnections'], resources: vpc('vpnconnection') },
    { actions: ['vpc:DescribeRouteEntryList'], resources: vpc('routetable') },
    { actions: ['ecs:DescribeSecurityGroupAttribute'], resources: ecs('securitygroup') },
    {
      actions: [
        'cen:DescribeCens',
        'cen:ListTransitRouters',
        'cen:DescribeCenAttachedChildInstances',
        'cen:DescribeCenInterRegionBandwidthLimits',
        'cen:DescribePublishedRouteEntries',
      ],
      resources: cen('ceninstance'),
    },
    { actions: ['cen:DescribeCenBandwidthPackages'], resources: cen('cenbandwidthpackage') },
    {
      actions: ['cen:ListTransitRouterVpcAttachments', 'cen:ListTransitRouterPeerAttachments'],
      resources: cen('centransitrouter', 'centransitrouterattachment'),
    },
    {
      actions: ['cen:ListTransitRouterRouteTableAssociations', 'cen:ListTransitRouterRouteTablePropagations'],
      resources: cen('centransitrouterroutetable'),
    },
    { actions: ['kms:ListSecretVersionIds'], resources: secret('*') },
  ],
  /** What drifted is marked before a run brings it back. */
  'mark-drift': [{ actions: ['ots:GetRow', 'ots:UpdateRow'], resources: table('records') }],
  /** One network a minute, and what was found of it. */
  'watch-networks': [
    { actions: ['ots:GetRange', 'ots:DescribeTable'], resources: table('networks') },
    { actions: ['oss:GetObject', 'oss:PutObject'], resources: object('reports/*') },
  ],
  /** A tunnel that changed its state, for the ticketing systems that the settings name. */
  'notice-tunnels': [
    { actions: ['oss:GetObject'], resources: object('settings/*') },
    { actions: ['ots:GetRow', 'ots:PutRow'], resources: table('submissions') },
    { actions: ['ots:PutRow'], resources: table('open') },
    { actions: ['mns:SendMessage'], resources: queue('callback') },
  ],
  /** What the cloud's tables say after the last task. */
  'read-back': [
    { actions: ['vpc:DescribeVpcAttribute'], resources: vpc('vpc') },
    { actions: ['vpc:DescribeVSwitches'], resources: vpc('vswitch') },
    { actions: ['vpc:DescribeRouteTableList', 'vpc:DescribeRouteEntryList'], resources: vpc('routetable') },
    {
      actions: ['vpc:DescribeVpnGateways', 'vpc:DescribeVpnRouteEntries', 'vpc:DescribeVpnPbrRouteEntries'],
      resources: vpc('vpngateway'),
    },
    { actions: ['vpc:DescribeCustomerGateways'], resources: vpc('customergateway') },
    { actions: ['vpc:DescribeVpnConnections'], resources: vpc('vpnconnection') },
    {
      actions: ['ecs:DescribeSecurityGroups', 'ecs:DescribeSecurityGroupAttribute'],
      resources: ecs('securitygroup'),
    },
    { actions: ['ecs:DescribeNetworkInterfaces'], resources: ecs('eni') },
    {
      actions: [
        'cen:ListTransitRouters',
        'cen:ListTransitRouterVpcAttachments',
        'cen:ListTransitRouterPeerAttachments',
      ],
      resources: cen('ceninstance'),
    },
    { actions: ['cen:ListTransitRouterRouteTables'], resources: cen('centransitrouter') },
    {
      actions: ['cen:ListTransitRouterRouteTableAssociations', 'cen:ListTransitRouterRouteEntries'],
      resources: cen('centransitrouterroutetable'),
    },
    {
      actions: [
        'cen:DescribeCenAttachedChildInstances',
        'cen:DescribeCenInterRegionBandwidthLimits',
        'cen:DescribeCenRegionDomainRouteEntries',
      ],
      resources: cen('ceninstance'),
    },
  ],
  'publish-reports': [
    { actions: ['ots:GetRange', 'ots:DescribeTable'], resources: table('events', 'records', 'tasks', 'waiting') },
    { actions: ['ots:DeleteRow'], resources: table('open') },
    { actions: ['oss:GetObject', 'oss:PutObject'], resources: object('runs/*') },
    { actions: ['oss:PutObject'], resources: object('reports/*') },
    { actions: ['mns:SendMessage'], resources: queue('callback') },
  ],
  'take-files': [
    { actions: ['oss:GetObject'], resources: object('topologies/*') },
    { actions: ['oss:PutObject'], resources: object('reports/intake/*') },
  ],
  /** An operator's order, by its object; and files that are gone, by the networks that they were. */
  'take-orders': [
    { actions: ['oss:GetObject'], resources: object('orders/*', 'reports/orders/*') },
    { actions: ['oss:PutObject'], resources: object('reports/orders/*') },
    { actions: ['ots:GetRange', 'ots:DescribeTable'], resources: table('networks') },
  ],
  /** What a plan would do to what is live, while a run may be at work; and who must agree to it. */
  'foresee-plans': [
    { actions: ['oss:GetObject'], resources: object('settings/*') },
    { actions: ['ots:GetRange', 'ots:DescribeTable'], resources: table('tasks') },
  ],
  /** A topology becomes a revision, and its network takes its VPCs and CEN. */
  'accept-revisions': [
    { actions: ['ots:GetRow', 'ots:PutRow', 'ots:DeleteRow'], resources: table('places') },
    { actions: ['ots:PutRow'], resources: table('networks') },
    { actions: ['oss:PutObject'], resources: object('revisions/*') },
  ],
  /** Also for a run that somebody else's death cut off, or whose turn comes with another's end. */
  'start-runs': [
    { actions: ['ots:GetRow', 'ots:UpdateRow'], resources: table('networks', 'runs') },
    { actions: ['ots:PutRow'], resources: table('open', 'runs') },
    { actions: ['ots:BatchWriteRow'], resources: table('tasks') },
    { actions: ['ots:GetRange', 'ots:DescribeTable'], resources: table('records') },
    { actions: ['oss:GetObject'], resources: object('revisions/*', 'runs/*') },
    { actions: ['oss:PutObject'], resources: object('runs/*') },
    { actions: ['mns:SendMessage'], resources: queue(...STEP_QUEUES, 'report') },
  ],
  /** The sweep looks at what is open and sends again what was lost. */
  'drive-again': [
    { actions: ['ots:GetRange', 'ots:DescribeTable'], resources: table('open', 'tasks') },
    { actions: ['ots:DeleteRow'], resources: table('open') },
    { actions: ['mns:SendMessage'], resources: queue('intake') },
  ],
  'receive-deliveries': [
    { actions: ['ots:GetRow', 'ots:PutRow'], resources: table('deliveries', 'submissions') },
    { actions: ['ots:PutRow'], resources: table('open') },
    { actions: ['oss:PutObject'], resources: object('submissions/*') },
    { actions: ['mns:SendMessage'], resources: queue('intake') },
  ],
  /** The plan that waits, for whoever opens a link to it. */
  'show-plans': [{ actions: ['ots:GetRow'], resources: table('networks') }],
  'take-submissions': [
    { actions: ['ots:GetRow', 'ots:UpdateRow'], resources: table('submissions') },
    { actions: ['ots:PutRow'], resources: table('waiting') },
    { actions: ['oss:GetObject'], resources: object('submissions/*') },
    { actions: ['mns:SendMessage'], resources: queue('callback') },
  ],
  /** Those who wait for a network hear of its run's end. */
  'settle-submissions': [
    { actions: ['ots:GetRow', 'ots:UpdateRow'], resources: table('submissions') },
    { actions: ['ots:DeleteRow'], resources: table('open', 'waiting') },
  ],
  /** One event after another, each until a day has gone by. */
  'call-back': [
    { actions: ['ots:GetRow', 'ots:UpdateRow'], resources: table('submissions') },
    { actions: ['mns:SendMessage'], resources: queue('callback', 'dead-letters') },
    { actions: ['ots:DeleteRow'], resources: table('open') },
  ],
  'know-ticket-systems': [{ actions: ['kms:GetSecretValue'], resources: secret('{deployment}/webhook/*') }],
  /** Function Compute writes a function's log by the function's role; asked for by nobody on the local cloud. */
  'write-logs': [
    {
      actions: ['log:PostLogStoreLogs'],
      resources: ['acs:log:{region}:{account}:project/{logProject}/logstore/{logStore}'],
    },
  ],
  /** OSS's notification starts intake, and nothing else. */
  'notify-intake': [
    { actions: ['fc:InvokeFunction'], resources: ['acs:fc:{region}:{account}:functions/{deployment}-intake'] },
  ],
  /** Function Compute puts an event that was given up into the dead-letter queue by the function's role. */
  'keep-lost-events': [{ actions: ['mns:SendMessage'], resources: queue('dead-letters') }],
} as const satisfies Record<string, readonly Grant[]>;

export type UseCase = keyof typeof USE_CASES;

export interface RoleDefinition {
  /** Behind the deployment: `intake` is `trunkline-intake`. */
  name: string;
  description: string;
  /** Which service may take it on. */
  trusts: 'fc.aliyuncs.com' | 'oss.aliyuncs.com';
  useCases: readonly UseCase[];
}

const role = (name: string, ...useCases: UseCase[]): RoleDefinition => ({
  name,
  description: `Trunkline: the function ${name}`,
  trusts: 'fc.aliyuncs.com',
  useCases: [...useCases, 'write-logs'],
});

export const ROLES: readonly RoleDefinition[] = [
  role(
    'intake',
    'take-files',
    'take-submissions',
    'take-orders',
    'foresee-plans',
    'compare-account',
    'look-at-adopted',
    'find-stored-keys',
    'look-for-drift',
    'mark-drift',
    'accept-revisions',
    'start-runs',
    'settle-submissions',
    'keep-lost-events',
  ),
  role('webhook', 'receive-deliveries', 'show-plans', 'know-ticket-systems'),
  role('gateway', 'work-on-tasks', 'build-gateways'),
  role('tunnel', 'work-on-tasks', 'build-tunnels', 'keep-pre-shared-keys'),
  role('cen', 'work-on-tasks', 'build-cen', 'build-basic-cen'),
  role('routes', 'work-on-tasks', 'build-routes'),
  role('security-group', 'work-on-tasks', 'build-security-groups'),
  role('report', 'work-on-tasks', 'read-back', 'publish-reports', 'start-runs', 'settle-submissions'),
  role('callback', 'call-back', 'know-ticket-systems'),
  role(
    'sweep',
    'drive-again',
    'start-runs',
    'watch-networks',
    'notice-tunnels',
    'look-for-drift',
    'mark-drift',
    'foresee-plans',
    'keep-lost-events',
  ),
  {
    name: 'oss-trigger',
    description: 'Trunkline: OSS starts intake when a file comes or goes',
    trusts: 'oss.aliyuncs.com',
    useCases: ['notify-intake'],
  },
];
