import { readFileSync } from 'node:fs';
import type { RunId } from '../../../shared/engine/run';
import { cancelRun, resumeNetwork } from '../../../shared/engine/steer-run';
import { type IntakeHarness, intakeHarness } from '../../in-process/intake-harness';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
const NAME = 'global-network';

async function begun(): Promise<{ harness: IntakeHarness; run: RunId }> {
  const harness = await intakeHarness();
  const reply = await harness.submit(EXAMPLE);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  return { harness, run: reply.run };
}

describe('cancelling', () => {
  test('the run at work is told to stop, as often as it is asked', async () => {
    const { harness, run } = await begun();
    for (const _time of [1, 2])
      expect(await cancelRun(harness.deps, { network: NAME, run })).toMatchObject({
        kind: 'unchanged',
        run,
        live: false,
      });
    expect(await harness.deps.runs.readRun(run)).toMatchObject({ state: 'stopping' });
  });

  test('one that ended, another one, or one of no network is not at work', async () => {
    const { harness, run } = await begun();
    await harness.end(run, 'failed');
    for (const [network, other, code] of [
      [NAME, run, 'run-not-active'],
      [NAME, 'global-network.00000001.7', 'run-not-active'],
      ['nobody', run, 'network-unknown'],
    ] as const)
      expect(await cancelRun(harness.deps, { network, run: other })).toMatchObject({
        kind: 'refused',
        problems: [{ code }],
      });
  });

  test('one that is still being started is left to be', async () => {
    const harness = await intakeHarness();
    harness.dieAt('start/run-written');
    expect(await harness.submitOrDie(EXAMPLE)).toBeNull();
    const run = (await harness.deps.runs.readNetwork(NAME))?.activeRun ?? '';
    expect(await cancelRun(harness.deps, { network: NAME, run })).toMatchObject({
      problems: [{ code: 'run-starting' }],
    });
    expect(await harness.deps.runs.readRun(run as RunId)).toMatchObject({ state: 'starting' });
  });
});

describe('resuming', () => {
  test.each(['failed', 'cancelled'] as const)(
    'a run that ended as %s is followed by another one of its revision',
    async (outcome) => {
      const { harness, run } = await begun();
      await harness.end(run, outcome);
      const reply = await resumeNetwork(harness.deps, { network: NAME, base: 1 });
      expect(reply).toMatchObject({ kind: 'accepted', revision: 1, run: 'global-network.00000001.2' });
      expect(await resumeNetwork(harness.deps, { network: NAME, base: 1 })).toMatchObject({
        kind: 'unchanged',
        live: false,
      });
    },
  );

  test('what is live has nothing left to do', async () => {
    const { harness, run } = await begun();
    await harness.end(run, 'succeeded');
    expect(await resumeNetwork(harness.deps, { network: NAME, base: 1 })).toMatchObject({
      kind: 'unchanged',
      live: true,
      run,
    });
  });

  test('an order for a revision that was replaced is void', async () => {
    const { harness, run } = await begun();
    await harness.end(run, 'failed');
    expect(await resumeNetwork(harness.deps, { network: NAME, base: 2 })).toMatchObject({
      problems: [{ code: 'order-stale' }],
    });
    expect(await resumeNetwork(harness.deps, { network: 'nobody', base: 1 })).toMatchObject({
      problems: [{ code: 'network-unknown' }],
    });
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ runs: 1, activeRun: null });
  });
});
