/** What the world says to an invocation, and whom it lets do what. */

import { type FcInput, fcRequest } from '../../../../local/world/fc/operations';
import { ASYNC_INVOCATIONS } from '../../../../local/world/fc/records';
import { type Grant, roleWorld, WORKER } from '../authorization/role-world';
import { ACCOUNT_ID, FUNCTION, fcWorld, ROLE, START } from './fc-world';

const ARN = `acs:fc:us-east-1:${ACCOUNT_ID}:functions`;
const base64 = (bytes: number): string => Buffer.alloc(bytes).toString('base64');

function cloudWith() {
  const cloud = fcWorld();
  cloud.done('CreateFunction', { body: FUNCTION });
  return cloud;
}

test('a synchronous one is let through, and leaves nothing', () => {
  const cloud = cloudWith();
  const { codeChecksum } = cloud.done('GetFunction', { name: 'f' });
  expect(cloud.done('InvokeFunction', { name: 'f', asynchronous: false, payload: '' })).toEqual({ codeChecksum });
  expect(cloud.state.keysBetween(ASYNC_INVOCATIONS)).toEqual([]);
});

test('asynchronous ones are kept in the order of their coming', () => {
  const cloud = cloudWith();
  const payloads = ['one', 'two'].map((text) => Buffer.from(text).toString('base64'));
  for (const payload of payloads) {
    cloud.done('InvokeFunction', { name: 'f', asynchronous: true, payload });
    cloud.advance(1_000);
  }
  const kept = cloud.state.keysBetween(ASYNC_INVOCATIONS).map((key) => cloud.state.get(ASYNC_INVOCATIONS, key));
  const common = { functionName: 'f', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) };
  expect(kept).toEqual([
    { ...common, payload: payloads[0], acceptedAt: START },
    { ...common, payload: payloads[1], acceptedAt: START + 1_000 },
  ]);
});

test.each<[reason: string, asynchronous: boolean, bytes: number, expected: RegExp]>([
  ['128 KB, asynchronous', true, 131_072, /^answered/],
  ['a byte more', true, 131_073, /^400 EntityTooLarge: payload size exceeds maximum allowed size \(131072 bytes\)$/],
  ['as much, synchronous', false, 131_073, /^answered/],
])('a payload of %s', (_, asynchronous, bytes, expected) => {
  const cloud = cloudWith();
  expect(cloud.refusal('InvokeFunction', { name: 'f', asynchronous, payload: base64(bytes) })).toMatch(expected);
});

test('a function that does not exist takes nothing', () => {
  const cloud = cloudWith();
  const said = cloud.refusal('InvokeFunction', { name: 'g', asynchronous: true, payload: '' });
  expect(said).toMatch(/^404 FunctionNotFound/);
  expect(cloud.state.keysBetween(ASYNC_INVOCATIONS)).toEqual([]);
});

test.each<[input: FcInput, needed: string[]]>([
  [{ operation: 'GetTempBucketToken' }, ['fc:GetTempBucketToken *']],
  [{ operation: 'ListFunctions', prefix: '', limit: null, nextToken: null }, [`fc:ListFunctions ${ARN}/*`]],
  [{ operation: 'UpdateFunction', name: 'f', body: {} }, [`fc:UpdateFunction ${ARN}/f`]],
  [
    { operation: 'CreateFunction', body: { functionName: 'f', role: ROLE.replace('worker', 'Worker') } },
    [`fc:CreateFunction ${ARN}/f`, `ram:PassRole ${ROLE}`],
  ],
  [
    { operation: 'CreateTrigger', name: 'f', body: { invocationRole: ROLE } },
    [`fc:CreateTrigger ${ARN}/f`, `ram:PassRole ${ROLE}`],
  ],
  [{ operation: 'GetTrigger', name: 'f', trigger: 't' }, [`fc:GetTrigger ${ARN}/f/triggers/t`]],
  [{ operation: 'ListNone', name: 'f', list: 'versions' }, [`fc:ListFunctionVersions ${ARN}/f`]],
  [{ operation: 'GetEmpty', name: 'f', what: 'ProvisionConfig' }, [`fc:GetProvisionConfig ${ARN}/f`]],
  [
    { operation: 'TagResources', body: { ResourceId: [`${ARN}/f`, `${ARN}/g`] } },
    [`fc:TagResources ${ARN}/f`, `fc:TagResources ${ARN}/g`],
  ],
  [
    { operation: 'ListTagResources', resourceType: '', resourceIds: [], tags: [], limit: null, nextToken: null },
    [`fc:ListTagResources ${ARN}/*`],
  ],
])('%j asks RAM', (input, needed) => {
  const cloud = roleWorld({ Action: '*' });
  cloud.serve('fc', input);
  expect(cloud.asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual(needed);
});

test('who may not hand a role on creates no function with it', () => {
  const create: FcInput = { operation: 'CreateFunction', body: { ...FUNCTION, role: ROLE } };
  const outcome = (...grants: Grant[]) => roleWorld(...grants).serve('fc', fcRequest(WORKER, create).input);
  expect(outcome({ Action: 'fc:*' })).toEqual({
    ok: false,
    status: 403,
    code: 'AccessDenied',
    message: `the caller is not authorized to perform 'ram:PassRole' on resource '${ROLE}'`,
  });
  // It exists, and trusts the account only: asked later.
  expect(outcome({ Action: ['fc:*', 'ram:PassRole'] })).toMatchObject({ code: 'InvalidArgument' });
});
