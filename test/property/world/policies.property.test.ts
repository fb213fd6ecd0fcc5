/** What holds of any policies, whatever they say. */
import * as fc from 'fast-check';
import { evaluate } from '../../../local/world/authorization/evaluate';
import { type PolicyDocument, parsePolicyDocument } from '../../../local/world/authorization/policy-document';
import { matchesWildcard } from '../../../local/world/authorization/wildcard';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 12 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });

test('a pattern matches what its regular expression does', () => {
  fc.assert(
    fc.property(pattern, text, (stars, given) => {
      const expression = new RegExp(`^${stars.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      expect(matchesWildcard(stars, given)).toBe(expression.test(given));
    }),
  );
});

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom('*', 'oss:*', 'oss:GetObject', 'oss:PutObject', 'ots:*'),
  Resource: fc.constantFrom('*', 'acs:oss:*:*:b/*', 'acs:oss:*:1:b/k', 'acs:oss:*:2:*'),
});
const policy = fc.array(statement, { minLength: 1, maxLength: 4 }).map((Statement): PolicyDocument => {
  const parsed = parsePolicyDocument(JSON.stringify({ Version: '1', Statement }));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.document;
});
const policies = fc.array(policy, { maxLength: 4 });
const ASKED = { action: 'oss:GetObject', resource: 'acs:oss:*:1:b/k' };

test('the order of policies does not matter', () => {
  fc.assert(
    fc.property(policies, (all) => {
      expect(evaluate([...all].reverse(), ASKED)).toBe(evaluate(all, ASKED));
    }),
  );
});

test('one more policy never lifts a denial, and without one that denies never takes anything away', () => {
  fc.assert(
    fc.property(policies, policy, (all, more) => {
      const [before, after] = [evaluate(all, ASKED), evaluate([...all, more], ASKED)];
      if (before === 'explicit') expect(after).toBe('explicit');
      const denies = more.Statement.some(({ Effect }) => Effect === 'Deny');
      if (before === 'allowed' && !denies) expect(after).toBe('allowed');
    }),
  );
});
