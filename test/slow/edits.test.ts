/** Every edit of the table, there and back, on a network that is live. */

import { ACCOUNT, BASE, EDITS, edited } from '../edits/edit-table';
import { editLive } from '../edits/live-edit';
import { builtClouds } from '../in-process/built-clouds';

jest.setTimeout(120_000);

const clouds = builtClouds(ACCOUNT);

test.each(EDITS.map((edit) => [edit.name, edit] as const))('%s, and back', async (_name, edit) => {
  const { cloud } = await clouds.built(BASE);
  const text = edited(edit);
  for (const [from, to] of [
    [BASE, text],
    [text, BASE],
  ] as const) {
    const { run, left, announced, lost } = await editLive(cloud, from, to);
    expect([run.outcome, left]).toEqual(['succeeded', []]);
    expect(lost).toEqual(announced);
  }
});
