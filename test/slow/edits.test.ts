/** Every edit of the table, there and back, on a network that is live and whose tunnels are up. */
import { minutes } from '../../shared/clock';
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

test('an office more changes nothing that stands', async () => {
  const { cloud } = await clouds.built(BASE);
  const more = EDITS.find(({ name }) => name === 'an office more');
  const { written } = await editLive(cloud, BASE, edited(more!));
  expect(written.length).toBeGreaterThan(5);
  expect(written.filter((action) => !/^(Create|Publish|Authorize)/.test(action))).toEqual([]);
});

describe('an office that takes its time', () => {
  const named = (name: string) => edited(EDITS.find((edit) => edit.name === name)!);
  const with1 = (applies: string) =>
    ACCOUNT.replace('{address: 203.0.113.11}', `{address: 203.0.113.11, applies: ${applies}}`);

  test.each(['another cipher', 'a key of its owner’s'])(
    'the second tunnel waits for the first one, for hours, and nobody loses anything: %s',
    async (edit) => {
      const { cloud } = await builtClouds(with1('{afterMinutes: 180}')).built(BASE);
      cloud.inProcess.clock.advance(minutes(200));
      const began = cloud.inProcess.clock.now();
      const { run, left, announced, lost } = await editLive(cloud, BASE, named(edit));
      expect([run.outcome, left, announced, lost]).toEqual(['succeeded', [], [], []]);
      expect(cloud.inProcess.clock.now() - began).toBeGreaterThan(minutes(180));
    },
  );

  test('past a day it stops there: the other tunnel is as it was, and carries everything', async () => {
    const { cloud } = await builtClouds(with1('once')).built(BASE);
    const { run, left, lost } = await editLive(cloud, BASE, named('another cipher'));
    expect([run.outcome, lost]).toEqual(['failed', []]);
    expect(left[0]).toMatch(
      /vpn-connection\/office-1 is failed: DeadlinePassed .*the office does not run the slave tunnel/,
    );
    const changed = cloud.asked.filter(({ action }) => action === 'ModifyTunnelAttribute');
    expect(changed).toHaveLength(2 * 4 - 1);
  });

  test('at another address nobody answers yet: the master carries on at the old one', async () => {
    const nobody = ACCOUNT.replace('  - {address: 203.0.113.77}\n', '');
    expect(nobody).not.toBe(ACCOUNT);
    const { cloud } = await builtClouds(nobody).built(BASE);
    const { run, announced, lost } = await editLive(cloud, BASE, named('an office with another address'));
    expect([run.outcome, announced, lost]).toEqual(['failed', [], []]);
  });
});
