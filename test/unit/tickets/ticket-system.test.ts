import { minutes } from '../../../shared/clock';
import { CloudError } from '../../../shared/engine/cloud';
import { revealed } from '../../../shared/secret';
import { ticketSystems } from '../../../shared/tickets/ticket-system';
import { manualClock } from '../../in-process/in-process-world';

const KEY = 'sw0rdfish-sw0rdfish-sw0rdfish';

function systemsWith(secret: () => string) {
  const asked: string[] = [];
  const clock = manualClock();
  const systems = ticketSystems({
    cloud: {
      call: async ({ parameters }) => {
        asked.push(String(parameters.SecretName));
        return { SecretData: secret() };
      },
    },
    region: 'us-east-1',
    deployment: 'trunkline',
    clock,
  });
  return { systems, asked, clock };
}

test('a system is read from its secret, once a minute', async () => {
  const { systems, asked, clock } = systemsWith(() => JSON.stringify({ keys: [KEY] }));
  const found = [await systems('desk'), await systems('desk')];
  expect(found.map((system) => system?.keys.map(revealed))).toEqual([[KEY], [KEY]]);
  expect(found).toEqual([expect.objectContaining({ name: 'desk', callback: null }), found[0]]);
  expect(asked).toEqual(['trunkline/webhook/desk']);
  clock.advance(minutes(2));
  await systems('desk');
  expect(asked).toHaveLength(2);
});

test.each([
  ['the bare key, as one who has not read the manual stores it', KEY],
  ['keys that are too short', JSON.stringify({ keys: ['sw0rdfish'] })],
  [
    'a callback to the metadata service',
    JSON.stringify({ keys: [KEY], callback: { url: 'https://100.100.100.200/sw0rdfish', key: KEY } }),
  ],
  ['a kind that is none', JSON.stringify({ keys: [KEY], kind: 'sw0rdfish' })],
  ['an address that is none', JSON.stringify({ keys: [KEY], addresses: ['sw0rdfish'] })],
  ['no address at all', JSON.stringify({ keys: [KEY], addresses: [], takes: 'sw0rdfish' })],
  ['a state before anybody agreed', JSON.stringify({ keys: [KEY], kind: 'servicenow', takes: 'Assess' })],
  ['a status for the generic form, which has none', JSON.stringify({ keys: [KEY], takes: 'sw0rdfish' })],
  [
    'a place for issues, for a system that has none',
    JSON.stringify({ keys: [KEY], opens: { project: 'NET', issueType: 'sw0rdfish' } }),
  ],
  [
    'a project that is none',
    JSON.stringify({ keys: [KEY], kind: 'jira', opens: { project: 'sw0rdfish', issueType: 'Task' } }),
  ],
  ['a callback without an address', JSON.stringify({ keys: [KEY], callback: { url: 'sw0rdfish', key: KEY } })],
])('a secret that holds %s is refused without a word of it', async (_what, secret) => {
  const { systems } = systemsWith(() => secret);
  const error = (await systems('desk').catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code: 'ConfigurationInvalid' });
  expect(error.message).toContain('trunkline/webhook/desk');
  expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('sw0rdfish');
});

test.each(['../desk', 'Desk', '', 'a'.repeat(42)])('%p is no system’s name, and asks nobody', async (name) => {
  const { systems, asked } = systemsWith(() => '');
  expect(await systems(name)).toBeNull();
  expect(asked).toEqual([]);
});

test('a system without a secret is unknown', async () => {
  const detail = { service: 'kms', action: 'GetSecretValue', class: 'fatal', status: 404, requestId: null } as const;
  const { systems } = systemsWith(() => {
    throw new CloudError({ ...detail, code: 'Forbidden.ResourceNotFound' }, 'no such secret');
  });
  expect(await systems('desk')).toBeNull();
});
