/** Taken down after any part of any edit's run, and after pairs of edits, the account is as it was before the network. */
import { submitDestruction } from '../../shared/engine/submit-destruction';
import { plannedModel } from '../../shared/network/planned-model';
import { prove } from '../../shared/network/prove';
import { desiredResources } from '../../shared/plan/desired-resources';
import { parseTopology } from '../../shared/topology/parse-topology';
import { ACCOUNT, BASE, EDITS, type Edit, edited, editedTwice } from '../edits/edit-table';
import { beginEdit, editLive } from '../edits/live-edit';
import { things } from '../edits/things';
import { builtClouds } from '../in-process/built-clouds';
import type { VirtualCloud } from '../in-process/virtual-run';

jest.setTimeout(120_000);

const NAME = 'global-network';
const clouds = builtClouds(ACCOUNT);

/** What asks somebody, or keeps things from going, has tests of its own. */
const WORKING = EDITS.filter(({ fields }) => !fields.some((field) => /^(approval|protect|.*\.protect$)/.test(field)));

async function takeDown(cloud: VirtualCloud): Promise<string[]> {
  const { runs, queue, objects, inProcess } = cloud;
  const deps = { runs, queue, objects, clock: inProcess.clock, crash: () => undefined };
  const row = await runs.readNetwork(NAME);
  const reply = await submitDestruction(deps, { network: NAME, base: row?.latest ?? 0 });
  if (reply.kind !== 'accepted') return [JSON.stringify(reply)];
  const last = (await runs.readNetwork(NAME))?.lastRun;
  if (last) await cloud.runToEnd(last);
  const after = await runs.readNetwork(NAME);
  const tasks = after?.lastRun ? await runs.readTasks(after.lastRun) : [];
  return [
    ...(after?.outcome === 'succeeded' && after.live === after.latest ? [] : [`it is ${after?.outcome}`]),
    ...tasks.flatMap(({ id, state, failure }) => (state === 'done' ? [] : [`${id} is ${state}: ${failure?.message}`])),
  ];
}

test.each(WORKING.map((edit, index) => [edit.name, edit, index] as const))(
  'within the run of: %s',
  async (_name, edit, index) => {
    const before = things(await clouds.empty());
    const whole = (await clouds.built(BASE)).cloud;
    const { messages } = await whole.runToEnd(await beginEdit(whole, edited(edit)));
    // Three parts of each, elsewhere in each, so that all of them together cover a run.
    for (const third of [0, 1, 2]) {
      const { cloud } = await clouds.built(BASE);
      const part = Math.floor((messages * (third + ((index * 7) % 10) / 10)) / 3);
      await cloud.runToEnd(await beginEdit(cloud, edited(edit)), part);
      expect([part, await takeDown(cloud)]).toEqual([part, []]);
      expect([part, things(cloud)]).toEqual([part, before]);
    }
  },
);

/** Some do not go together: selectors spelled out do not cover a block more. */
function isProven(one: Edit, other: Edit): boolean {
  const { topology } = parseTopology(editedTwice(one, other), 'pair.yaml');
  return topology !== null && prove(topology, plannedModel(topology, desiredResources(topology))).ok;
}

const PAIRS = WORKING.flatMap((one, index) => {
  const other = WORKING[(index * 5 + 3) % WORKING.length];
  return other && other !== one && isProven(one, other) ? [[`${one.name}; ${other.name}`, one, other] as const] : [];
});

test('there are pairs enough', () => {
  expect(PAIRS.length).toBeGreaterThanOrEqual(20);
});

test.each(PAIRS)('a pair of edits, there and back: %s', async (_name, one, other) => {
  const before = things(await clouds.empty());
  const { cloud } = await clouds.built(BASE);
  const text = editedTwice(one, other);
  for (const [from, to] of [
    [BASE, text],
    [text, BASE],
  ] as const) {
    const { run, left, announced, lost } = await editLive(cloud, from, to);
    expect([run.outcome, left]).toEqual(['succeeded', []]);
    expect(lost).toEqual(announced);
  }
  expect(await takeDown(cloud)).toEqual([]);
  expect(things(cloud)).toEqual(before);
});
