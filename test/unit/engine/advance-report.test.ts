import { readFileSync } from 'node:fs';
import { minutes, seconds } from '../../../shared/clock';
import { reportWork } from '../../../shared/engine/advance-report';
import { CloudError } from '../../../shared/engine/cloud';
import { holdTask } from '../../../shared/engine/hold-task';
import type { RunReport } from '../../../shared/engine/publish-report';
import type { RunId } from '../../../shared/engine/run';
import { engineSettings } from '../../../shared/engine/settings';
import { REPORT, taskMessage } from '../../../shared/engine/task';
import { TrunklineError } from '../../../shared/errors';
import { plannedModel } from '../../../shared/network/planned-model';
import { desiredResources } from '../../../shared/plan/desired-resources';
import { type IntakeHarness, intakeHarness } from '../../in-process/intake-harness';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
const NAME = 'global-network';
const SETTINGS = engineSettings('test', {
  functionTimeout: seconds(60),
  socketTimeout: seconds(10),
  clockSkew: seconds(60),
});

/** A run whose resource tasks have all ended as done, so that the report is next. */
async function atItsReport(): Promise<{ harness: IntakeHarness; run: RunId }> {
  const harness = await intakeHarness();
  const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
  for (const task of await harness.deps.runs.readTasks(run)) {
    if (task.id === REPORT) continue;
    const claim = await harness.store.claimTask(task, {
      owner: 'test',
      leaseUntil: harness.inProcess.clock.now(),
      wake: 0,
      deadlineAt: harness.inProcess.clock.now(),
    });
    await harness.store.endTask(claim!, { outcome: 'done', failure: null, chain: { length: 1, digest: 'test' } });
    for (const { id, ordinal } of task.dependents) await harness.store.writeEdge(run, id, ordinal, 'done');
  }
  for (const queue of ['gateway', 'tunnel', 'cen', 'routes', 'security-group', 'report'] as const)
    harness.messages(queue);
  return { harness, run };
}

type Read = Parameters<typeof reportWork>[0]['readNetworkModel'];

/** Wakes the report until it has ended. */
async function work(harness: IntakeHarness, run: RunId, readNetworkModel: Read): Promise<void> {
  const { deps, store, inProcess } = harness;
  const report = reportWork({ ...deps, readNetworkModel });
  for (let turn = 0; turn < 50; turn += 1) {
    const task = await store.readTask(run, REPORT);
    if (task?.state !== 'open') return;
    const hold = {
      store,
      queue: deps.queue,
      clock: inProcess.clock,
      settings: SETTINGS,
      owner: `turn-${turn}`,
      jitter: () => 1,
      calls: () => [],
      crash: deps.crash,
    };
    try {
      await holdTask(hold, report, taskMessage(run, REPORT, task.wake));
    } catch (error) {
      // Died in the hand of a test: its message comes again when the claim has expired.
      if (!(error instanceof Error) || !/\//.test(error.message)) throw error;
    }
    harness.later(SETTINGS.lease);
  }
  throw new Error('the report never ended');
}

const planned: Read = async ({ topology }) => plannedModel(topology, desiredResources(topology));

const reportOf = (harness: IntakeHarness, run: RunId): RunReport =>
  JSON.parse(harness.objects.text(`reports/${NAME}/${run}/report.json`) ?? 'null');

test('a network as planned is proven, published and live', async () => {
  const { harness, run } = await atItsReport();
  await work(harness, run, planned);
  expect(reportOf(harness, run)).toMatchObject({
    outcome: 'succeeded',
    failures: [],
    proof: { sitePairs: { total: 30, reachable: 30 } },
  });
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: 1, activeRun: null, outcome: 'succeeded' });
  expect(await harness.deps.runs.listOpen()).toEqual([]);
});

test('tasks done and a proof that fails: the run failed, nothing is live', async () => {
  const { harness, run } = await atItsReport();
  await work(harness, run, async ({ topology }) =>
    plannedModel(
      topology,
      desiredResources(topology).filter(({ desired }) => desired.kind !== 'cen-route'),
    ),
  );
  expect(reportOf(harness, run)).toMatchObject({ outcome: 'failed', failures: [] });
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: null, activeRun: null, outcome: 'failed' });
});

test('W5: a report that can never be made ends its run as failed and says why', async () => {
  const { harness, run } = await atItsReport();
  const detail = {
    service: 'vpc',
    action: 'DescribeVpcs',
    code: 'Forbidden.RAM',
    class: 'fatal',
    status: 403,
    requestId: 'r-1',
  } as const;
  await work(harness, run, async () => {
    throw new CloudError(detail, 'not authorized');
  });
  expect(reportOf(harness, run)).toMatchObject({
    outcome: 'failed',
    proof: null,
    failures: [{ task: 'report', code: 'Forbidden.RAM', message: 'not authorized', requestId: 'r-1' }],
  });
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: null, activeRun: null, outcome: 'failed' });
});

test('W5: a run that ended as succeeded stays so, whatever fails after it in its report', async () => {
  const { harness, run } = await atItsReport();
  let failures = 0;
  harness.deps.notifyTickets = async () => {
    failures += 1;
    if (failures < 9) throw new Error('a ticket’s row is broken');
  };
  await work(harness, run, planned);
  expect(failures).toBe(9);
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: 1, activeRun: null, outcome: 'succeeded' });
  expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'ended', outcome: 'succeeded' });
  expect(reportOf(harness, run)).toMatchObject({ outcome: 'succeeded' });
});

test('W5: a report that cannot even be published ends its run', async () => {
  const { harness, run } = await atItsReport();
  harness.deps.objects.put = async () => {
    throw new TrunklineError('ObjectsUnavailable', 'OSS: AccessDenied');
  };
  await work(harness, run, planned);
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: null, activeRun: null, outcome: 'failed' });
  expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'ended', outcome: 'failed' });
});

test.each([
  'report/read-back-stored',
  'report/published',
  'end/network-moved',
  'end/run-written',
  'end/outbox-written',
] as const)('a report that dies at %s ends the run once', async (point) => {
  const { harness, run } = await atItsReport();
  harness.dieAt(point);
  await work(harness, run, planned);
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({
    live: 1,
    activeRun: null,
    outcome: 'succeeded',
    runs: 1,
  });
  expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'ended', outcome: 'succeeded' });
});

describe('what an earlier wake stored is believed by its hash alone', () => {
  /** Does `damage` once, as soon as the object is there. */
  const damaged = async (object: 'model.json' | 'proof.json', damage: (text: string) => string) => {
    const { harness, run } = await atItsReport();
    const { put } = harness.deps.objects;
    let left = 1;
    harness.deps.objects.put = async (key, body, type) => {
      const hit = key === `runs/${NAME}/${run}/${object}` && left > 0;
      if (hit) left -= 1;
      await put(key, hit ? damage(String(body)) : body, type);
    };
    await work(harness, run, async ({ topology }) =>
      plannedModel(
        topology,
        desiredResources(topology).filter(({ desired }) => desired.kind !== 'cen-route'),
      ),
    );
    expect(left).toBe(0);
    return reportOf(harness, run);
  };

  test.each([
    ['a proof that somebody made true', 'proof.json', (text: string) => text.replaceAll('"ok":false', '"ok":true')],
    ['a proof that is no JSON', 'proof.json', () => '{'],
    ['a model without its gateways', 'model.json', () => '{"format":1,"vpcs":[],"offices":[],"cen":null}'],
    ['a model of null', 'model.json', () => 'null'],
  ] as const)('%s is not believed: the network is read again', async (_what, object, damage) => {
    const report = await damaged(object, damage);
    expect(report).toMatchObject({ outcome: 'failed', failures: [], proof: { sitePairs: { total: 30 } } });
    expect(report.proof?.sitePairs.reachable).toBeLessThan(30);
  });
});

test('W2: a holder that was frozen past its deadline leaves the report of the one that came after it as it is', async () => {
  const { harness, run } = await atItsReport();
  const frozen: Read = async (input) => {
    harness.later(minutes(10));
    await work(harness, run, planned);
    harness.later(minutes(30));
    return planned(input);
  };
  const { deps, store, inProcess } = harness;
  const hold = { store, queue: deps.queue, clock: inProcess.clock, owner: 'frozen', jitter: () => 1, calls: () => [] };
  const report = reportWork({ ...deps, readNetworkModel: frozen });
  const reply = await holdTask({ ...hold, settings: SETTINGS, crash: deps.crash }, report, taskMessage(run, REPORT, 0));
  expect(reply).toBe('claim-lost');
  expect(reportOf(harness, run)).toMatchObject({ outcome: 'succeeded', failures: [] });
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: 1, outcome: 'succeeded' });
});

describe('a report whose holder dies, and nobody comes before its deadline', () => {
  const diedPutting = async (object: string): Promise<{ harness: IntakeHarness; run: RunId }> => {
    const { harness, run } = await atItsReport();
    const { put } = harness.objects;
    harness.objects.put = async (key, ...rest) => {
      if (!key.endsWith(object)) return put(key, ...rest);
      harness.objects.put = put;
      harness.later(minutes(40));
      throw new TrunklineError('StoreUnavailable', `died before ${key}`);
    };
    await work(harness, run, planned);
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: 1, outcome: 'succeeded' });
    return { harness, run };
  };

  test('is told all the same, without its proof, as it was decided', async () => {
    const { harness, run } = await diedPutting('/report.json');
    expect(reportOf(harness, run)).toMatchObject({
      outcome: 'succeeded',
      proof: null,
      failures: [{ task: 'report', code: 'DeadlinePassed' }],
    });
  });

  test('stays as it was published', async () => {
    const { harness, run } = await diedPutting('/records.json');
    expect(reportOf(harness, run)).toMatchObject({
      outcome: 'succeeded',
      failures: [],
      proof: { sitePairs: { total: 30 } },
    });
  });
});
