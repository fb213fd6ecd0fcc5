/** The policies that every account has, of the services that are here: names and contents as the service has them. */
import { epochMs } from '../../../shared/clock';
import { type PolicyDocument, parsePolicyDocument } from '../authorization/policy-document';
import { nameKey, type PolicyRecord } from './records';

const system = (name: string, description: string, ...actions: string[]): PolicyRecord => {
  const document = JSON.stringify({ Version: '1', Statement: [{ Action: actions, Resource: '*', Effect: 'Allow' }] });
  const at = epochMs(Date.UTC(2015, 3, 28));
  return {
    name,
    description,
    versions: [{ id: 'v1', document, createdAt: at }],
    defaultVersion: 'v1',
    versionsMade: 1,
    tags: [],
    createdAt: at,
    updatedAt: at,
  };
};

/** Full access is the product's prefix; a few products come with their neighbours' or with less than all. */
const SYSTEM_POLICIES: readonly PolicyRecord[] = [
  system('AdministratorAccess', 'Manages all resources.', '*'),
  system('AliyunCENFullAccess', 'Manages Cloud Enterprise Network.', 'cen:*'),
  system('AliyunECSFullAccess', 'Manages ECS.', 'ecs:*', 'vpc:DescribeVpcs', 'vpc:DescribeVSwitches'),
  system('AliyunFCFullAccess', 'Manages Function Compute.', 'fc:*'),
  system('AliyunFCInvocationAccess', 'Invokes functions.', 'fc:InvokeFunction'),
  system('AliyunKMSFullAccess', 'Manages KMS.', 'kms:*'),
  system('AliyunMNSFullAccess', 'Manages SMQ.', 'mns:*'),
  system('AliyunOSSFullAccess', 'Manages OSS.', 'oss:*'),
  system('AliyunOTSFullAccess', 'Manages Tablestore.', 'ots:*'),
  system('AliyunRAMFullAccess', 'Manages RAM.', 'ram:*'),
  system(
    'AliyunServiceRolePolicyForEventBridgeSendToFC',
    'EventBridge invokes functions.',
    'fc:InvokeFunction',
    'fc:ListServices',
    'fc:ListFunctions',
    'fc:ListServiceVersions',
    'fc:ListAliases',
    'fc:RegisterEventSource',
    'fc:DeregisterEventSource',
    'fc:ListEventSources',
  ),
  system(
    'AliyunServiceRolePolicyForEventBridgeSendToMNS',
    'EventBridge receives and sends messages.',
    'mns:SendMessage',
    'mns:GetQueueAttributes',
    'mns:PublishMessage',
    'mns:ListQueue',
    'mns:ListTopic',
    'mns:ReceiveMessage',
    'mns:BatchReceiveMessage',
    'mns:PeekMessage',
    'mns:BatchPeekMessage',
    'mns:ChangeMessageVisibility',
    'mns:DeleteMessage',
  ),
  system('AliyunSTSAssumeRoleAccess', 'Assumes roles.', 'sts:AssumeRole'),
  system('AliyunVPCFullAccess', 'Manages VPC.', 'vpc:*'),
];

const byName = new Map(SYSTEM_POLICIES.map((policy) => [nameKey(policy.name), policy]));

export const systemPolicies = (): readonly PolicyRecord[] => SYSTEM_POLICIES;

export const systemPolicy = (name: string): PolicyRecord | undefined => byName.get(nameKey(name));

/** Throws where the text is none: what is kept was checked when it was made. */
export function keptDocument(text: string): PolicyDocument {
  const parsed = parsePolicyDocument(text);
  if (!parsed.ok) throw new TypeError(`a kept policy is malformed: ${parsed.problem}`);
  return parsed.document;
}
