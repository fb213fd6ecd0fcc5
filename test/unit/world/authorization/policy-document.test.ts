/** What is no policy, and what the refusal says of it. */
import { parseNewPolicyDocument, parsePolicyDocument } from '../../../../local/world/authorization/policy-document';
import { parseTrustPolicy, trusts } from '../../../../local/world/authorization/trust-policy';

const GOOD = { Effect: 'Allow', Action: 'oss:GetObject', Resource: '*' };

test.each([
  ['no JSON', '{', 'no JSON'],
  ['no object', '[]', 'The document'],
  ['no statement', { Version: '1', Statement: [] }, 'Statement'],
  ['a statement that is no list', { Version: '1', Statement: GOOD }, 'Statement'],
  ['another version', { Version: '2', Statement: [GOOD] }, 'Version'],
  ['no version', { Statement: [GOOD] }, 'Version'],
  ['another effect', { Version: '1', Statement: [{ ...GOOD, Effect: 'Permit' }] }, 'Statement.0.Effect'],
  [
    'an action without its product',
    { Version: '1', Statement: [{ ...GOOD, Action: 'GetObject' }] },
    'Statement.0.Action',
  ],
  ['no action', { Version: '1', Statement: [{ ...GOOD, Action: [] }] }, 'Statement.0.Action'],
  [
    'a resource that is no ARN',
    { Version: '1', Statement: [GOOD, { ...GOOD, Resource: 'bucket/*' }] },
    'Statement.1.Resource',
  ],
  [
    'an element that is not evaluated here',
    { Version: '1', Statement: [{ ...GOOD, NotAction: 'oss:*' }] },
    'Statement.0',
  ],
  [
    'an unknown operator',
    { Version: '1', Statement: [{ ...GOOD, Condition: { Matches: { a: 'b' } } }] },
    'Statement.0.Condition.Matches',
  ],
])('refused: %s', (_, document, place) => {
  const parsed = parsePolicyDocument(typeof document === 'string' ? document : JSON.stringify(document));
  expect(parsed.ok ? 'it was taken' : parsed.problem).toContain(place);
});

test('every problem is told at once', () => {
  const parsed = parsePolicyDocument(JSON.stringify({ Version: '3', Statement: [{ ...GOOD, Effect: 'No' }] }));
  expect(parsed.ok ? '' : parsed.problem).toMatch(/Version.*; Statement\.0\.Effect/);
});

test('a condition on what no request tells is refused, and not ignored', () => {
  const Condition = {
    IpAddress: { 'acs:SourceIp': '10.0.0.0/8' },
    StringLike: { 'oss:Prefix': 'a/*', 'oss:prefix': 'a/*' },
    DateLessThan: { 'acs:CurrentTime': '2027-01-01T00:00:00Z' },
  };
  const text = JSON.stringify({ Version: '1', Statement: [GOOD, { ...GOOD, Effect: 'Deny', Condition }] });
  expect(parseNewPolicyDocument(text)).toEqual({
    ok: false,
    problem:
      'Statement.1.Condition.IpAddress.acs:SourceIp: is not served by the local cloud; ' +
      'Statement.1.Condition.StringLike.oss:prefix: is not served by the local cloud',
  });
  // One that an earlier version of the local cloud has kept is still read.
  expect(parsePolicyDocument(text).ok).toBe(true);
});

test('what every request tells may be asked for', () => {
  const Condition = {
    StringLike: { 'oss:Prefix': 'a/*', 'oss:Delimiter': '/' },
    DateLessThan: { 'acs:CurrentTime': '' },
  };
  expect(parseNewPolicyDocument(JSON.stringify({ Version: '1', Statement: [{ ...GOOD, Condition }] })).ok).toBe(true);
});

const trust = (Principal: object, more: object[] = []) =>
  JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }, ...more],
  });

test.each([
  ['nobody', trust({})],
  ['an empty list', trust({ Service: [] })],
  ['another action', trust({ Service: 'fc.aliyuncs.com' }).replace('sts:AssumeRole', 'oss:GetObject')],
  ['a resource, which is the role itself', trust({ Service: 'fc.aliyuncs.com' }, [GOOD])],
  [
    'a condition, which nobody here would look at',
    trust({ RAM: '*' }).replace('"Action"', '"Condition":{"StringEquals":{"sts:ExternalId":"x"}},"Action"'),
  ],
])('no trust policy: %s', (_, document) => {
  expect(parseTrustPolicy(document).ok).toBe(false);
});

const FC = { service: 'fc.aliyuncs.com' };
const DENIED = { Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { Service: '*' } };

test.each([
  ['a service as a text', trust({ Service: 'fc.aliyuncs.com' }), FC, true],
  ['a service in a list', trust({ Service: ['oss.aliyuncs.com', 'fc.aliyuncs.com'] }), FC, true],
  ['another service', trust({ Service: ['oss.aliyuncs.com'] }), FC, false],
  ['an account is no service', trust({ RAM: '*' }), FC, false],
  [
    'an empty condition, as some tools write it',
    trust({ Service: 'fc.aliyuncs.com' }).replace('"Action"', '"Condition":{},"Action"'),
    FC,
    true,
  ],
  ['the root', trust({ RAM: 'acs:ram::1:root' }), { ram: ['acs:ram::1:root'] }, true],
  [
    'a role, written as it was named',
    trust({ RAM: ['acs:ram::1:role/Deploy'] }),
    { ram: ['acs:ram::1:role/deploy'] },
    true,
  ],
  ['another account’s root', trust({ RAM: ['acs:ram::2:root'] }), { ram: ['acs:ram::1:root'] }, false],
  ['a service that is denied beside', trust({ Service: 'fc.aliyuncs.com' }, [DENIED]), FC, false],
])('trusted: %s', (_, document, principal, expected) => {
  const parsed = parseTrustPolicy(document);
  expect(parsed.ok && trusts(parsed.document, principal)).toBe(expected);
});
