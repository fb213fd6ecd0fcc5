import { readFileSync } from 'node:fs';
import { minutes } from '../../../shared/clock';
import { CRASH_POINTS } from '../../../shared/engine/crash-points';
import { APPROVAL_SETTINGS } from '../../../shared/engine/foresight';
import type { Held } from '../../../shared/engine/leave';
import { emptyRecord } from '../../../shared/engine/record';
import type { RunId } from '../../../shared/engine/run';
import { submitDestruction } from '../../../shared/engine/submit-destruction';
import type { SubmitReply } from '../../../shared/engine/submit-topology';
import { type PlanAnswer, takeAnswer } from '../../../shared/engine/take-answer';
import { intakeReportObject, submitFile } from '../../../shared/engine/take-file';
import { sha256Hex } from '../../../shared/json';
import { isError } from '../../../shared/problem';
import { Died } from '../../in-process/engine-harness';
import { type IntakeHarness, intakeHarness } from '../../in-process/intake-harness';

const KEY = 'topologies/a.yaml';
const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
const NAME = 'global-network';
const ALWAYS = `${EXAMPLE}\napproval: always\n`;
const TWO = `${EXAMPLE}\napproval: {people: 2, validHours: 2}\n`;

async function upload(harness: IntakeHarness, text: string): Promise<SubmitReply> {
  await harness.objects.put(KEY as never, text, 'application/yaml');
  const reply = await submitFile(harness.deps, KEY, {});
  if (reply === 'gone') throw new Error('the file is gone');
  return reply;
}

async function heldOf(harness: IntakeHarness, text: string): Promise<Held> {
  const reply = await upload(harness, text);
  if (reply.kind !== 'held') throw new Error(JSON.stringify(reply));
  return reply.held;
}

const says = (harness: IntakeHarness, plan: string, by: string, more: Partial<PlanAnswer> = {}) =>
  takeAnswer(harness.deps, NAME, { plan, by, agrees: true, reason: null, ...more });

const errorsOf = ({ problems }: SubmitReply) => problems.filter(isError);

/** Rows of runs, revisions and places, and all objects but intake's reports: nothing is touched before the answer. */
async function untouched(harness: IntakeHarness): Promise<void> {
  const row = await harness.deps.runs.readNetwork(NAME);
  expect(row).toMatchObject({ latest: 0, runs: 0, activeRun: null });
  expect(await harness.deps.runs.listOpen()).toEqual([]);
  expect([...harness.objects.all.keys()].filter((key) => /^(revisions|runs)\//.test(key))).toEqual([]);
}

test('nothing is touched until somebody agrees, and the file’s answer says what is asked', async () => {
  const harness = await intakeHarness();
  const held = await heldOf(harness, ALWAYS);
  expect(held).toMatchObject({
    plan: expect.stringMatching(/^[0-9a-f]{64}$/),
    missing: 1,
    reasons: ['every plan needs it'],
  });
  await untouched(harness);
  const report = harness.objects.text(intakeReportObject(KEY, sha256Hex(ALWAYS)));
  expect(JSON.parse(report ?? '')).toMatchObject({ outcome: 'held', run: null, held: { plan: held.plan } });

  expect(await says(harness, held.plan, 'alice')).toMatchObject({
    kind: 'accepted',
    revision: 1,
    run: expect.any(String),
  });
  const row = await harness.deps.runs.readNetwork(NAME);
  expect(row).toMatchObject({ latest: 1, question: { revision: 1, voices: [{ by: 'alice', agrees: true }] } });
  expect(await harness.deps.runs.readRun(row?.activeRun as RunId)).toMatchObject({ planHash: held.plan });
});

test('two people are two', async () => {
  const harness = await intakeHarness();
  const { plan, missing } = await heldOf(harness, TWO);
  expect(missing).toBe(2);
  expect(await says(harness, plan, 'alice')).toMatchObject({ kind: 'held', held: { missing: 1 } });
  expect(await says(harness, plan, 'alice')).toMatchObject({ kind: 'held', held: { missing: 1 } });
  await untouched(harness);
  expect(await says(harness, plan, 'bob')).toMatchObject({ kind: 'accepted', revision: 1 });
  expect(await says(harness, plan, 'carol')).toMatchObject({ kind: 'unchanged', revision: 1 });
});

test('what was said too long ago does not count', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, TWO);
  await says(harness, plan, 'alice');
  harness.later(minutes(121));
  expect(await says(harness, plan, 'bob')).toMatchObject({ kind: 'held', held: { missing: 1 } });
  await untouched(harness);
});

test('a refusal says why, until whoever refused agrees', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, ALWAYS);
  const reply = await says(harness, plan, 'bob', { agrees: false, reason: 'not before Christmas' });
  expect(errorsOf(reply)).toMatchObject([
    { code: 'approval-refused', message: 'bob has refused this plan: not before Christmas' },
  ]);
  expect(await says(harness, plan, 'alice')).toMatchObject({ kind: 'refused' });
  await untouched(harness);
  expect(await says(harness, plan, 'bob')).toMatchObject({ kind: 'accepted' });
});

test('an answer to another plan is refused, and nothing is touched', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, ALWAYS);
  // Another file asks another question, and the first one is void.
  const other = await heldOf(harness, ALWAYS.replace('bandwidthMbps: 10}', 'bandwidthMbps: 20}'));
  expect(other.plan).not.toBe(plan);
  for (const stale of [plan, '0'.repeat(64)])
    expect(await says(harness, stale, 'alice')).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'approval-stale' }],
    });
  await untouched(harness);
});

test('the file that was agreed to is the one that is taken: replaced meanwhile, it asks anew', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, ALWAYS);
  await harness.objects.put(
    KEY as never,
    ALWAYS.replace('bandwidthMbps: 10}', 'bandwidthMbps: 20}'),
    'application/yaml',
  );
  expect(await says(harness, plan, 'alice')).toMatchObject({ kind: 'held', held: { missing: 1 } });
  await untouched(harness);
});

test('a file that went meanwhile is not taken, and whoever agreed is told so', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, ALWAYS);
  await harness.objects.remove(KEY);
  expect(await says(harness, plan, 'alice')).toMatchObject({ kind: 'refused', problems: [{ code: 'asker-gone' }] });
  await untouched(harness);
});

test('dying with the answer noted, its message comes again and it is carried out', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, ALWAYS);
  expect(CRASH_POINTS).toHaveProperty('answer/noted');
  harness.dieAt('answer/noted');
  await expect(says(harness, plan, 'alice')).rejects.toThrow(Died);
  await untouched(harness);
  expect(await says(harness, plan, 'alice')).toMatchObject({ kind: 'accepted', revision: 1 });
});

test('whose word was carried out by somebody else is told so, as often as it is said', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, ALWAYS);
  harness.dieAt('answer/noted');
  await expect(says(harness, plan, 'alice')).rejects.toThrow(Died);
  // The upload's event once more, which finds the word.
  expect(await submitFile(harness.deps, KEY, {})).toMatchObject({ kind: 'accepted', revision: 1 });
  for (const _ of [1, 2])
    expect(await says(harness, plan, 'alice')).toMatchObject({
      kind: 'accepted',
      revision: 1,
      run: expect.any(String),
    });
});

test('whoever goes on first, the word that is taken at the same time is not called late', async () => {
  const harness = await intakeHarness();
  const { plan } = await heldOf(harness, ALWAYS);
  let isFirst = true;
  const get: typeof harness.objects.get = async (key) => {
    // An event of the file comes between the note and the going on.
    if (isFirst) await submitFile(harness.deps, KEY, {});
    isFirst = false;
    return harness.objects.get(key);
  };
  const deps = { ...harness.deps, objects: { ...harness.objects, get } };
  const word = { plan, by: 'alice', agrees: true, reason: null };
  expect(await takeAnswer(deps, NAME, word)).toMatchObject({ kind: 'accepted', revision: 1 });
});

describe('over a network that is live', () => {
  async function live(text: string): Promise<IntakeHarness> {
    const harness = await intakeHarness();
    const reply = await upload(harness, text);
    const accepted = reply.kind === 'held' ? await says(harness, reply.held.plan, 'alice') : reply;
    if (accepted.kind !== 'accepted' || !accepted.run) throw new Error(JSON.stringify(accepted));
    await build(harness, accepted.run);
    return harness;
  }

  /** The records that the run would leave, and its end. */
  async function build(harness: IntakeHarness, id: RunId): Promise<void> {
    const run = await harness.deps.runs.readRun(id);
    for (const { resource, desired, desiredHash, kind } of await harness.deps.runs.readTasks(id))
      if (resource && desired)
        await harness.store.writeRecord(run!, {
          ...emptyRecord(resource, desired, 1),
          cloudId: `${kind}-1`,
          desiredHash,
        });
    await harness.end(id, 'succeeded');
  }
  const FASTER = (text: string): string => text.replace('bandwidthMbps: 10}', 'bandwidthMbps: 20}');

  test('who takes the policy away needs leave for it', async () => {
    const harness = await live(ALWAYS);
    expect(await upload(harness, FASTER(EXAMPLE))).toMatchObject({ kind: 'held' });
  });

  test('a plan that needs leave waits for the run at work: its end would change the plan', async () => {
    const harness = await live(EXAMPLE);
    expect(await upload(harness, FASTER(EXAMPLE))).toMatchObject({ kind: 'accepted' });
    expect(errorsOf(await upload(harness, ALWAYS))).toMatchObject([{ code: 'run-active' }]);
  });

  test('the deployment’s policy holds for every network; one that cannot be read stops all of them', async () => {
    const harness = await live(EXAMPLE);
    const settings = (text: string) => harness.objects.put(APPROVAL_SETTINGS as never, text, 'application/yaml');
    await settings('always');
    expect(await upload(harness, FASTER(EXAMPLE))).toMatchObject({ kind: 'held' });
    await settings('sometimes');
    expect(errorsOf(await upload(harness, FASTER(EXAMPLE)))).toMatchObject([
      { code: 'settings-wrong', file: APPROVAL_SETTINGS },
    ]);
    await settings('none');
    expect(await upload(harness, FASTER(EXAMPLE))).toMatchObject({ kind: 'accepted', revision: 2 });
  });

  test('taking it down asks as well, and goes on by itself when it is agreed to', async () => {
    const harness = await live(ALWAYS);
    const reply = await submitDestruction(harness.deps, { network: NAME, base: 1 });
    if (reply.kind !== 'held') throw new Error(JSON.stringify(reply));
    expect(await harness.deps.runs.readNetwork(NAME)).toMatchObject({ latest: 1, activeRun: null });
    expect(await says(harness, reply.held.plan, 'bob')).toMatchObject({ kind: 'accepted', revision: 2 });
  });

  test('what is protected is neither taken down nor left out, until a revision has said otherwise', async () => {
    const harness = await live(`${EXAMPLE}\nprotect: true\n`);
    const down = () => submitDestruction(harness.deps, { network: NAME, base: 1 });
    const reply = await down();
    expect(reply.kind).toBe('refused');
    expect(errorsOf(reply).every(({ code }) => code === 'protected')).toBe(true);
    expect(errorsOf(reply).length).toBeGreaterThan(8);
    const open = await upload(harness, `${EXAMPLE}\nprotect: false\n`);
    if (open.kind !== 'accepted' || !open.run) throw new Error(JSON.stringify(open));
    await build(harness, open.run);
    expect(await submitDestruction(harness.deps, { network: NAME, base: 2 })).toMatchObject({ kind: 'accepted' });
  });
});
