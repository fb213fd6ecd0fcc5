import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalCloudDocument } from '../../../cli/connection';
import { noteLocalCloud } from '../../../cli/note-local-cloud';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-note-'));
});
afterEach(() => rm(folder, { recursive: true }));

const document = (port: number): LocalCloudDocument => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-east-1',
  accountId: '1',
  accessKeyId: 'id',
  accessKeySecret: 'secret',
  bucket: 'bucket',
  tablestoreInstance: 'instance',
  webhookUrl: `http://127.0.0.1:${port}/webhook`,
  caFile: '/somewhere/.trunkline/ca.pem',
});
const file = () => join(folder, '.trunkline', 'local.json');

test('the note is its owner’s alone, and goes when the local cloud ends', async () => {
  const forget = await noteLocalCloud(folder, document(1));
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(document(1));
  await forget();
  await expect(stat(file())).rejects.toThrow('ENOENT');
});

test('the note of a later local cloud outlives the earlier one', async () => {
  const forget = await noteLocalCloud(folder, document(1));
  await noteLocalCloud(folder, document(2));
  await forget();
  expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(document(2));
});

test('the note of an earlier local cloud comes back when a later one ends, as long as the earlier serves', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const earlier = document((server.address() as AddressInfo).port);
  await noteLocalCloud(folder, earlier);
  const forget = await noteLocalCloud(folder, document(1));
  await forget();
  expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(earlier);
  expect((await stat(file())).mode & 0o777).toBe(0o600);

  const forgetAnother = await noteLocalCloud(folder, document(1));
  await new Promise((closed) => server.close(closed));
  await forgetAnother();
  await expect(stat(file())).rejects.toThrow('ENOENT');
});
