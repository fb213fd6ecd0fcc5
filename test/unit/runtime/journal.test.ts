import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataFolderError } from '../../../local/runtime/data-folder';
import { openJournal } from '../../../local/runtime/journal';
import type { Change } from '../../../local/world/state';
import { bundle, temporaryFolder } from './bundled';
import { apply, modelAfter } from './journal-model';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('journal');
});
afterEach(() => folder.remove());

const put = (key: string, value: unknown): Change => ({ collection: 'things', key, value });
const file = (name: string): string => join(folder.path, name);

/** Writes `changes`, one request each, and leaves. */
function lived(...changes: Change[]): void {
  const journal = openJournal(folder.path);
  for (const change of changes) journal.append([change]);
  journal.close();
}

function restored(): readonly Change[] {
  const journal = openJournal(folder.path);
  journal.close();
  return journal.restored;
}

describe('what was appended is there in the next life', () => {
  test('changes come back in their order, deletions among them', () => {
    lived(put('a', { n: 1 }), put('b', 'ü\n'), put('a', undefined));
    expect(restored()).toEqual([
      { collection: 'things', key: 'a', value: { n: 1 } },
      { collection: 'things', key: 'b', value: 'ü\n' },
      { collection: 'things', key: 'a', value: undefined },
    ]);
  });

  test('a snapshot replaces what was before, and what comes after follows it', () => {
    const journal = openJournal(folder.path);
    journal.append([put('a', 1)]);
    journal.append([put('a', 2)]);
    journal.compact([put('a', 2)]);
    journal.append([put('b', 3)]);
    journal.close();
    expect(restored()).toEqual([put('a', 2), put('b', 3)]);
    expect(readdirSync(folder.path).sort()).toEqual(['journal-1.jsonl', 'snapshot.jsonl']);
  });

  test('it asks for a snapshot when it has outgrown its bound, and not right after one', () => {
    const journal = openJournal(folder.path, 100);
    expect(journal.large).toBe(false);
    journal.append([put('a', 'x'.repeat(200))]);
    expect(journal.large).toBe(true);
    journal.compact([put('a', 'x'.repeat(200))]);
    expect(journal.large).toBe(false);
    journal.close();
  });
});

describe('what a kill leaves', () => {
  test('a torn last line is dropped, and the next line begins afresh', () => {
    lived(put('a', 1), put('b', 2));
    const path = file('journal-0.jsonl');
    truncateSync(path, statSync(path).size - 5);
    lived(put('c', 3));
    expect(restored()).toEqual([put('a', 1), put('c', 3)]);
  });

  test.each([
    ['before the snapshot has its name', ['snapshot.jsonl.new', 'journal-1.jsonl'], [put('a', 1)]],
    ['before the old journal is removed', ['journal-7.jsonl'], [put('a', 1)]],
  ])('a compaction that was cut off %s changes nothing', (_, leftovers, expected) => {
    lived(put('a', 1));
    for (const name of leftovers) writeFileSync(file(name), 'half a li');
    expect(restored()).toEqual(expected);
    for (const name of leftovers) expect(existsSync(file(name))).toBe(false);
  });
});

describe('damage is an error, not a loss', () => {
  test('a changed byte before the end names file and line', () => {
    lived(put('a', 1), put('b', 2), put('c', 3));
    const path = file('journal-0.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"b"', '"x"'));
    expect(() => openJournal(folder.path)).toThrow(
      new DataFolderError(`${path}:2 is damaged; restore it, or begin with an empty folder`),
    );
  });

  test.each([
    ['its last line', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)],
    ['half of its last line', (text: string) => text.slice(0, -3)],
    ['a line of changes', (text: string) => [text.split('\n')[0], ...text.split('\n').slice(2)].join('\n')],
    ['everything but its first bytes', (text: string) => text.slice(0, 4)],
  ])('a snapshot without %s is refused', (_, cut) => {
    const journal = openJournal(folder.path);
    journal.compact([put('a', 1)]);
    journal.close();
    const path = file('snapshot.jsonl');
    writeFileSync(path, cut(readFileSync(path, 'utf8')));
    expect(() => openJournal(folder.path)).toThrow(`${path} is not whole`);
    expect(existsSync(file('lock'))).toBe(false);
  });
});

describe('the folder is one local cloud’s', () => {
  test('a second one is refused by the id of the first, until that has left', () => {
    const first = openJournal(folder.path);
    expect(() => openJournal(folder.path)).toThrow(
      `${folder.path} is in use by the local cloud with process id ${process.pid}`,
    );
    first.close();
    expect(restored()).toEqual([]);
  });

  test.each([
    ['a process that is gone', '4194305 77'],
    ['an id that belongs to another process by now', `${process.pid} 1`],
    ['nobody', ''],
  ])('the lock of %s is taken over', (_, holder) => {
    lived(put('a', 1));
    writeFileSync(file('lock'), holder);
    expect(restored()).toEqual([put('a', 1)]);
    expect(readdirSync(folder.path)).toEqual(['journal-0.jsonl']);
  });

  test('only its owner may look into it', () => {
    const nested = join(folder.path, 'deep', 'data');
    const journal = openJournal(nested);
    const modes = () => readdirSync(nested).map((name) => [name, statSync(join(nested, name)).mode & 0o777]);
    const first = modes();
    journal.compact([]);
    const files = [...first, ...modes()];
    journal.close();
    expect(statSync(nested).mode & 0o777).toBe(0o700);
    expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(['journal-0.jsonl', 'journal-1.jsonl']));
    expect(files.filter(([, mode]) => mode !== 0o600)).toEqual([]);
  });

  test('a folder with other things in it is refused, and left as it is', () => {
    mkdirSync(file('photos'));
    expect(() => openJournal(folder.path)).toThrow('holds other things (photos)');
    expect(readdirSync(folder.path)).toEqual(['photos']);
  });

  test('after a write that failed nothing more is taken', () => {
    const journal = openJournal(folder.path);
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(() => journal.append([put('a', circular)])).toThrow(TypeError);
    expect(() => journal.append([put('b', 1)])).toThrow('could not be written');
    journal.close();
    expect(restored()).toEqual([]);
  });
});

describe('SIGKILL at any moment', () => {
  /** Answers after which the writer is killed: between them lie snapshots, renames, half-written lines. */
  const ANSWERS = [1, 7, 40, 41, 58, 90, 133, 201, 260, 333];

  test('everything that was answered is there, and nothing but whole requests', async () => {
    const writer = bundle('test/unit/runtime/journal-writer.ts', join(folder.path, 'writer.js'));
    const data = file('data');
    let before = 0;
    for (const answers of ANSWERS) {
      const answered = await killedAfter(writer, data, answers);
      const journal = openJournal(data);
      const held = new Map<string, unknown>();
      apply(held, journal.restored);
      journal.close();
      const step = held.get('step') as number;
      expect(step).toBeGreaterThanOrEqual(answered);
      expect(answered).toBeGreaterThanOrEqual(before + answers);
      expect(held).toEqual(modelAfter(step));
      before = step;
    }
  }, 30_000);

  /** The number of the last step that the writer told of. */
  function killedAfter(writer: string, data: string, answers: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [writer, data], { stdio: ['ignore', 'pipe', 'inherit'] });
      let told = '';
      let killed = false;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        told += text;
        if (!killed && told.split('\n').length > answers) killed = child.kill('SIGKILL');
      });
      child.on('error', reject);
      child.on('close', () => resolve(Number(told.split('\n').slice(0, -1).at(-1))));
    });
  }
});

test('a line that was cut within its checksum is torn as well', () => {
  lived(put('a', 1));
  appendFileSync(file('journal-0.jsonl'), '0a1b');
  expect(restored()).toEqual([put('a', 1)]);
});
