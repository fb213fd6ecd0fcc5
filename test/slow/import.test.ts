/** A network that the official SDK built on the running local cloud, taken over by the commands, as a user does it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import { apply } from '../../cli/commands/apply';
import { importNetwork } from '../../cli/commands/import';
import { plan } from '../../cli/commands/plan';
import { DOCUMENTS } from '../../cli/documents';
import { noteLocalCloud } from '../../cli/note-local-cloud';
import { buildByHand, type Call } from '../adoption/build-by-hand';
import { askCommand } from '../e2e/ask-every-command';
import { cloudCounts, type RunningCloud, startRunningCloud } from '../e2e/running-cloud';

jest.setTimeout(180_000);

/** Of the cloud's minutes, one lasts a fifth of a second. */
const SPEED = 300;
const REST_MS = 1_500;
const VERSIONS = { vpc: '2016-04-28', ecs: '2014-05-26', cbn: '2017-09-12' };

let running: RunningCloud;
let folder: string;
beforeAll(async () => {
  running = await startRunningCloud({ speed: SPEED });
  folder = await mkdtemp(join(tmpdir(), 'trunkline-import-'));
});
afterAll(async () => {
  await running?.stop();
  await rm(folder, { recursive: true, force: true });
});

function sdk(): Call {
  const { endpoint, accessKeyId, accessKeySecret } = running.cloud.document;
  const { host } = new URL(endpoint);
  const client = new OpenApi(
    new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint: host, protocol: 'http' }),
  );
  return async (service, region, action, parameters) => {
    const params = new $OpenApiUtil.Params({
      action,
      version: VERSIONS[service],
      protocol: 'HTTP',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    });
    const query = OpenApiUtil.query({ ...(region === null ? {} : { RegionId: region }), ...parameters });
    const answer = await client.callApi(params, new $OpenApiUtil.OpenApiRequest({ query }), {} as never);
    return answer['body'];
  };
}

test('its file has an empty plan, and applying it changes nothing', async () => {
  const cen = await buildByHand(sdk(), () => sleep(REST_MS));
  const forget = await noteLocalCloud(folder, running.cloud.document);
  const before = cloudCounts(running.cloud);
  expect(before).toMatchObject({ 'vpc.vpn-gateways': 2, 'vpc.vpn-connections': 4, 'cbn.published-routes': 4 });
  const out = join(folder, 'acme.yaml');
  const imported = DOCUMENTS.import.parse(await askCommand(folder, importNetwork, 'acme', { cen, out }));
  expect([imported.left, imported.unsaid, imported.problems.filter(({ severity }) => severity === 'error')]).toEqual([
    [],
    [],
    [],
  ]);
  expect(await readFile(out, 'utf8')).toBe(imported.file);
  const planned = DOCUMENTS.plan.parse(await askCommand(folder, plan, out));
  expect(planned.summary).toEqual({
    create: 0,
    update: 0,
    replace: 0,
    remove: 0,
    adopt: imported.adopted.length,
    keep: 0,
  });
  const applied = DOCUMENTS.apply.parse(await askCommand(folder, apply, out));
  expect(applied).toMatchObject({ outcome: 'succeeded', proof: { sitePairs: { total: 30, reachable: 30 } } });
  const next = DOCUMENTS.plan.parse(await askCommand(folder, plan, out));
  expect(next.summary).toMatchObject({ adopt: 0, keep: imported.adopted.length });
  expect(cloudCounts(running.cloud)).toEqual(before);
  await forget();
});
