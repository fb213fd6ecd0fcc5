import fc from 'fast-check';
import { parseAccount } from '../../../local/world/account';
import { auditRun, type Evidence, sealOf } from '../../../shared/engine/audit';
import { chained, digestOf, NO_CHAIN, type RunEvent } from '../../../shared/engine/event';
import { reportObject } from '../../../shared/engine/publish-report';
import { REPORT, type Task } from '../../../shared/engine/task';
import { virtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const { account: accountText, global } = readMaterials('examples');

let evidence: Evidence;

beforeAll(async () => {
  const { account } = parseAccount(accountText, 'account.yaml');
  const cloud = await virtualCloud(account!);
  const reply = await cloud.submit(global);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  const { run } = await cloud.runToEnd(reply.run);
  evidence = {
    run,
    tasks: await cloud.runs.readTasks(run.id),
    report: JSON.parse(cloud.objects.text(reportObject(run.network, run.id)) ?? ''),
    events: await cloud.runs.readEvents(run.id),
  };
});

const whats = (changed: Evidence): string[] =>
  auditRun(changed)
    .filter(({ severity }) => severity === 'tampered')
    .map(({ task, what }) => `${task ?? 'run'}: ${what}`);

/** The entries of a gateway, oldest first: there are several. */
const GATEWAY = 'vpn-gateway/virginia';
const ofGateway = (): RunEvent[] =>
  evidence.events.filter(({ task }) => task === GATEWAY).sort((one, other) => one.number - other.number);
const withEvent = (old: RunEvent, ...now: RunEvent[]): Evidence => ({
  ...evidence,
  events: evidence.events.flatMap((event) => (event === old ? now : [event])),
});
const withTask = (id: string, change: Partial<Task>): Evidence => ({
  ...evidence,
  tasks: evidence.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)),
});

test('a run that nobody touched has nothing to find, and says what was done', () => {
  expect(auditRun(evidence)).toEqual([]);
  expect(evidence.run.seal).toBe(evidence.report?.seal);
  const made = evidence.events.flatMap(({ calls }) => calls.map(({ action }) => action));
  expect(made.filter((action) => action === 'CreateVpnGateway')).toHaveLength(2);
  expect(evidence.events.map(({ calls }) => calls.length).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200);
});

describe('found', () => {
  test.each([
    ['a text that was changed', (event: RunEvent) => ({ ...event, what: 'nothing happened' })],
    ['a time that was changed', (event: RunEvent) => ({ ...event, at: (event.at + 1) as RunEvent['at'] })],
    ['calls that were left out', (event: RunEvent) => ({ ...event, calls: [] })],
    ['another who did it', (event: RunEvent) => ({ ...event, owner: 'somebody else' })],
  ])('%s', (_what, change) => {
    const [, second] = ofGateway();
    const length = ofGateway().length;
    expect(whats(withEvent(second!, change(second!)))).toEqual([
      `${GATEWAY}: entry 2 of ${length} is not as it was written, or the one after it`,
    ]);
  });

  test('an entry taken away: the first, one in the middle, the last', () => {
    const events = ofGateway();
    for (const number of [1, 2, events.length])
      expect(whats(withEvent(events[number - 1]!))).toEqual([
        `${GATEWAY}: entry ${number} of ${events.length} was taken away`,
      ]);
  });

  test('an entry added: under a claim that wrote another, and under one that never was', () => {
    const [, second] = ofGateway();
    const task = evidence.tasks.find(({ id }) => id === GATEWAY)!;
    for (const epoch of [second!.epoch, task.epoch + 1]) {
      const added = { ...second!, epoch, owner: 'intruder', what: 'created something' };
      expect(whats(withEvent(second!, second!, added))).toEqual([
        `${GATEWAY}: the entry of claim ${epoch} (intruder) was added`,
      ]);
    }
  });

  test('two entries whose places were exchanged', () => {
    const [, second, third] = ofGateway();
    const exchanged = evidence.events.map((event) => {
      if (event === second) return { ...second, number: third!.number, previous: third!.previous };
      return event === third ? { ...third, number: second!.number, previous: second!.previous } : event;
    });
    expect(whats({ ...evidence, events: exchanged })).toHaveLength(1);
  });

  test('a chain computed anew, its head with it: the seals do not fit', () => {
    let head = NO_CHAIN;
    const anew = ofGateway().map((event) => {
      const next = chained(head, { ...event, what: 'rewritten' });
      head = next.head;
      return next.event;
    });
    const rewritten: Evidence = {
      ...withTask(GATEWAY, { chain: head }),
      events: [...evidence.events.filter(({ task }) => task !== GATEWAY), ...anew],
    };
    expect(whats(rewritten)).toEqual([
      "run: the seal of the run's row does not fit what its tasks say",
      "run: the seal of the report's object does not fit what its tasks say",
    ]);
    const sealed = { ...rewritten, run: { ...rewritten.run, seal: sealOf(rewritten.run, rewritten.tasks) } };
    expect(whats(sealed)).toEqual(["run: the seal of the report's object does not fit what its tasks say"]);
  });

  test('a report whose counts or failures were changed, its seal left as it was', () => {
    const report = evidence.report!;
    const told = (changes: Partial<typeof report>) => whats({ ...evidence, report: { ...report, ...changes } });
    const tasks = { ...report.tasks, done: report.tasks.done - 1, failed: 1 };
    expect(told({ tasks })).toEqual([
      `run: its report says that ${report.tasks.done - 1} tasks are done, and ${report.tasks.done} are`,
      'run: its report says that 1 tasks are failed, and 0 are',
    ]);
    expect(told({ failures: [{ task: GATEWAY, code: 'X', message: 'x' }] })).toEqual([
      "run: the failures of its report are not those of its tasks' rows",
    ]);
    // The report's own failure stands in no other row.
    expect(told({ failures: [{ task: REPORT, code: 'X', message: 'x' }] })).toEqual([]);
  });

  test('the history of another run of the same task, put in its place with its head', () => {
    const chain = { length: 1, digest: digestOf(ofGateway()[0]!) };
    const changed = withTask(GATEWAY, { chain });
    const events = evidence.events.filter((event) => event.task !== GATEWAY || event === ofGateway()[0]);
    expect(whats({ ...changed, events })).toHaveLength(2);
  });

  test('a history that is empty, a task that the run never had, a seal that is gone, an outcome that was changed', () => {
    expect(whats({ ...withTask(GATEWAY, { chain: NO_CHAIN }) })).toContain(
      `${GATEWAY}: it has ended, and its history is empty`,
    );
    const stranger = { ...ofGateway()[0]!, task: 'vpn-gateway/elsewhere' };
    expect(whats({ ...evidence, events: [...evidence.events, stranger] })).toEqual([
      'vpn-gateway/elsewhere: there are entries of it, and the run has no such task',
    ]);
    expect(whats({ ...evidence, run: { ...evidence.run, seal: null } })).toEqual([
      'run: the run has ended, and its row has no seal',
    ]);
    expect(whats({ ...evidence, run: { ...evidence.run, outcome: 'failed' } })).toEqual([
      'run: its row says failed, and its report succeeded',
    ]);
    expect(whats({ ...evidence, tasks: evidence.tasks.filter(({ id }) => id !== GATEWAY) })).toHaveLength(4);
  });
});

describe('not taken for tampering', () => {
  test('the entry of a holder that died before it won: it is shown', () => {
    const [first] = ofGateway();
    const epoch = Math.max(...ofGateway().map((event) => event.epoch)) + 1;
    const orphan = { ...first!, epoch, owner: 'overtaken', number: 2, previous: digestOf(first!) };
    const changed = withTask(GATEWAY, { epoch });
    expect(auditRun({ ...changed, events: [...evidence.events, orphan] })).toEqual([
      {
        severity: 'note',
        task: GATEWAY,
        what: `the entry of claim ${epoch} (overtaken) is outside of the chain: its holder died or was overtaken`,
      },
    ]);
  });

  test('a run at work has no seal yet, and a superseded one no report', () => {
    const running = { ...evidence, run: { ...evidence.run, state: 'ready' as const, seal: null, outcome: null } };
    expect(auditRun(running)).toEqual([
      { severity: 'note', task: null, what: 'the run has not ended; nothing is sealed yet' },
    ]);
    expect(auditRun({ ...evidence, report: null, run: { ...evidence.run, outcome: 'superseded' } })).toEqual([
      { severity: 'note', task: null, what: 'a superseded run has no report to compare its seal with' },
    ]);
  });
});

test('whatever one entry is changed into, it is found: each of its fields alone', () => {
  const old = ofGateway()[1]!;
  for (const field of Object.keys(old) as (keyof RunEvent)[]) {
    const value = old[field];
    const now = typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}.` : [...value, value[0]];
    expect([field, whats(withEvent(old, { ...old, [field]: now }))]).not.toEqual([field, []]);
  }
  for (const field of ['service', 'region', 'action', 'requestId', 'code'] as const) {
    const calls = old.calls.map((call) => ({ ...call, [field]: `${call[field]}.` }));
    expect([field, whats(withEvent(old, { ...old, calls }))]).not.toEqual([field, []]);
  }
});

test('whatever one entry is changed into, it is found', () => {
  const entry = fc.record(
    {
      at: fc.nat().map((at) => at as RunEvent['at']),
      task: fc.string(),
      calls: fc.array(
        fc.record({
          service: fc.string(),
          region: fc.option(fc.string()),
          action: fc.string(),
          requestId: fc.option(fc.string()),
          code: fc.option(fc.string()),
        }),
        { maxLength: 2 },
      ),
      what: fc.string(),
      owner: fc.string(),
      wake: fc.nat(),
      epoch: fc.nat(),
      number: fc.nat(),
      previous: fc.string(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.nat({ max: evidence.events.length - 1 }), entry, (index, change) => {
      const old = evidence.events[index]!;
      const changed = { ...old, ...change };
      // Not by their digests: one that leaves a field out would say that nothing was changed.
      fc.pre(JSON.stringify(changed) !== JSON.stringify(old));
      expect(whats(withEvent(old, changed))).not.toEqual([]);
    }),
    { numRuns: 100 },
  );
});

describe('what nobody can see, and docs/adr/0011 says so', () => {
  test('the word of a holder that died, taken away or made up under a claim that left none', () => {
    const [first] = ofGateway();
    const epoch = Math.max(...ofGateway().map((event) => event.epoch)) + 1;
    const orphan = { ...first!, epoch, owner: 'overtaken', what: 'whatever', number: 2, previous: digestOf(first!) };
    expect(whats(withTask(GATEWAY, { epoch }))).toEqual([]);
    expect(whats({ ...withTask(GATEWAY, { epoch }), events: [...evidence.events, orphan] })).toEqual([]);
  });

  test('the last entries of the report, rewritten with their head', () => {
    const changed = { ...withTask(REPORT, { chain: NO_CHAIN, state: 'open' }) };
    expect(whats({ ...changed, events: evidence.events.filter(({ task }) => task !== REPORT) })).toEqual([]);
  });
});

test('the report is no part of the seal: its last entries come after', () => {
  const changed = withTask(REPORT, { chain: NO_CHAIN, state: 'open' });
  expect(sealOf(evidence.run, changed.tasks)).toBe(evidence.run.seal);
});
