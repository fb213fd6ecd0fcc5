import { readFileSync } from 'node:fs';
import { durationMs, epochMs, minutes } from '../../../shared/clock';
import { takeFile } from '../../../shared/engine/take-file';
import { sha256Hex } from '../../../shared/json';
import { intakeHarness } from '../../in-process/intake-harness';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
/** The same network with a faster link. */
const FASTER = EXAMPLE.replace('bandwidthMbps: 10}', 'bandwidthMbps: 20}');
const NAME = 'global-network';
const KEY = 'topologies/acme.yaml';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a file becomes a revision, and its answer is an object named by its bytes', async () => {
  const { deps, objects } = await intakeHarness();
  await deps.objects.put(KEY as never, bytes(EXAMPLE), 'application/yaml');
  expect(await takeFile(deps, KEY)).toBe('accepted');
  const answer = objects.text(`reports/intake/acme-${sha256Hex(EXAMPLE).slice(0, 16)}.json`);
  expect(JSON.parse(answer ?? 'null')).toMatchObject({ source: `oss:${KEY}`, outcome: 'accepted', revision: 1 });
});

test('a file that was removed before its event came changes nothing', async () => {
  const { deps } = await intakeHarness();
  expect(await takeFile(deps, KEY)).toBe('gone');
});

test.each([
  ['a network’s first', null],
  ['a network’s next', EXAMPLE.replace('bandwidthMbps: 10}', 'bandwidthMbps: 30}')],
])('of two uploads, the newer one is the latest, however slow the older one’s intake is: %s', async (_name, before) => {
  const { deps } = await intakeHarness();
  const upload = (text: string) => deps.objects.put(KEY as never, bytes(text), 'application/yaml');
  if (before !== null) {
    await upload(before);
    await takeFile(deps, KEY);
  }
  await upload(EXAMPLE);
  // The older one has read its bytes and asks the account; meanwhile the newer one comes and is done.
  let asked = 0;
  const slow = {
    ...deps,
    compareAccount: async () => {
      asked += 1;
      if (asked === 1) {
        await upload(FASTER);
        await takeFile(deps, KEY);
      }
      return [];
    },
  };
  await takeFile(slow, KEY);
  expect(await deps.runs.readNetwork(NAME)).toMatchObject({ latestHash: sha256Hex(FASTER) });
});

test.each([
  ['before it failed is a late duplicate and starts nothing', durationMs(-300_000), 'unchanged', 1],
  ['after it failed asks for another run', minutes(5), 'accepted', 2],
  ['of which nobody knows when asks for another run', null, 'accepted', 2],
] as const)('W4: an event of an upload %s', async (_name, since, reply, runs) => {
  const { deps, end, inProcess, later } = await intakeHarness();
  await deps.objects.put(KEY as never, bytes(EXAMPLE), 'application/yaml');
  await takeFile(deps, KEY, inProcess.clock.now());
  later(minutes(30));
  const { activeRun } = (await deps.runs.readNetwork(NAME))!;
  await end(activeRun!, 'failed');
  const ended = inProcess.clock.now();
  later(minutes(30));
  expect(await takeFile(deps, KEY, since === null ? null : epochMs(ended + since))).toBe(reply);
  expect(await deps.runs.readNetwork(NAME)).toMatchObject({ runs });
});
