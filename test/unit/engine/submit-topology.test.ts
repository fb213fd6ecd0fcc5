import { readFileSync } from 'node:fs';
import { epochMs, minutes } from '../../../shared/clock';
import { CRASH_POINTS, type CrashPoint } from '../../../shared/engine/crash-points';
import { endRun } from '../../../shared/engine/end-run';
import { emptyRecord } from '../../../shared/engine/record';
import type { Outcome, Run, RunId } from '../../../shared/engine/run';
import { completeStart, startRun } from '../../../shared/engine/start-run';
import { type SubmitReply, submitTopology } from '../../../shared/engine/submit-topology';
import { createPlan } from '../../../shared/plan/create-plan';
import type { CustomerGateway, ResourceId } from '../../../shared/plan/desired';
import { isError } from '../../../shared/problem';
import { runStore } from '../../../shared/store/store';
import { tables } from '../../../shared/store/tables';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { type IntakeHarness, intakeHarness } from '../../in-process/intake-harness';
import { worldTables } from '../../in-process/world-tables';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
/** The same network with a faster link. */
const FASTER = EXAMPLE.replace('bandwidthMbps: 10}', 'bandwidthMbps: 20}');
const FASTEST = EXAMPLE.replace('bandwidthMbps: 10}', 'bandwidthMbps: 30}');
const NAME = 'global-network';
const TEST = { attempt: 'test', at: epochMs(0) };

const planOf = (text: string) => {
  const { topology } = parseTopology(text, 'topology.yaml');
  if (!topology) throw new Error('the example does not parse');
  return createPlan({ topology, revision: 1, base: null, recorded: [] });
};

test('a good topology becomes revision 1, a ready run, and a message for each task that waits for nothing', async () => {
  const harness = await intakeHarness();
  const reply = await harness.submit(EXAMPLE);
  expect(reply).toMatchObject({ kind: 'accepted', network: NAME, revision: 1, run: 'global-network.00000001.1' });
  const run = await harness.deps.runs.readRun('global-network.00000001.1' as RunId);
  expect(run).toMatchObject({ state: 'ready', revision: 1, planHash: planOf(EXAMPLE).hash });
  const roots = planOf(EXAMPLE).tasks.filter((task) => task.edges.length === 0);
  const sent = (['gateway', 'tunnel', 'cen', 'routes', 'security-group'] as const).flatMap((queue) =>
    harness.messages(queue),
  );
  expect(sent.map((message) => message.task).sort()).toEqual(roots.map((task) => task.id).sort());
});

test('a topology with problems touches nothing', async () => {
  const harness = await intakeHarness();
  const reply = await harness.submit(EXAMPLE.replace('10.10.20.0/24', '10.10.10.0/24'));
  expect(reply.kind).toBe('refused');
  expect(reply.problems.filter(isError).map(({ code }) => code)).toEqual(['duplicate-cidrs']);
  expect(await harness.deps.runs.listNetworks()).toEqual([]);
  expect(harness.objects.all.size).toBe(0);
});

test('a topology whose proof fails on planned state is refused with the hop, the cause and the remedy', async () => {
  const harness = await intakeHarness();
  const reply = await harness.submit(readFileSync('examples/newer-tutorial.yaml', 'utf8'));
  expect(reply.kind).toBe('refused');
  expect(reply.problems.filter(({ code }) => code === 'pair-not-reachable').length).toBeGreaterThanOrEqual(20);
  expect(await harness.deps.runs.listNetworks()).toEqual([]);
});

test('a difference between the file and the account refuses it', async () => {
  const harness = await intakeHarness();
  const missing = {
    code: 'vpc-missing',
    message: 'no such VPC',
    remedy: 'Correct it.',
    file: null,
    line: null,
    column: null,
  };
  harness.account.push({ severity: 'error', ...missing });
  expect(await harness.submit(EXAMPLE)).toMatchObject({ kind: 'refused' });
  expect(await harness.deps.runs.listNetworks()).toEqual([]);
});

describe('revisions', () => {
  test('the same bytes while their run is active, or live, change nothing', async () => {
    const harness = await intakeHarness();
    const first = await harness.submit(EXAMPLE);
    expect(await harness.submit(EXAMPLE)).toMatchObject({ kind: 'unchanged', revision: 1 });
    await harness.end((first as { run: RunId }).run, 'succeeded');
    expect(await harness.submit(EXAMPLE)).toMatchObject({ kind: 'unchanged', revision: 1 });
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: 1, latest: 1, runs: 1, activeRun: null });
  });

  test('the same bytes after a run that failed are another run of the same revision', async () => {
    const harness = await intakeHarness();
    const first = await harness.submit(EXAMPLE);
    await harness.end((first as { run: RunId }).run, 'failed');
    expect(await harness.submit(EXAMPLE)).toMatchObject({
      kind: 'accepted',
      revision: 1,
      run: 'global-network.00000001.2',
    });
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: null, latest: 1, outcome: 'failed' });
  });

  test('an intake that stood still does not take in what was replaced by what is live meanwhile', async () => {
    const harness = await intakeHarness();
    const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
    await harness.end(run, 'succeeded');
    let standing = FASTER;
    const submitFile = (text: string, compareAccount = harness.deps.compareAccount): Promise<SubmitReply> =>
      submitTopology(
        { ...harness.deps, compareAccount },
        {
          bytes: new TextEncoder().encode(text),
          file: 'topology.yaml',
          source: 'oss:topologies/a.yaml',
          isCurrent: async () => standing === text,
          asker: { kind: 'file', key: 'topologies/a.yaml' },
        },
      );
    const replies: SubmitReply[] = [];
    replies[1] = await submitFile(FASTER, async () => {
      standing = EXAMPLE;
      replies[0] ??= await submitFile(EXAMPLE);
      return [];
    });
    expect(replies[0]).toMatchObject({ kind: 'unchanged', revision: 1, live: true });
    expect(replies[1]).toMatchObject({ kind: 'refused', problems: [{ code: 'file-replaced' }] });
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ live: 1, latest: 1, activeRun: null });
  });

  test('A, B, A is three revisions', async () => {
    const harness = await intakeHarness();
    for (const [text, revision] of [
      [EXAMPLE, 1],
      [FASTER, 2],
      [EXAMPLE, 3],
    ] as const) {
      const reply = await harness.submit(text);
      expect(reply).toMatchObject({ kind: 'accepted', revision });
      await harness.end((reply as { run: RunId }).run, 'succeeded');
    }
  });
});

describe('W5: one run at a time', () => {
  test('a newer revision tells the active run to stop, and its end starts the latest, skipping those between', async () => {
    const harness = await intakeHarness();
    const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
    expect(await harness.submit(FASTER)).toMatchObject({ kind: 'accepted', revision: 2, run: null });
    expect(await harness.submit(FASTEST)).toMatchObject({ kind: 'accepted', revision: 3, run: null });
    expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'stopping' });
    await harness.end(run, 'superseded');
    const network = await harness.deps.runs.readNetwork(NAME);
    expect(network).toMatchObject({ latest: 3, runs: 2, activeRun: 'global-network.00000001.2', live: null });
    expect(await harness.deps.runs.readRun('global-network.00000001.2' as RunId)).toMatchObject({
      revision: 3,
      state: 'ready',
    });
  });

  test('a newer revision whose intake died before it said so stops the active run at the next sweep', async () => {
    const harness = await intakeHarness();
    const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
    harness.dieAt('revision/network-moved');
    expect(await harness.submitOrDie(FASTER)).toBeNull();
    expect(await harness.submit(FASTER)).toMatchObject({ kind: 'unchanged', revision: 2, live: false });
    await harness.sweep();
    expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'stopping' });
  });

  test('ending a run twice ends it once', async () => {
    const harness = await intakeHarness();
    const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
    await harness.end(run, 'succeeded');
    const network = await harness.deps.runs.readNetwork(NAME);
    await harness.end(run, 'failed');
    expect(await harness.deps.runs.readNetwork(NAME)).toEqual(network);
  });
});

describe('W5: whoever ends a run late', () => {
  test('starts nothing where another run has come and ended since', async () => {
    const harness = await intakeHarness();
    const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
    await harness.submit(FASTER);
    await harness.end(run, 'superseded');
    await harness.end('global-network.00000001.2' as RunId, 'failed');
    await harness.end(run, 'superseded');
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ runs: 2, activeRun: null, outcome: 'failed' });
  });

  test('and otherwise finds the run as it ended first, and tells the tickets that', async () => {
    const harness = await intakeHarness();
    const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
    // Frozen since before the end, and since the next run came.
    const seen = (await harness.deps.runs.readRun(run)) as Run;
    await harness.end(run, 'succeeded');
    await harness.submit(FASTER);
    const told: Outcome[] = [];
    const notifyTickets = async (_: Run, outcome: Outcome): Promise<void> => void told.push(outcome);
    await endRun({ ...harness.deps, notifyTickets }, seen, 'failed');
    expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'ended', outcome: 'succeeded' });
    expect(told).toEqual(['succeeded']);
  });
});

describe('ownership', () => {
  test('a network belongs to its first source', async () => {
    const harness = await intakeHarness();
    await harness.submit(EXAMPLE);
    const reply = await harness.submit(FASTER, 'ticket:service-desk');
    expect(reply).toMatchObject({ kind: 'refused', problems: [{ code: 'network-has-another-source' }] });
  });

  test('a VPC serves one network: the second is refused and keeps nothing', async () => {
    const harness = await intakeHarness();
    await harness.submit(EXAMPLE);
    const other = EXAMPLE.replace('name: global-network', 'name: second').replace('id: vpc-virginia', 'id: vpc-free');
    const reply = await harness.submit(other, 'oss:topologies/b.yaml');
    expect(reply).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'place-taken', message: 'vpc vpc-shanghai belongs to the network global-network' }],
    });
    const third = { network: 'third', incarnation: '1', ...TEST };
    expect(await harness.deps.runs.takePlace('vpc/vpc-free', third)).toMatchObject(third);
  });

  describe('that died on the way to its first revision', () => {
    const second = EXAMPLE.replace('name: global-network', 'name: second');
    const died = async (): Promise<IntakeHarness> => {
      const harness = await intakeHarness();
      harness.dieAt('revision/object-stored');
      await harness.submitOrDie(EXAMPLE);
      return harness;
    };

    test('keeps its places as long as an intake may take', async () => {
      const harness = await died();
      harness.later(minutes(5));
      expect(await harness.submit(second, 'oss:topologies/b.yaml')).toMatchObject({
        kind: 'refused',
        problems: [{ code: 'place-taken' }],
      });
    });

    test('leaves them then to whoever asks, and whoever still brings it is refused', async () => {
      const harness = await died();
      harness.later(minutes(6));
      const { runs } = harness.deps;
      const late = await runs.readNetwork(NAME);
      expect(await harness.submit(second, 'oss:topologies/b.yaml')).toMatchObject({ kind: 'accepted' });
      expect(await runs.writeNetwork({ ...late!, latest: 1 })).toBeNull();
      expect(await harness.submit(EXAMPLE)).toMatchObject({ kind: 'refused', problems: [{ code: 'place-taken' }] });
    });
  });
});

test('the sweep goes on past a run that it can do nothing for, and fails in the end', async () => {
  const harness = await intakeHarness();
  harness.dieAt('start/network-taken');
  await harness.submitOrDie(EXAMPLE);
  // Its topology is gone: nobody can ever plan it.
  harness.objects.get = async () => null;
  await harness.deps.runs.noteOpen({
    kind: 'submission',
    id: '00000000000000000000000000000006',
    network: NAME,
    at: harness.deps.clock.now(),
  });
  harness.later(minutes(3));
  await expect(harness.sweep()).rejects.toThrow('is recorded and its object');
  expect(harness.messages('intake')).toEqual([{ format: 1, submission: '00000000000000000000000000000006' }]);
});

test('what a newer version left open is no run: it stays, and the sweep says so after all others', async () => {
  const harness = await intakeHarness();
  harness.dieAt('start/network-taken');
  await harness.submitOrDie(EXAMPLE);
  const newer = { kind: 'removal' as never, id: `${NAME}.0a1b2c3d.9`, network: NAME, at: harness.deps.clock.now() };
  await harness.deps.runs.noteOpen(newer);
  harness.later(minutes(3));
  await expect(harness.sweep()).rejects.toMatchObject({ code: 'FormatUnknown' });
  expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ latest: 1, runs: 1 });
  expect(await harness.deps.runs.listOpen()).toContainEqual(newer);
});

describe('of two intakes of a new network, one is refused for a place that is taken', () => {
  const TAKEN = 'vpc-virginia';
  const other = EXAMPLE.replace(TAKEN, 'vpc-elsewhere');
  const strangers = { network: 'strangers', incarnation: '1', attempt: 'test', at: epochMs(Date.UTC(2100, 0)) };
  const holderOf = async ({ deps }: IntakeHarness, place: string) =>
    (await deps.runs.takePlace(place, { network: 'nobody', incarnation: '1', ...TEST })).network;

  test('what the one that is accepted holds too is not given back', async () => {
    const harness = await intakeHarness();
    const { runs } = harness.deps;
    await runs.takePlace(`vpc/${TAKEN}`, strangers);
    const take = runs.takePlace;
    let meanwhile: Promise<SubmitReply> | null = null;
    runs.takePlace = async (place, by) => {
      // The first one has the other place by now, and comes to the one that is taken.
      if (place === `vpc/${TAKEN}`) {
        meanwhile ??= harness.submit(other);
        await meanwhile;
      }
      return take(place, by);
    };
    expect(await harness.submit(EXAMPLE)).toMatchObject({ kind: 'refused' });
    expect(await meanwhile).toMatchObject({ kind: 'accepted', revision: 1 });
    runs.takePlace = take;
    expect(await holderOf(harness, 'vpc/vpc-shanghai')).toBe(NAME);
    expect(await holderOf(harness, 'vpc/vpc-elsewhere')).toBe(NAME);
  });

  test('what the refused one took last is taken again by the one that finds its move refused', async () => {
    const harness = await intakeHarness();
    const { runs } = harness.deps;
    await runs.takePlace(`vpc/${TAKEN}`, strangers);
    // The one that will be accepted has its places and is about to move the row when the other one is refused.
    const write = runs.writeNetwork;
    let refused: SubmitReply | null = null;
    runs.writeNetwork = async (row) => {
      if (row.latest === 1 && refused === null) {
        refused = { kind: 'refused', network: null, problems: [], outage: null };
        refused = await harness.submit(EXAMPLE);
      }
      return write(row);
    };
    expect(await harness.submit(other)).toMatchObject({ kind: 'accepted', revision: 1 });
    expect(refused).toMatchObject({ kind: 'refused', problems: [expect.objectContaining({ code: 'place-taken' })] });
    expect(await holderOf(harness, 'vpc/vpc-shanghai')).toBe(NAME);
  });
});

test('a place that is left between a refused take and its reading is taken, not believed', async () => {
  const harness = await intakeHarness();
  const [mine, theirs] = [
    { network: 'mine', incarnation: '1', ...TEST },
    { network: 'theirs', incarnation: '1', ...TEST },
  ];
  const { client, name } = tables(worldTables(harness.inProcess), 'test');
  const runs = runStore({ client, name });
  await runs.takePlace('vpc/a', theirs);
  const get = client.get;
  client.get = async (...asked) => {
    client.get = get;
    await runs.leavePlace('vpc/a', theirs);
    return get(...asked);
  };
  expect(await runs.takePlace('vpc/a', mine)).toEqual(mine);
  expect(await runs.takePlace('vpc/a', { ...theirs, attempt: 'another' })).toEqual(mine);
});

describe('a start that is cut off is completed', () => {
  const points = Object.keys(CRASH_POINTS).filter((point) => /^(start|revision)\//.test(point)) as CrashPoint[];

  test.each(points)('at %s, by the same event or the sweep', async (point) => {
    const harness = await intakeHarness();
    harness.dieAt(point);
    expect(await harness.submitOrDie(EXAMPLE)).toBeNull();
    // The trigger delivers again; what was cut off later than that, the sweep finds.
    await harness.submitOrDie(EXAMPLE);
    harness.later(minutes(3));
    await harness.sweep();
    const network = await harness.deps.runs.readNetwork(NAME);
    const run = network?.activeRun;
    expect(network).toMatchObject({ latest: 1, runs: 1 });
    expect(await harness.deps.runs.readRun(run!)).toMatchObject({ state: 'ready', planHash: planOf(EXAMPLE).hash });
    expect(await harness.deps.runs.readTasks(run!)).toHaveLength(planOf(EXAMPLE).tasks.length + 1);
    harness.later(minutes(3));
    await harness.sweep();
    const roots = planOf(EXAMPLE).tasks.filter((task) => task.edges.length === 0);
    const sent = (['gateway', 'tunnel', 'cen', 'routes', 'security-group'] as const).flatMap((queue) =>
      harness.messages(queue),
    );
    expect(new Set(sent.map((message) => message.task))).toEqual(new Set(roots.map((task) => task.id)));
  });

  test.each(['revision/network-moved', 'start/open-run-noted', 'start/network-taken'] as const)(
    'a recorded revision whose intake died at %s, and is not tried again, is started by the sweep',
    async (point) => {
      const harness = await intakeHarness();
      const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
      await harness.end(run, 'succeeded');
      harness.dieAt(point);
      expect(await harness.submitOrDie(FASTER)).toBeNull();
      harness.later(minutes(3));
      await harness.sweep();
      const next = 'global-network.00000001.2' as RunId;
      expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ latest: 2, runs: 2, activeRun: next });
      expect(await harness.deps.runs.readRun(next)).toMatchObject({ state: 'ready', revision: 2 });
    },
  );

  test('a run that was noted and that a live network does not wait for is forgotten', async () => {
    const harness = await intakeHarness();
    const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
    await harness.end(run, 'succeeded');
    await harness.deps.runs.noteOpen({
      kind: 'run',
      id: 'global-network.00000001.2',
      network: NAME,
      at: harness.inProcess.clock.now(),
    });
    harness.later(minutes(3));
    await harness.sweep();
    expect((await harness.deps.runs.listOpen()).map(({ id }) => id)).toEqual([run]);
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ runs: 1, activeRun: null });
  });

  test.each(['end/network-moved', 'end/run-written', 'end/outbox-written'] as const)(
    'an end cut off at %s is ended by its repeat',
    async (point) => {
      const harness = await intakeHarness();
      const { run } = (await harness.submit(EXAMPLE)) as { run: RunId };
      await harness.submit(FASTER);
      harness.dieAt(point);
      await expect(harness.end(run, 'superseded')).rejects.toThrow(point);
      await harness.end(run, 'superseded');
      expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'ended', outcome: 'superseded' });
      expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({
        runs: 2,
        activeRun: 'global-network.00000001.2',
      });
      // The first is swept until its report has ended, too.
      expect((await harness.deps.runs.listOpen()).map(({ id }) => id).sort()).toEqual([
        'global-network.00000001.1',
        'global-network.00000001.2',
      ]);
    },
  );

  test('noted as open and never taken, it is started by the sweep: forgotten, nobody would sweep it once it is taken', async () => {
    const harness = await intakeHarness();
    harness.dieAt('start/open-run-noted');
    expect(await harness.submitOrDie(EXAMPLE)).toBeNull();
    const frozen = (await harness.deps.runs.readNetwork(NAME))!;
    harness.later(minutes(3));
    await harness.sweep();
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ activeRun: `${NAME}.00000001.1`, runs: 1 });
    const tasks = await harness.deps.runs.readTasks(`${NAME}.00000001.1` as RunId);
    // Whoever had noted it writes what stands already, and completes what is complete.
    expect(await startRun(harness.deps, frozen)).toBe(`${NAME}.00000001.1`);
    expect(await harness.deps.runs.readTasks(`${NAME}.00000001.1` as RunId)).toEqual(tasks);
    expect((await harness.deps.runs.listOpen()).map(({ id }) => id)).toEqual([`${NAME}.00000001.1`]);
  });

  test('noted by an intake that stands still before its revision is recorded, it is noted once more and started', async () => {
    const harness = await intakeHarness();
    const { runs } = harness.deps;
    const write = runs.writeNetwork;
    runs.writeNetwork = async (row) => {
      if (row.latest === 1) {
        runs.writeNetwork = write;
        harness.later(minutes(3));
        await harness.sweep();
        expect(await runs.listOpen()).toEqual([]);
        harness.dieAt('revision/network-moved');
      }
      return write(row);
    };
    // Its move is refused, and it dies once it has moved the row after all.
    expect(await harness.submitOrDie(EXAMPLE)).toBeNull();
    harness.later(minutes(3));
    await harness.sweep();
    const run = `${NAME}.00000001.1`;
    expect(await runs.readNetwork(NAME)).toMatchObject({ latest: 1, activeRun: run });
    expect((await runs.listOpen()).map(({ id }) => id)).toEqual([run]);
  });

  test('a note that was renewed since it was read is not forgotten', async () => {
    const { deps } = await intakeHarness();
    const note = { kind: 'run', id: `${NAME}.00000001.1`, network: NAME } as const;
    await deps.runs.noteOpen({ ...note, at: epochMs(1) });
    await deps.runs.noteOpen({ ...note, at: epochMs(2) });
    await deps.runs.forgetOpen({ ...note, at: epochMs(1) });
    expect(await deps.runs.listOpen()).toEqual([{ ...note, at: 2 }]);
    await deps.runs.forgetOpen({ ...note, at: epochMs(2) });
    expect(await deps.runs.listOpen()).toEqual([]);
  });

  test('whoever completes it late, when the records have moved on, plans nothing anew', async () => {
    const harness = await intakeHarness();
    harness.dieAt('start/network-taken');
    expect(await harness.submitOrDie(EXAMPLE)).toBeNull();
    const { deps } = harness;
    const row = (await deps.runs.readNetwork(NAME))!;
    const get = deps.objects.get;
    let release: () => void = () => undefined;
    const frozen = new Promise<void>((resolve) => {
      release = resolve;
    });
    deps.objects.get = async (key) => {
      const bytes = await get(key);
      deps.objects.get = get;
      await frozen;
      return bytes;
    };
    const late = completeStart(deps, row.activeRun!, NAME);
    await new Promise((resolve) => setImmediate(resolve));
    await completeStart(deps, row.activeRun!, NAME);
    const tasks = await deps.runs.readTasks(row.activeRun!);
    // A later run made something that this one's revision does not want.
    const desired = { kind: 'customer-gateway', region: 'us-east-1', address: '203.0.113.99' } as CustomerGateway;
    const record = { ...emptyRecord('customer-gateway/late' as ResourceId, desired, 1), cloudId: 'cgw-1' };
    await harness.store.writeRecord({ network: NAME, incarnation: row.incarnation }, record);
    release();
    await late;
    expect(await deps.runs.readTasks(row.activeRun!)).toEqual(tasks);
  });
});
