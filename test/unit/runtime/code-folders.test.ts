import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { type CodeFolders, codeFolders } from '../../../local/runtime/code-folders';
import { temporaryFolder } from './bundled';

let base: ReturnType<typeof temporaryFolder>;
let folders: CodeFolders;
let root: string;

beforeEach(() => {
  base = temporaryFolder('code');
  root = join(base.path, 'code');
  folders = codeFolders(root);
});
afterEach(() => base.remove());

const zipOf = (files: Record<string, string>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))));

/** Writes another uncompressed size into the zip's directory, where the unpacker reads it. */
function claimSize(zip: Buffer, size: number): Buffer {
  const entry = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  zip.writeUInt32LE(size, entry + 24);
  return zip;
}

test('files and folders are unpacked, for their owner only', () => {
  const path = folders.take('1', () => zipOf({ 'index.js': 'x', 'lib/deep/a.js': 'y' }));
  expect(readFileSync(join(path, 'lib/deep/a.js'), 'utf8')).toBe('y');
  expect([root, path, join(path, 'lib')].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  expect(statSync(join(path, 'index.js')).mode & 0o777).toBe(0o600);
});

test('a zip is unpacked once, and goes with the last that uses it', () => {
  let unpacked = 0;
  const zip = () => {
    unpacked += 1;
    return zipOf({ 'index.js': 'x' });
  };
  const path = folders.take('1', zip);
  expect(folders.take('1', zip)).toBe(path);
  expect(unpacked).toBe(1);
  folders.release('1');
  expect(existsSync(path)).toBe(true);
  folders.release('1');
  expect(existsSync(path)).toBe(false);
  folders.take('1', zip);
  expect([unpacked, existsSync(path)]).toEqual([2, true]);
});

test.each([
  ['../out.js', 'up and out'],
  ['lib/../../out.js', 'up and out from within'],
  ['/etc/out.js', 'an absolute path'],
  ['C:/out.js', 'a drive of Windows'],
  ['..\\out.js', 'what is a separator elsewhere'],
])('an entry %s is refused, and nothing of its zip is left: %s', (name) => {
  expect(() => folders.take('1', () => zipOf({ 'index.js': 'x', [name]: 'y' }))).toThrow(
    'has an entry that leads out of its folder',
  );
  expect(readdirSync(base.path)).toEqual(['code']);
  expect(existsSync(join(root, '1'))).toBe(false);
});

test('a zip that says itself that it is too large is refused before it is inflated', () => {
  const zip = () => claimSize(zipOf({ 'a.js': 'x' }), 600 * 1_024 * 1_024);
  expect(() => folders.take('1', zip)).toThrow('unpacks to more than 524288000 bytes');
});

test('a zip that claims less than it holds fills no more than it claims', () => {
  const zip = claimSize(Buffer.from(zipSync({ 'a.js': [Buffer.alloc(100_000, 97), { level: 9 }] })), 10);
  expect(
    statSync(
      join(
        folders.take('1', () => zip),
        'a.js',
      ),
    ).size,
  ).toBe(10);
});

test('more than twenty thousand entries are refused', () => {
  const files = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`${index}`, new Uint8Array()]));
  // Stored: a deflater each takes a second in all.
  const zip = Buffer.from(zipSync(files, { level: 0 }));
  expect(() => folders.take('1', () => zip)).toThrow('has more than 20000 entries');
});

test.each([
  ['no zip', Buffer.from('PK? no')],
  ['a zip cut short', zipOf({ 'a.js': 'x' }).subarray(0, 40)],
])('%s is an error and not a crash', (_, bytes) => {
  expect(() => folders.take('1', () => bytes)).toThrow();
  expect(existsSync(join(root, '1'))).toBe(false);
});

test('what an earlier life left is gone at the start, and everything at the end', () => {
  mkdirSync(join(root, 'old'));
  writeFileSync(join(root, 'old', 'index.js'), 'x');
  const next = codeFolders(root);
  expect(readdirSync(root)).toEqual([]);
  next.take('1', () => zipOf({ 'a.js': 'x' }));
  next.close();
  expect(existsSync(root)).toBe(false);
});

test('what is given back after the end is left to the next life', () => {
  folders.take('1', () => zipOf({ 'a.js': 'x' }));
  folders.close();
  const path = codeFolders(root).take('1', () => zipOf({ 'a.js': 'x' }));
  folders.release('1');
  expect(existsSync(join(path, 'a.js'))).toBe(true);
});

test('without a folder of its own it makes one, and removes it', () => {
  const temporary = codeFolders(null);
  const path = temporary.take('1', () => zipOf({ 'a.js': 'x' }));
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  temporary.close();
  expect(existsSync(join(path, '..'))).toBe(false);
});
