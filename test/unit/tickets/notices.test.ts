/** Tunnels that change their state: who is told, once each, whatever dies in between; and what opens a ticket. */
import { epochMs, minutes } from '../../../shared/clock';
import { secretOf } from '../../../shared/secret';
import { ALERT_SETTINGS, noticeTunnels, type SeenChange } from '../../../shared/tickets/notice-tunnels';
import { submissionStatus } from '../../../shared/tickets/submission-status';
import type { TicketSystem } from '../../../shared/tickets/ticket-system';
import { DESK, type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';

const API = { url: 'https://acme.example/', user: null, key: secretOf('the-token-of-the-system') };
const JIRA: TicketSystem = {
  ...DESK,
  name: 'jira',
  kind: 'jira',
  callback: API,
  opens: { project: 'NET', issueType: 'Incident' },
};
const SNOW: TicketSystem = { ...DESK, name: 'snow', kind: 'servicenow', callback: API };

const change = (role: string, more: Partial<SeenChange> = {}): SeenChange => ({
  tunnel: `vpn-connection/office-1 ${role}`,
  from: 'up',
  to: 'down',
  since: epochMs(1_700_000_000_000),
  negotiation: 'ike_sa_not_established',
  ...more,
});
const DOWN = [change('master'), change('slave')];
const UP = [change('master', { from: 'down', to: 'up', negotiation: 'ipsec_sa_established' })];

async function alerted(settings: string, systems: readonly TicketSystem[] = [DESK, JIRA, SNOW]) {
  const harness = await ticketHarness(systems);
  await harness.intake.objects.put(ALERT_SETTINGS as never, settings, 'application/yaml');
  return harness;
}

const noticed = ({ intake, tickets }: TicketHarness, changes: readonly SeenChange[]) =>
  noticeTunnels({ ...intake.deps, tickets }, 'tiny', changes);

/** What every system that was to be told got, by the messages that are there. */
async function hearAll(harness: TicketHarness): Promise<object[]> {
  const ids = new Set(harness.intake.messages('callback').map(({ submission }) => String(submission)));
  for (const id of ids) await harness.callBack(id);
  return harness.posted.splice(0);
}

test('a generic system hears of every change, signed, with what the service says of it', async () => {
  const harness = await alerted('systems: [service-desk]\n');
  expect(await noticed(harness, [...DOWN, ...UP])).toBeNull();
  const told = [...DOWN, ...UP].map(({ since, ...one }) => one);
  expect(await hearAll(harness)).toMatchObject([
    {
      url: 'https://desk.example/hook',
      headers: { 'x-trunkline-signature': expect.stringMatching(/^v1=/) },
      body: { event: 'tunnels-changed', network: 'tiny', ticket: null, tunnels: told, outcome: null },
    },
  ]);
});

const TEXT = `Trunkline: tunnels of tiny changed.
vpn-connection/office-1 master: down, and was up (ike_sa_not_established).
vpn-connection/office-1 slave: down, and was up (ike_sa_not_established).
Why, and what the office does about it: trunkline status tiny`;
const HEADLINE = 'Trunkline: 2 tunnels of tiny down: vpn-connection/office-1 master, vpn-connection/office-1 slave';

test('Jira opens an issue where it is registered, and ServiceNow an incident that says which repeat it is', async () => {
  const harness = await alerted('systems: [jira, snow]\n');
  await noticed(harness, DOWN);
  expect(await hearAll(harness)).toMatchObject([
    {
      method: 'POST',
      url: 'https://acme.example/rest/api/2/issue',
      body: {
        fields: {
          project: { key: 'NET' },
          issuetype: { name: 'Incident' },
          summary: HEADLINE,
          description: `{noformat}\n${TEXT}\n{noformat}`,
        },
      },
    },
    {
      method: 'POST',
      url: 'https://acme.example/api/now/table/incident',
      body: {
        short_description: HEADLINE,
        description: TEXT,
        correlation_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    },
  ]);
});

test.each<[why: string, systems: TicketSystem[], changes: SeenChange[]]>([
  ['is up again', [JIRA, SNOW], UP],
  ['is down, and Jira is not told where', [{ ...JIRA, opens: null }], DOWN],
  ['is down, and the system is not registered', [], DOWN],
])('no ticket is opened where a tunnel %s, and nothing is left to tell', async (_why, systems, changes) => {
  const harness = await alerted('systems: [jira, snow]\n', [...systems]);
  await noticed(harness, changes);
  expect(await hearAll(harness)).toEqual([]);
  expect(await harness.intake.deps.runs.listOpen()).toEqual([]);
});

test('told twice under one id, it is one notice; the next change of the same tunnel is another', async () => {
  const harness = await alerted('systems: [service-desk]\n');
  await noticed(harness, DOWN);
  await noticed(harness, DOWN);
  expect(await hearAll(harness)).toHaveLength(1);
  await noticed(harness, DOWN);
  expect(await hearAll(harness)).toHaveLength(0);
  await noticed(harness, [change('master', { since: epochMs(1_700_000_900_000) })]);
  expect(await hearAll(harness)).toHaveLength(1);
});

test('cut off behind its row, the sweep reminds of it, and it is told once', async () => {
  const harness = await alerted('systems: [service-desk]\n');
  harness.intake.dieAt('notice/recorded');
  await expect(noticed(harness, DOWN)).rejects.toThrow('notice/recorded');
  expect(harness.intake.messages('callback')).toEqual([]);
  harness.later(minutes(20));
  await harness.intake.sweep();
  for (const { submission } of harness.intake.messages('intake')) await harness.take(String(submission));
  await noticed(harness, DOWN);
  expect(await hearAll(harness)).toHaveLength(1);
  expect(await harness.intake.deps.runs.listOpen()).toEqual([]);
});

test('a receiver that is dead for more than a day leaves it in the dead letters', async () => {
  const harness = await alerted('systems: [service-desk]\n');
  await noticed(harness, DOWN);
  const [message] = harness.intake.messages('callback');
  const id = String(message?.['submission']);
  harness.answers.push(null, 503);
  expect(await harness.callBack(id)).toBe('again');
  harness.later(minutes(24 * 60));
  expect(await harness.callBack(id)).toBe('abandoned');
  expect(harness.intake.messages('dead-letters')).toEqual([{ format: 1, submission: id, event: 0, status: 503 }]);
});

test('its id follows from what it says, so nobody reads its status by it', async () => {
  const harness = await alerted('systems: [service-desk]\n');
  await noticed(harness, DOWN);
  const [message] = harness.intake.messages('callback');
  expect(await submissionStatus(harness.tickets, String(message?.['submission']))).toMatchObject({ status: 404 });
});

test('without settings nobody is told, and wrong ones say what is wrong', async () => {
  const harness = await ticketHarness();
  expect([await noticed(harness, DOWN), await harness.intake.deps.runs.listOpen()]).toEqual([null, []]);
  const wrong = await alerted('systems: service-desk\n');
  expect(await noticed(wrong, DOWN)).toMatchObject({ code: 'settings-wrong', file: ALERT_SETTINGS });
  expect(await wrong.intake.deps.runs.listOpen()).toEqual([]);
});

test('of a region that is gone the first fifty are told', async () => {
  const harness = await alerted('systems: [service-desk]\n');
  await noticed(
    harness,
    Array.from({ length: 400 }, (_, index) => change(`${index}`)),
  );
  const [{ body }] = (await hearAll(harness)) as [{ body: { tunnels: object[] } }];
  expect(body.tunnels).toHaveLength(50);
});
