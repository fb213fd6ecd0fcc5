/** Policies as texts, as they are sent, and what they come to. */
import { evaluate, narrowed } from '../../../../local/world/authorization/evaluate';
import type { Permission } from '../../../../local/world/authorization/permission';
import { type PolicyDocument, parsePolicyDocument } from '../../../../local/world/authorization/policy-document';

type Stated = Record<string, unknown>;

const policy = (...statements: Stated[]): PolicyDocument => {
  const parsed = parsePolicyDocument(JSON.stringify({ Version: '1', Statement: statements }));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.document;
};
const allow = (parts: Stated = {}): Stated => ({ Effect: 'Allow', Action: '*', Resource: '*', ...parts });
const deny = (parts: Stated = {}): Stated => ({ ...allow(parts), Effect: 'Deny' });

const READ: Permission = { action: 'oss:GetObject', resource: 'acs:oss:*:1:bucket/topologies/a.yaml' };

test.each([
  ['no policy', [], 'implicit'],
  ['everything', [policy(allow())], 'allowed'],
  ['the action in another case', [policy(allow({ Action: 'OSS:getobject' }))], 'allowed'],
  ['a list of actions', [policy(allow({ Action: ['oss:PutObject', 'oss:GetObject'] }))], 'allowed'],
  ['another product', [policy(allow({ Action: 'ots:*' }))], 'implicit'],
  ['the product', [policy(allow({ Action: 'oss:*' }))], 'allowed'],
  ['the objects below a prefix', [policy(allow({ Resource: 'acs:oss:*:*:bucket/topologies/*' }))], 'allowed'],
  ['those below another', [policy(allow({ Resource: ['acs:oss:*:*:bucket/reports/*'] }))], 'implicit'],
  [
    'the bucket in another case: names of resources keep theirs',
    [policy(allow({ Resource: 'acs:oss:*:*:Bucket/*' }))],
    'implicit',
  ],
  ['another account', [policy(allow({ Resource: 'acs:oss:*:2:*' }))], 'implicit'],
  ['allowed by the second policy only', [policy(allow({ Action: 'ots:*' })), policy(allow())], 'allowed'],
  ['denied beside what allows', [policy(allow(), deny({ Action: 'oss:Get*' }))], 'explicit'],
  ['denied in another policy', [policy(allow()), policy(deny({ Resource: 'acs:oss:*:*:bucket/*' }))], 'explicit'],
  ['denied for something else', [policy(allow(), deny({ Action: 'oss:PutObject' }))], 'allowed'],
  ['denied, and nothing allows', [policy(deny())], 'explicit'],
])('%s', (_, policies, expected) => {
  expect(evaluate(policies, READ)).toBe(expected);
});

const CONDITIONS = {
  'oss:Prefix': 'topologies/',
  'acs:CurrentTime': '2026-11-23T00:00:00Z',
  n: '7',
  on: 'true',
  ip: '10.1.2.3',
};

test.each([
  ['the same text', { StringEquals: { 'oss:Prefix': 'topologies/' } }, true],
  ['one of the texts', { StringEquals: { 'oss:Prefix': ['reports/', 'topologies/'] } }, true],
  ['another text', { StringEquals: { 'oss:Prefix': 'reports/' } }, false],
  ['another case', { StringEquals: { 'oss:Prefix': 'Topologies/' } }, false],
  ['another case that does not matter', { StringEqualsIgnoreCase: { 'oss:Prefix': 'Topologies/' } }, true],
  ['not this text', { StringNotEquals: { 'oss:Prefix': 'reports/' } }, true],
  ['none of these texts', { StringNotEquals: { 'oss:Prefix': ['reports/', 'topologies/'] } }, false],
  ['not this text, whatever its case', { StringNotEqualsIgnoreCase: { 'oss:Prefix': 'TOPOLOGIES/' } }, false],
  ['a pattern', { StringLike: { 'oss:Prefix': 'topolog?es*' } }, true],
  ['not a pattern', { StringNotLike: { 'oss:Prefix': 'top*' } }, false],
  ['a key that the request does not have', { StringEquals: { 'oss:Delimiter': '/' } }, false],
  ['not a value of a key that it does not have', { StringNotEquals: { 'oss:Delimiter': '/' } }, true],
  ['two keys, both met', { StringEquals: { 'oss:Prefix': 'topologies/', on: 'true' } }, true],
  ['two operators, one not met', { StringLike: { 'oss:Prefix': '*' }, Bool: { on: 'false' } }, false],
  ['a boolean as a boolean', { Bool: { on: true } }, true],
  ['a number below', { NumericLessThan: { n: '8' } }, true],
  ['a number that is not below', { NumericLessThan: { n: 7 } }, false],
  ['a number at most', { NumericLessThanEquals: { n: '7' } }, true],
  ['a number above', { NumericGreaterThan: { n: '07' } }, false],
  ['a number at least', { NumericGreaterThanEquals: { n: '7.0' } }, true],
  ['the same number', { NumericEquals: { n: '7.0' } }, true],
  ['another number', { NumericNotEquals: { n: '7.0' } }, false],
  ['before a time', { DateLessThan: { 'acs:CurrentTime': '2026-11-23T08:00:01+08:00' } }, true],
  ['after a time', { DateGreaterThan: { 'acs:CurrentTime': '2026-11-23T00:00:00Z' } }, false],
  ['at a time', { DateEquals: { 'acs:CurrentTime': '2026-11-23T08:00:00+08:00' } }, true],
  ['an address in a block', { IpAddress: { ip: ['192.168.0.0/16', '10.0.0.0/8'] } }, true],
  ['an address outside', { NotIpAddress: { ip: '10.0.0.0/8' } }, false],
])('a condition: %s', (_, Condition, holds) => {
  const asked = { ...READ, conditions: CONDITIONS };
  expect(evaluate([policy(allow({ Condition }))], asked)).toBe(holds ? 'allowed' : 'implicit');
});

test.each([
  ['allowed', 'allowed', 'allowed', 'both'],
  ['allowed', 'implicit', 'implicit', 'the session does not mention it'],
  ['implicit', 'allowed', 'implicit', 'a session adds nothing'],
  ['implicit', 'explicit', 'explicit', 'it may deny'],
  ['explicit', 'allowed', 'explicit', 'and not undo a denial'],
] as const)('a role’s %s and a session’s %s are %s: %s', (role, session, expected, _why) => {
  expect(narrowed(role, session)).toBe(expected);
});
