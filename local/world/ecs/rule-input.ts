/** A rule as a request states it, checked and in the form that the service keeps. */
import { parseCidr } from '../../../shared/cidr';
import { ApiError, type RpcContext } from '../rpc/action';
import type { RuleInput } from './parameters';
import { SECURITY_GROUPS, type SecurityGroupRecord, type SecurityRuleRecord } from './records';

export type RuleContent = Omit<SecurityRuleRecord, 'id' | 'groupId' | 'createdAt'>;

const ANY_PORT = '-1/-1';
const HIGHEST = 65_535;

/** Permissions, or the one rule of the flat form; both at once are refused. */
export function rulesIn(input: { Permissions?: RuleInput[] } & RuleInput): RuleInput[] {
  const flat = input.IpProtocol !== undefined;
  if (input.Permissions && flat)
    throw invalid('InvalidParam.Conflict', 'Permissions and the flat parameters cannot be used together.');
  if (!input.Permissions && !flat)
    throw new ApiError(
      400,
      'MissingParameter',
      'The input parameter "Permissions" that is mandatory for processing this request is not supplied.',
    );
  return input.Permissions ?? [input];
}

/** Of a rule that is changed: its group, and its direction. */
interface Place {
  group: SecurityGroupRecord;
  direction: 'ingress' | 'egress';
}

export function ruleContent(context: RpcContext, rule: RuleInput, { group, direction }: Place): RuleContent {
  const protocol = (rule.IpProtocol ?? '').toUpperCase();
  if (protocol === '')
    throw invalid('InvalidIpProtocol.Malformed', 'The specified parameter "IpProtocol" is not valid.');
  refuseWhatIsNotHere(rule);
  const portRange = rule.PortRange ?? '';
  if (!portFits(protocol, portRange))
    throw invalid('InvalidPortRange.Malformed', 'The specified parameter "PortRange" is not valid.');
  const cidr = (direction === 'ingress' ? rule.SourceCidrIp : rule.DestCidrIp) ?? '';
  const peerGroupId = (direction === 'ingress' ? rule.SourceGroupId : rule.DestGroupId) ?? '';
  if (cidr === '' && peerGroupId === '')
    throw invalid('MissingParameter.Source', 'One of SourceCidrIp, SourceGroupId and SourcePrefixListId is needed.');
  return {
    direction,
    protocol,
    portRange,
    cidr: cidr === '' ? '' : block(cidr, direction),
    // One rule has one far side: the block stands where both are given.
    peerGroupId: cidr === '' ? knownGroup(context, group, peerGroupId) : '',
    policy: (rule.Policy ?? 'accept').toLowerCase() === 'drop' ? 'Drop' : 'Accept',
    priority: Number(rule.Priority ?? '1'),
    description: rule.Description ?? '',
  };
}

/**
 * Lists cannot be made here, so none has that id; IPv6 is not modelled: a rule that says more than is kept would lie.
 * The codes are ours: no documented ones were found.
 */
function refuseWhatIsNotHere(rule: RuleInput): void {
  if (rule.SourcePrefixListId ?? rule.DestPrefixListId)
    throw new ApiError(404, 'InvalidPrefixListId.NotFound', 'The specified prefix list was not found.');
  if (rule.PortRangeListId)
    throw new ApiError(404, 'InvalidPortRangeListId.NotFound', 'The specified port list was not found.');
  if (rule.Ipv6SourceCidrIp ?? rule.Ipv6DestCidrIp)
    throw invalid('OperationUnsupported.Ipv6', 'IPv6 is not supported by this local cloud.');
}

/** Two rules that differ in their description only are the same rule to the service. */
export const sameRule = (a: RuleContent, b: RuleContent): boolean =>
  a.direction === b.direction &&
  a.protocol === b.protocol &&
  a.portRange === b.portRange &&
  a.cidr === b.cidr &&
  a.peerGroupId === b.peerGroupId &&
  a.policy === b.policy &&
  a.priority === b.priority;

function portFits(protocol: string, range: string): boolean {
  if (protocol !== 'TCP' && protocol !== 'UDP') return range === ANY_PORT;
  const [first = Number.NaN, last = Number.NaN] = range.split('/').map(Number);
  return first >= 1 && first <= last && last <= HIGHEST;
}

/** An address or a block, kept as it was written. */
function block(text: string, direction: 'ingress' | 'egress'): string {
  const side = direction === 'ingress' ? 'Source' : 'Dest';
  if (!parseCidr(text.includes('/') ? text : `${text}/32`))
    throw invalid(`Invalid${side}CidrIp.Malformed`, `The specified parameter "${side}CidrIp" is not valid.`);
  return text;
}

/** A group of the same VPC; one of the enterprise type names none at all. */
function knownGroup({ state }: RpcContext, group: SecurityGroupRecord, id: string): string {
  if (group.type === 'enterprise') throw enterpriseRefusal();
  const peer = state.get<SecurityGroupRecord>(SECURITY_GROUPS, id);
  if (peer?.vpcId !== group.vpcId)
    throw new ApiError(404, 'InvalidSourceGroupId.NotFound', 'The specified SourceGroupId does not exist.');
  return id;
}

/** Documented for the rules of such a group. */
export const enterpriseRefusal = (): ApiError =>
  invalid(
    'InvalidGroupParameter.OperationDenied',
    'The attributes Policy, SourceGroupId, DestGroupId of enterprise level security groups are not allowed to be set or modified.',
  );

const invalid = (code: string, message: string): ApiError => new ApiError(400, code, message);
