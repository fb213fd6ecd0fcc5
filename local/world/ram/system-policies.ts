/** The policies that every account has, of the services that are here: names and contents as the service has them. */
import { type PolicyDocument, parsePolicyDocument } from '../authorization/policy-document';

export interface SystemPolicy {
  name: string;
  description: string;
  document: string;
}

const allowing = (...actions: string[]): string =>
  JSON.stringify({ Version: '1', Statement: [{ Action: actions, Resource: '*', Effect: 'Allow' }] });

/** Full access is the product's prefix; a few products come with their neighbours' or with less than all. */
const SYSTEM_POLICIES: readonly SystemPolicy[] = [
  { name: 'AdministratorAccess', description: 'Manages all resources.', document: allowing('*') },
  { name: 'AliyunCENFullAccess', description: 'Manages Cloud Enterprise Network.', document: allowing('cen:*') },
  {
    name: 'AliyunECSFullAccess',
    description: 'Manages ECS.',
    document: allowing('ecs:*', 'vpc:DescribeVpcs', 'vpc:DescribeVSwitches'),
  },
  { name: 'AliyunFCFullAccess', description: 'Manages Function Compute.', document: allowing('fc:*') },
  { name: 'AliyunFCInvocationAccess', description: 'Invokes functions.', document: allowing('fc:InvokeFunction') },
  { name: 'AliyunKMSFullAccess', description: 'Manages KMS.', document: allowing('kms:*') },
  { name: 'AliyunMNSFullAccess', description: 'Manages SMQ.', document: allowing('mns:*') },
  { name: 'AliyunOSSFullAccess', description: 'Manages OSS.', document: allowing('oss:*') },
  { name: 'AliyunOTSFullAccess', description: 'Manages Tablestore.', document: allowing('ots:*') },
  { name: 'AliyunRAMFullAccess', description: 'Manages RAM.', document: allowing('ram:*') },
  { name: 'AliyunSTSAssumeRoleAccess', description: 'Assumes roles.', document: allowing('sts:AssumeRole') },
  { name: 'AliyunVPCFullAccess', description: 'Manages VPC.', document: allowing('vpc:*') },
];

const byName = new Map(SYSTEM_POLICIES.map((policy) => [policy.name.toLowerCase(), policy]));

export const systemPolicies = (): readonly SystemPolicy[] => SYSTEM_POLICIES;

export const systemPolicy = (name: string): SystemPolicy | undefined => byName.get(name.toLowerCase());

/** Throws where the text is none: what is kept was checked when it was made. */
export function keptDocument(text: string): PolicyDocument {
  const parsed = parsePolicyDocument(text);
  if (!parsed.ok) throw new TypeError(`a kept policy is malformed: ${parsed.problem}`);
  return parsed.document;
}
