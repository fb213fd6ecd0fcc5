import { matchesWildcard } from '../../../../local/world/authorization/wildcard';

test.each([
  ['*', '', true, 'a star takes nothing too'],
  ['*', 'acs:oss:*:1:bucket/a/b', true, 'and everything, colons and slashes with it'],
  ['oss:Get*', 'oss:getobject', false, 'case counts: who compares without it lowers both'],
  ['oss:get*', 'oss:getobject', true, 'a prefix'],
  ['*object', 'oss:getobject', true, 'a suffix'],
  ['acs:oss:*:*:bucket/*/plan', 'acs:oss:*:1:bucket/runs/7/plan', true, 'stars in the middle'],
  ['acs:oss:*:*:bucket', 'acs:oss:*:1:bucket/key', false, 'the whole text, not its beginning'],
  ['acs:oss:*:*:bucket/*', 'acs:oss:*:1:bucket', false, 'a bucket is not among its objects'],
  ['acs:mns:us-east-1:1:/queues/a*', 'acs:mns:us-east-1:1:/queues/b', false, 'another name'],
  ['a*b*c', 'aXbXbXc', true, 'a star that has to take more than it first did'],
  ['a*b*c', 'aXbXbX', false, 'and one that cannot'],
  ['a?c', 'abc', false, 'a question mark is itself where single characters were not asked for'],
  ['', '', true, 'nothing is nothing'],
  ['', 'a', false, 'and not something'],
])('%s and %s: %s (%s)', (pattern, text, expected) => {
  expect(matchesWildcard(pattern, text)).toBe(expected);
});

test.each([
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['?*', '', false],
])('with single characters, %s and %s: %s', (pattern, text, expected) => {
  expect(matchesWildcard(pattern, text, true)).toBe(expected);
});

test('a pattern of many stars is answered at once', () => {
  const pattern = `${'*a'.repeat(2_000)}b`;
  const before = process.hrtime.bigint();
  expect(matchesWildcard(pattern, 'a'.repeat(4_000))).toBe(false);
  expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(1_000);
});
