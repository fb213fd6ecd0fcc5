/**
 * The real `s` with the real component, against a started local cloud: needs the component's folder in FC_COMPONENT.
 * TRUNKLINE_RECORD=1 writes test/contract/s-deploy/fixtures/recording.json anew; otherwise it is held to it.
 */
import type { Names } from '../contract/s-deploy/call';
import { type RealTool, realTool, type Said, versions } from '../contract/s-deploy/real-tool';
import { type Command, namesIn, readRecording, writeRecording } from '../contract/s-deploy/recording';
import { type RecordingProxy, startRecordingProxy } from '../contract/s-deploy/recording-proxy';
import { example, type RunningCloud, startRunningCloud } from '../e2e/running-cloud';

const component = process.env['FC_COMPONENT'] ?? '';
if (component === '' && /all|s-deploy/.test(process.env['TRUNKLINE_REQUIRE'] ?? ''))
  throw new Error('no component in FC_COMPONENT, and TRUNKLINE_REQUIRE wants it');
const suite = component === '' ? describe.skip : describe;
// biome-ignore lint/suspicious/noConsole: a skipped suite is to be heard of.
if (component === '') console.warn('SKIPPED: FC_COMPONENT names no built fc3, so the real `s` was not run');

jest.setTimeout(180_000);

const EVENT = '{"triggerTime":"2026-11-23T00:00:00Z","triggerName":"every-minute","payload":""}';

suite('s, against the local cloud', () => {
  let running: RunningCloud;
  let proxy: RecordingProxy;
  let tool: RealTool;
  let names: Names;
  const commands: Command[] = [];

  beforeAll(async () => {
    running = await startRunningCloud();
    const { document } = running.cloud;
    proxy = await startRecordingProxy(document.endpoint);
    tool = await realTool({ ...document, endpoint: proxy.endpoint });
    names = namesIn({ accountId: document.accountId, endpoints: [proxy.endpoint, document.endpoint] });
  });

  afterAll(async () => {
    tool?.remove();
    await proxy?.close();
    await running?.stop();
  });

  /** The actions before a deployment talk to the cloud too, and are not the tool's. */
  const recorded = async (...parameters: string[]): Promise<Said> => {
    const said = await tool.run(...parameters);
    commands.push({ arguments: parameters, calls: proxy.taken().map((exchange) => names.call(exchange)) });
    process.stderr.write(`s ${parameters.join(' ')}: ${said.wallMs} ms\n`);
    return said;
  };
  /** Every call that is no look, by action. */
  const writes = (): Record<string, number> => {
    const made = (commands.at(-1)?.calls ?? []).filter(({ method }) => method !== 'GET').map(({ action }) => action);
    return Object.fromEntries(
      [...new Set(made)].sort().map((one) => [one, made.filter((name) => name === one).length]),
    );
  };
  const kept = (collection: string): number => running.cloud.shell.world.state.size(collection);

  /** What is deployed, without when and how often it was written. */
  const deployed = (): unknown[] =>
    ['fc.functions', 'fc.triggers', 'fc.code'].flatMap((collection) =>
      running.cloud.shell.world.state.values<{ modifiedAt?: unknown; revision?: unknown }>(collection).map((value) => {
        if (typeof value !== 'object') return value;
        const { modifiedAt: _, revision: __, ...rest } = value;
        return rest;
      }),
    );
  /** The same of the triggers that the component compares, times included. */
  const streams = (): unknown[] =>
    running.cloud.shell.world.state
      .values<{ type: string }>('fc.triggers')
      .filter(({ type }) => type === 'eventbridge');
  const differences = ({ text }: Said): string[] => text.split('\n').filter((line) => /^\s+(~ |[-+] \S+: )/.test(line));

  test('what the local cloud deployed by itself is what plan wants; remove takes it away', async () => {
    const plan = await tool.run('plan');
    expect([plan.exitCode, differences(plan)]).toEqual([0, []]);
    expect(await tool.run('remove', '-y')).toMatchObject({ exitCode: 0 });
    expect([kept('fc.functions'), kept('fc.triggers')]).toEqual([0, 0]);
    proxy.taken();
  });

  test('deploy makes every function and trigger', async () => {
    expect(await recorded('deploy', '-y', '--skip-actions')).toMatchObject({ exitCode: 0 });
    expect([kept('fc.functions'), kept('fc.triggers')]).toEqual([10, 11]);
  });

  test('deploy again sends no code, changes nothing, and writes no stream', async () => {
    const [before, streamsBefore] = [deployed(), streams()];
    expect(await recorded('deploy', '-y', '--skip-actions')).toMatchObject({ exitCode: 0 });
    // The component compares eventbridge triggers only: everything else it sends again, whatever is there.
    expect(writes()).toEqual({
      PutAsyncInvokeConfig: 2,
      PutConcurrencyConfig: 10,
      UpdateFunction: 10,
      UpdateTrigger: 3,
    });
    const sent = commands.at(-1)?.calls.filter(({ action }) => action === 'UpdateFunction') ?? [];
    expect(sent.filter(({ body }) => JSON.stringify(body).includes('"code"'))).toEqual([]);
    expect(commands.at(-1)?.calls.filter(({ client }) => client === 'fc2' || client === 'ali-oss')).toEqual([]);
    expect(deployed()).toEqual(before);
    expect([streamsBefore.length, streams()]).toEqual([8, streamsBefore]);
  });

  test('plan is quiet', async () => {
    const plan = await recorded('plan');
    expect([plan.exitCode, differences(plan)]).toEqual([0, []]);
    expect(plan.text.match(/functionName: /g)).toHaveLength(10);
  });

  test('info tells of every function; invoke runs one', async () => {
    const info = await recorded('info', '--output-format', 'json');
    expect([info.exitCode, new Set(info.text.match(/"functionArn": ".*"/g)).size]).toEqual([0, 10]);
    expect(info.text).toContain('/fcapp/trunkline-webhook');
    expect(await recorded('sweep', 'invoke', '-e', EVENT)).toMatchObject({ exitCode: 0 });
  });

  test('what was deployed does the main job', async () => {
    const answer = await running.upload('topologies/global-network.yaml', example('global-network'));
    const run = await running.ended(answer.run ?? '');
    expect((await running.report(run)).proof?.sitePairs).toEqual({ total: 30, reachable: 30, assumed: 0 });
    proxy.taken();
  });

  test('deploy with its actions, as `npm run deploy:local` does, builds, bootstraps and changes nothing', async () => {
    const before = deployed();
    const said = await tool.run();
    process.stderr.write(`s deploy -y, with its actions: ${said.wallMs} ms\n`);
    expect(said).toMatchObject({ exitCode: 0 });
    expect(deployed()).toEqual(before);
    proxy.taken();
  });

  test('remove leaves no function and no trigger', async () => {
    expect(await recorded('remove', '-y')).toMatchObject({ exitCode: 0 });
    expect([kept('fc.functions'), kept('fc.triggers'), kept('fc.code')]).toEqual([0, 0, 0]);
  });

  test('all of it was said as the recording has it', () => {
    if (process.env['TRUNKLINE_RECORD'])
      writeRecording({
        recorded: new Date().toISOString().slice(0, 10),
        versions: versions(component),
        zipBytes: names.zipBytes(),
        commands,
      });
    expect(commands).toEqual(readRecording().commands);
  });
});
