import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { zipCode } from '../../../cli/deployment/zip-code';
import { crc64 } from '../../../local/world/oss/crc64';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-zip-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** In an order of ours: a file system lists in one of its own. */
async function write(names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), `// ${name}\n`);
  }
}

test('the same files give the same bytes, whenever and in whatever order they were written', async () => {
  await write(['index.js', 'lib/b.js', 'lib/a.js']);
  const first = await zipCode(folder);
  await rm(folder, { recursive: true });
  await write(['lib/a.js', 'index.js', 'lib/b.js']);
  await utimes(join(folder, 'index.js'), 1_000_000, 1_000_000);
  const second = await zipCode(folder);
  expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  // Written out, so that another machine, time zone or version of the zip library that changes a byte is noticed.
  expect(crc64(first)).toBe('15675340831317656068');
});

test('the zip holds every file by its path in the folder', async () => {
  await write(['index.js', 'lib/a.js']);
  const files = unzipSync(await zipCode(folder));
  expect(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))).toEqual({
    'index.js': '// index.js\n',
    'lib/a.js': '// lib/a.js\n',
  });
});

test('one changed byte is another zip', async () => {
  await write(['index.js']);
  const before = crc64(await zipCode(folder));
  await writeFile(join(folder, 'index.js'), '// index.jz\n');
  expect(crc64(await zipCode(folder))).not.toBe(before);
});
