import { durationMs, after as instantAfter, minutes, seconds } from '../../../shared/clock';
import type { CrashPoint } from '../../../shared/engine/crash-points';
import { NO_CHAIN } from '../../../shared/engine/event';
import type { Work } from '../../../shared/engine/hold-task';
import { emptyRecord } from '../../../shared/engine/record';
import type { RunId } from '../../../shared/engine/run';
import { taskMessage } from '../../../shared/engine/task';
import { TrunklineError } from '../../../shared/errors';
import type { ResourceId } from '../../../shared/plan/desired';
import { smqQueue } from '../../../shared/queue/smq-queue';
import { engineHarness, type Harness, OWNER, RUN, toyGraph, toyTask } from '../../in-process/engine-harness';
import { inProcessWorld } from '../../in-process/in-process-world';
import { ToyCloud, type ToyOptions } from '../../in-process/toy-cloud';

const A = 'cen/a' as ResourceId;

async function toyHarness(options?: ToyOptions): Promise<{ harness: Harness; toy: ToyCloud }> {
  const inProcess = inProcessWorld();
  const toy = new ToyCloud(inProcess.clock, options);
  return { harness: await engineHarness({ cen: toy.kind() }, undefined, inProcess), toy };
}

test('a task is made once, seen settled by a later wake, and recorded as fulfilled', async () => {
  const { harness, toy } = await toyHarness();
  await harness.start([toyTask('cen/a')]);
  const replies = await harness.pump();
  expect(replies).toEqual(['parked', 'parked', 'ended']);
  expect(toy.things).toHaveLength(1);
  expect(await harness.task('cen/a')).toMatchObject({ state: 'done', owner: '', propagated: true, wake: 2 });
  const record = (await harness.store.readRecords(OWNER, [A])).get(A);
  expect(record).toMatchObject({ cloudId: 'thing-1', marker: null, desiredHash: 'hash of cen/a', ownership: 'ours' });
});

describe('W1: whatever dies, one thing is made', () => {
  const points: CrashPoint[] = [
    'task/claimed',
    'task/marked',
    'task/created',
    'task/recorded',
    'task/event-appended',
    'task/wake-sent',
    'task/outcome-written',
    'task/dependents-sent',
  ];
  const kinds: [string, ToyOptions][] = [
    ['with a ClientToken', { clientToken: true, readLag: seconds(0), settles: seconds(30) }],
    ['with a ClientToken and reads that lag', { clientToken: true, readLag: seconds(40), settles: seconds(30) }],
    ['without a token', { clientToken: false, readLag: seconds(0), settles: seconds(30) }],
    ['without a token and reads that lag', { clientToken: false, readLag: seconds(40), settles: seconds(30) }],
  ];
  const cases = kinds.flatMap(([name, options]) => points.map((point) => [point, name, options] as const));

  test.each(cases)('dying at %s, %s', async (point, _name, options) => {
    const { harness, toy } = await toyHarness(options);
    harness.dieAt(point);
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect(toy.things).toHaveLength(1);
    expect(await harness.task('cen/a')).toMatchObject({ state: 'done', propagated: true });
  });

  test('an answer that was lost is a thing that was made', async () => {
    const { harness, toy } = await toyHarness();
    toy.script.push('made-but-answer-lost', 'made-but-answer-lost');
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect(toy.things).toHaveLength(1);
    expect((await harness.task('cen/a')).state).toBe('done');
  });

  test('a refusal of a repeat says nothing of the first try: its marker stays, and the next run finds what was made', async () => {
    const { harness, toy } = await toyHarness({ clientToken: true, readLag: minutes(2), settles: seconds(30) });
    toy.script.push('made-but-answer-lost', 'fatal');
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect(await harness.task('cen/a')).toMatchObject({ state: 'failed', failure: { code: 'Resource.QuotaFull' } });
    const record = (await harness.store.readRecords(OWNER, [A])).get(A);
    expect(record).toMatchObject({
      generation: 1,
      cloudId: null,
      marker: expect.objectContaining({ token: toy.things[0]?.token }),
    });
    harness.inProcess.clock.advance(minutes(2));
    await nextRun(harness);
    expect(toy.things).toHaveLength(1);
    expect((await harness.store.readRecords(OWNER, [A])).get(A)).toMatchObject({ cloudId: 'thing-1', marker: null });
  });

  test('a refusal of the only try is believed: the next run makes it anew, under another token', async () => {
    const { harness, toy } = await toyHarness();
    toy.script.push('fatal');
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect((await harness.store.readRecords(OWNER, [A])).get(A)).toMatchObject({ generation: 2, marker: null });
  });

  test('without a token a lost answer is looked for before anything is made again', async () => {
    const { harness, toy } = await toyHarness({ clientToken: false, readLag: seconds(50), settles: seconds(30) });
    toy.script.push('made-but-answer-lost');
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect(toy.things).toHaveLength(1);
    expect(toy.creates).toBe(1);
  });

  test('a thing that vanishes fails its task, and is not made again by the same run', async () => {
    const { harness, toy } = await toyHarness({ clientToken: true, readLag: seconds(0), settles: minutes(5) });
    await harness.start([toyTask('cen/a')]);
    await harness.pump({ until: harness.inProcess.clock.now() });
    toy.remove('thing-1');
    await harness.pump();
    expect(toy.creates).toBe(1);
    expect(await harness.task('cen/a')).toMatchObject({ state: 'failed', failure: { code: 'Vanished' } });
    const record = (await harness.store.readRecords(OWNER, [A])).get(A);
    expect(record).toMatchObject({ cloudId: null, generation: 2, desiredHash: null });
  });
});

const NEXT_RUN = 'acme.0a1b2c3d.2' as RunId;

/** The network's next run, over the records that the first one left. */
async function beginNextRun({ runs, inProcess, queues, settings }: Harness): Promise<void> {
  const first = await runs.readRun(RUN);
  await runs.createRun({ ...first!, id: NEXT_RUN, state: 'ready' });
  await runs.createTasks([toyTask('cen/a', { run: NEXT_RUN })], inProcess.clock.now());
  await smqQueue(queues, settings.deployment).send('cen', { ...taskMessage(NEXT_RUN, A, 0) }, seconds(0));
}

async function nextRun(harness: Harness): Promise<void> {
  await beginNextRun(harness);
  await harness.pump();
}

describe('W3: what was changed is seen changed by a later wake', () => {
  const TAGGED: ToyOptions = { clientToken: true, readLag: seconds(0), settles: seconds(0), needsTags: true };

  test('made, changed, looked at, done', async () => {
    const { harness, toy } = await toyHarness(TAGGED);
    await harness.start([toyTask('cen/a')]);
    expect(await harness.pump()).toEqual(['parked', 'parked', 'ended']);
    expect(toy.updates).toHaveLength(1);
  });

  test('dying at task/updated, the change is not sent again: it is seen', async () => {
    const { harness, toy } = await toyHarness(TAGGED);
    harness.dieAt('task/updated');
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect(toy.updates).toHaveLength(1);
    expect((await harness.task('cen/a')).state).toBe('done');
  });
});

test.each(['task/change-announced', 'task/updated'] as const)(
  'a change that dies at %s in a run that stops then is recorded as open: what stood before is no longer sure',
  async (point) => {
    const { harness, toy } = await toyHarness({
      clientToken: true,
      readLag: seconds(0),
      settles: seconds(0),
      needsTags: true,
    });
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    for (const thing of toy.things) thing.tagged = false;
    await beginNextRun(harness);
    harness.dieAt(point);
    await harness.handle(taskMessage(NEXT_RUN, A, 0));
    await harness.runs.moveRun(NEXT_RUN, ['ready'], 'stopping');
    await harness.pump();
    expect(await harness.store.readTask(NEXT_RUN, A)).toMatchObject({ state: 'undone' });
    expect(toy.updates).toHaveLength(point === 'task/updated' ? 2 : 1);
    const record = (await harness.store.readRecords(OWNER, [A])).get(A);
    expect(record).toMatchObject({ cloudId: 'thing-1', desiredHash: null });
  },
);

describe('what no answer tells is recorded around the call that gives it', () => {
  const KEYED: ToyOptions = { clientToken: true, readLag: seconds(0), settles: seconds(0), needsKey: true };
  const recordOf = async (harness: Harness) => (await harness.store.readRecords(OWNER, [A])).get(A);

  test('it is given once', async () => {
    const { harness, toy } = await toyHarness(KEYED);
    await harness.start([toyTask('cen/a')]);
    expect(await harness.pump()).toEqual(['parked', 'parked', 'ended']);
    expect(toy.updates).toHaveLength(1);
    expect(await recordOf(harness)).toMatchObject({ parameters: { given: 'key' }, desiredHash: 'hash of cen/a' });
  });

  test.each([
    ['task/change-announced', 1],
    ['task/updated', 2],
    ['task/change-recorded', 1],
  ] as const)('dying at %s, it is given again where that is open', async (point, times) => {
    const { harness, toy } = await toyHarness(KEYED);
    harness.dieAt(point);
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect(toy.updates).toHaveLength(times);
    expect((await harness.task('cen/a')).state).toBe('done');
    expect(await recordOf(harness)).toMatchObject({ parameters: { given: 'key' }, desiredHash: 'hash of cen/a' });
  });

  test('dying at task/updated in a run that stops then, it is not known, and the next run gives it again', async () => {
    const { harness, toy } = await toyHarness(KEYED);
    harness.dieAt('task/updated');
    await harness.start([toyTask('cen/a')]);
    for (const wake of [0, 1]) await harness.handle(taskMessage(RUN, A, wake)).catch(() => undefined);
    await harness.runs.moveRun(RUN, ['ready'], 'stopping');
    await harness.pump();
    expect(await recordOf(harness)).toMatchObject({ parameters: { given: null }, desiredHash: null });
    await nextRun(harness);
    expect(toy.updates).toHaveLength(2);
    expect(await recordOf(harness)).toMatchObject({ parameters: { given: 'key' } });
  });
});

test('W1: a change that somebody undid is sent anew, not answered by the first one’s token', async () => {
  const { harness, toy } = await toyHarness({
    clientToken: true,
    readLag: seconds(0),
    settles: seconds(0),
    needsTags: true,
  });
  await harness.start([toyTask('cen/a')]);
  for (const wake of [0, 1]) await harness.handle(taskMessage(RUN, A, wake));
  for (const thing of toy.things) thing.tagged = false;
  await harness.handle(taskMessage(RUN, A, 2));
  expect(toy.updates).toHaveLength(2);
  expect(new Set(toy.updates).size).toBe(2);
});

describe('W2: only the holder writes', () => {
  test('a holder that was frozen past its claim is refused, and the row stays the next holder’s', async () => {
    const { harness } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    const seen = await harness.task('cen/a');
    const { clock } = harness.inProcess;
    const frozen = await harness.store.claimTask(seen, {
      owner: 'frozen',
      leaseUntil: clock.now(),
      wake: 0,
      deadlineAt: clock.now(),
    });
    const next = await harness.store.claimTask(await harness.task('cen/a'), {
      owner: 'next',
      leaseUntil: clock.now(),
      wake: 0,
      deadlineAt: clock.now(),
    });
    expect(next).toMatchObject({ owner: 'next', epoch: 2 });
    expect(await harness.store.endTask(frozen!, { outcome: 'done', failure: null, chain: NO_CHAIN })).toBe(false);
    const parked = { wake: 1, dueAt: clock.now(), attempts: 0, deadlineAt: null, progress: {}, chain: NO_CHAIN };
    expect(await harness.store.parkTask(frozen!, parked)).toBe(false);
    expect(await harness.task('cen/a')).toMatchObject({ state: 'open', owner: 'next', epoch: 2, wake: 0 });
  });

  test('of two that saw the same row, one gets the claim', async () => {
    const { harness } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    const seen = await harness.task('cen/a');
    const leaseUntil = harness.inProcess.clock.now();
    expect(
      await harness.store.claimTask(seen, { owner: 'one', leaseUntil, wake: 0, deadlineAt: leaseUntil }),
    ).not.toBeNull();
    expect(
      await harness.store.claimTask(seen, { owner: 'two', leaseUntil, wake: 0, deadlineAt: leaseUntil }),
    ).toBeNull();
  });

  test('a claim that was written and answered with an error is held', async () => {
    const { harness } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    const seen = await harness.task('cen/a');
    const leaseUntil = harness.inProcess.clock.now();
    const first = await harness.store.claimTask(seen, { owner: 'one', leaseUntil, wake: 0, deadlineAt: leaseUntil });
    expect(await harness.store.claimTask(seen, { owner: 'one', leaseUntil, wake: 0, deadlineAt: leaseUntil })).toEqual(
      first,
    );
  });

  test('whoever loses to a live claim leaves a message for after it expires', async () => {
    const { harness } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    const { clock } = harness.inProcess;
    const leaseUntil = instantAfter(clock.now(), minutes(2));
    await harness.store.claimTask(await harness.task('cen/a'), {
      owner: 'live',
      leaseUntil,
      wake: 0,
      deadlineAt: instantAfter(clock.now(), minutes(30)),
    });
    expect(await harness.handle(taskMessage(RUN, A, 0))).toBe('claimed-by-another');
    const start = clock.now();
    await harness.pump();
    expect((await harness.task('cen/a')).state).toBe('done');
    expect(clock.now() - start).toBeGreaterThanOrEqual(minutes(2));
  });
});

test('W2: a holder that is frozen while it claims has its budget counted from before', async () => {
  const inProcess = inProcessWorld();
  const { clock } = inProcess;
  const budgets: number[] = [];
  const work: Work = {
    deadline: () => minutes(30),
    step: async (_run, _task, budgetEnds) => {
      budgets.push(budgetEnds);
      return { kind: 'done', what: 'done' };
    },
  };
  const harness = await engineHarness({}, work, inProcess);
  await harness.start([toyTask('cen/a')]);
  const claim = harness.store.claimTask;
  harness.store.claimTask = async (...given) => {
    const claimed = await claim(...given);
    clock.advance(minutes(10));
    return claimed;
  };
  const before = clock.monotonic();
  await harness.handle(taskMessage(RUN, A, 0));
  expect(budgets).toEqual([before + harness.settings.budget]);
});

describe('W4: messages change nothing but time', () => {
  test('a late duplicate of an applied message changes nothing', async () => {
    const { harness, toy } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    const ended = await harness.task('cen/a');
    for (const wake of [0, 1, 2, 3]) expect(await harness.handle(taskMessage(RUN, A, wake))).toBe('already-propagated');
    expect(await harness.task('cen/a')).toEqual(ended);
    expect(toy.creates).toBe(1);
  });

  test('a message below the row’s wake is dropped', async () => {
    const { harness } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    await harness.pump({ until: harness.inProcess.clock.now() });
    expect((await harness.task('cen/a')).wake).toBe(1);
    expect(await harness.handle(taskMessage(RUN, A, 0))).toBe('late-message');
  });

  test('a message that somebody made up for a task that is none changes nothing', async () => {
    const { harness, toy } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    expect(await harness.handle(taskMessage(RUN, 'cen/elsewhere' as ResourceId, 0))).toBe('unknown-task');
    expect(await harness.handle(taskMessage('acme.0a1b2c3d.9' as RunId, A, 0))).toBe('unknown-task');
    expect(toy.things).toEqual([]);
  });

  test('made-up messages for a task that is there, far ahead and again and again, make one thing', async () => {
    const { harness, toy } = await toyHarness();
    await harness.start([toyTask('cen/a')]);
    for (const wake of [1_000_000, 7, 1_000_000, 2_000_000]) await harness.handle(taskMessage(RUN, A, wake));
    await Promise.all([5_000_000, 6, 5_000_000].map((wake) => harness.handle(taskMessage(RUN, A, wake))));
    await harness.pump();
    expect((await harness.task('cen/a')).state).toBe('done');
    expect(toy.things).toHaveLength(1);
  });

  test('doubled messages do not double the chain of wakes', async () => {
    const { harness, toy } = await toyHarness({ clientToken: true, readLag: seconds(0), settles: minutes(10) });
    await harness.start([toyTask('cen/a')]);
    await harness.handle(taskMessage(RUN, A, 0));
    await harness.handle(taskMessage(RUN, A, 1));
    const replies = await harness.pump();
    // 10 minutes of waiting at one wake each 20 s: 30 wakes, and the two that were sent twice were dropped.
    expect(replies.filter((reply) => reply === 'parked').length).toBeLessThan(32);
    expect(toy.things).toHaveLength(1);
  });

  test('a wake that comes while its row moves to it is worked on, not lost', async () => {
    const { harness, store, claim, parked } = await heldRow();
    // The holder parks the row between the two looks that a loser takes.
    const read = store.readTask;
    let looks = 0;
    store.readTask = async (...row) => {
      looks += 1;
      if (looks === 2) await store.parkTask(claim, parked);
      return read(...row);
    };
    expect(await harness.handle(taskMessage(RUN, A, 1))).toBe('parked');
    expect(await harness.task('cen/a')).toMatchObject({ wake: 2, owner: '' });
  });

  test('a wake that comes before its row has moved comes back in seconds, not when the claim expires', async () => {
    const { harness, store, claim, parked } = await heldRow();
    const { clock } = harness.inProcess;
    expect(await harness.handle(taskMessage(RUN, A, 1))).toBe('claimed-by-another');
    await store.parkTask(claim, parked);
    const start = clock.now();
    await harness.pump({ until: instantAfter(start, seconds(10)) });
    expect((await harness.task('cen/a')).wake).toBe(2);
    expect(clock.now() - start).toBeLessThanOrEqual(seconds(10));
  });

  test('a message of a run whose rows are not whole is refused', async () => {
    const { harness } = await toyHarness();
    const at = harness.inProcess.clock.now();
    await harness.runs.createRun({
      id: RUN,
      ...OWNER,
      revision: 1,
      topologyObject: '',
      planHash: '',
      state: 'starting',
      startedAt: at,
      endedAt: null,
      outcome: null,
      seal: null,
    });
    await harness.runs.createTasks([toyTask('cen/a')], at);
    expect(await harness.handle(taskMessage(RUN, A, 0))).toBe('run-not-ready');
  });
});

describe('joins', () => {
  const diamond = { 'cen/a': [], 'cen/b': ['cen/a'], 'cen/c': ['cen/a'], 'cen/d': ['cen/b', 'cen/c'] };

  test('a task waits for all that it needs', async () => {
    const { harness, toy } = await toyHarness();
    await harness.start(toyGraph(diamond));
    expect(await harness.handle(taskMessage(RUN, 'cen/d' as ResourceId, 0))).toBe('not-freed');
    await harness.pump();
    expect(toy.things).toHaveLength(4);
    for (const id of Object.keys(diamond)) expect((await harness.task(id)).state).toBe('done');
  });

  test.each(['task/edge-written', 'task/dependents-sent', 'task/outcome-written'] as const)(
    'an end cut off at %s frees everyone when its message comes again',
    async (point) => {
      for (const nth of [1, 2, 3]) {
        const { harness } = await toyHarness();
        harness.dieAt(point, nth);
        await harness.start(toyGraph(diamond));
        await harness.pump();
        expect((await harness.task('cen/d')).state).toBe('done');
      }
    },
  );

  test('what needed a failed task is undone, and the other branch goes on', async () => {
    const { harness, toy } = await toyHarness();
    toy.script.push('fatal');
    await harness.start(toyGraph({ 'cen/a': [], 'cen/b': ['cen/a'], 'cen/c': ['cen/b'], 'cen/x': [] }));
    await harness.pump();
    expect(await harness.task('cen/a')).toMatchObject({
      state: 'failed',
      failure: { code: 'Resource.QuotaFull', requestId: 'request-1' },
    });
    expect(await harness.task('cen/b')).toMatchObject({ state: 'undone', failure: null });
    expect((await harness.task('cen/c')).state).toBe('undone');
    expect((await harness.task('cen/x')).state).toBe('done');
  });

  test('an edge without a need chains writes: a failure before it does not fail its neighbour', async () => {
    const { harness, toy } = await toyHarness();
    toy.script.push('fatal');
    const chain = toyGraph({ 'cen/a': [], 'cen/b': ['cen/a'] }).map((task) => ({ ...task, needs: [] }));
    await harness.start(chain);
    await harness.pump();
    expect((await harness.task('cen/a')).state).toBe('failed');
    expect((await harness.task('cen/b')).state).toBe('done');
  });
});

/** Task a in the hand of a live holder, who has sent wake 1 and not yet moved the row. */
async function heldRow() {
  const { harness } = await toyHarness();
  await harness.start([toyTask('cen/a')]);
  const { store, inProcess, settings } = harness;
  const now = inProcess.clock.now();
  const taken = {
    owner: 'live',
    leaseUntil: instantAfter(now, settings.lease),
    wake: 0,
    deadlineAt: instantAfter(now, minutes(30)),
  };
  const claim = (await store.claimTask(await harness.task('cen/a'), taken))!;
  const parked = { wake: 1, dueAt: now, attempts: 0, deadlineAt: null, progress: {}, chain: NO_CHAIN };
  // The message that the holder came for is its own.
  await harness.queues.take('test-cen');
  return { harness, store, claim, parked };
}

describe('W8: every wait has an end', () => {
  test('a task whose holders all die is failed at its deadline, by the claim alone', async () => {
    const inProcess = inProcessWorld();
    let died = 0;
    const work: Work = {
      deadline: () => minutes(30),
      step: async () => {
        died += 1;
        throw new TrunklineError('StoreUnavailable', 'the invocation was killed');
      },
    };
    const harness = await engineHarness({}, work, inProcess);
    await harness.start([toyTask('cen/a')]);
    for (let turn = 0; turn < 60 && (await harness.task('cen/a')).state === 'open'; turn += 1) {
      await harness.handle(taskMessage(RUN, A, 0)).catch(() => undefined);
      inProcess.clock.advance(minutes(3));
    }
    expect(await harness.task('cen/a')).toMatchObject({ state: 'failed', failure: { code: 'DeadlinePassed' } });
    expect(died).toBeGreaterThan(5);
    expect(died).toBeLessThan(12);
  });

  test('where a lease outlasts the deadline, as on a fast local cloud, two deaths fail nothing', async () => {
    const inProcess = inProcessWorld();
    let tries = 0;
    const work: Work = {
      deadline: () => minutes(30),
      step: async () => {
        tries += 1;
        if (tries < 3) throw new TrunklineError('StoreUnavailable', 'the invocation was killed');
        return { kind: 'done', what: 'done' };
      },
    };
    const harness = await engineHarness({}, work, inProcess);
    harness.settings.lease = minutes(130);
    await harness.start([toyTask('cen/a')]);
    for (let turn = 0; turn < 5 && (await harness.task('cen/a')).state === 'open'; turn += 1) {
      await harness.handle(taskMessage(RUN, A, 0)).catch(() => undefined);
      inProcess.clock.advance(minutes(131));
    }
    expect(await harness.task('cen/a')).toMatchObject({ state: 'done' });
    expect(tries).toBe(3);
  });

  test('busy and throttled answers wait with the same token and are no attempts', async () => {
    const { harness, toy } = await toyHarness();
    toy.script.push('busy', 'throttled', 'busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'busy');
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect((await harness.task('cen/a')).state).toBe('done');
    expect(toy.things).toHaveLength(1);
  });

  test('past its deadline a task fails and says what it waited for', async () => {
    const { harness } = await toyHarness({ clientToken: true, readLag: seconds(0), settles: durationMs(minutes(600)) });
    await harness.start([toyTask('cen/a')]);
    await harness.pump();
    expect(await harness.task('cen/a')).toMatchObject({
      state: 'failed',
      failure: { code: 'DeadlinePassed', message: 'not done by its deadline; last: waits: it is changing' },
    });
  });
});

describe('W5: a stopping run begins nothing', () => {
  test('what has not begun is undone, and nothing is made', async () => {
    const { harness, toy } = await toyHarness();
    await harness.start(toyGraph({ 'cen/a': [], 'cen/b': ['cen/a'] }));
    await harness.runs.moveRun(RUN, ['ready'], 'stopping');
    await harness.pump();
    expect((await harness.task('cen/a')).state).toBe('undone');
    expect((await harness.task('cen/b')).state).toBe('undone');
    expect(toy.creates).toBe(0);
  });

  test('a marker is resolved before its task ends', async () => {
    const { harness, toy } = await toyHarness();
    harness.dieAt('task/created');
    await harness.start([toyTask('cen/a')]);
    await harness.pump({ until: harness.inProcess.clock.now() });
    await harness.runs.moveRun(RUN, ['ready'], 'stopping');
    await harness.pump();
    expect((await harness.task('cen/a')).state).toBe('undone');
    expect((await harness.store.readRecords(OWNER, [A])).get(A)).toMatchObject({ cloudId: 'thing-1', marker: null });
    expect(toy.things).toHaveLength(1);
  });

  test('what a holder before would still announce, by the record it read, is refused', async () => {
    const { harness } = await toyHarness();
    harness.dieAt('task/claimed');
    await harness.start([toyTask('cen/a')]);
    await harness.pump({ until: harness.inProcess.clock.now() });
    await harness.runs.moveRun(RUN, ['ready'], 'stopping');
    await harness.pump();
    expect((await harness.task('cen/a')).state).toBe('undone');
    const frozen = { ...emptyRecord(A, (await harness.task('cen/a')).desired!, 1), cloudId: 'thing-9' };
    expect(await harness.store.writeRecord(OWNER, frozen)).toBeNull();
  });
});
