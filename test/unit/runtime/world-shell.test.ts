import type { Journal } from '../../../local/runtime/journal';
import { type WorldShell, worldShell } from '../../../local/runtime/world-shell';
import type { Change } from '../../../local/world/state';
import { type Service, World } from '../../../local/world/world';
import { after, epochMs, minutes } from '../../../shared/clock';
import { CALLER } from './runtime-harness';

/** Every request is counted; what it asks for happens ten minutes later. */
const counter: Service = {
  authorization: { permissions: () => [], denied: () => null },
  effects: { later: ({ state }, payload: string) => state.put('done', payload, true) },
  serve: ({ state, now, schedule }, input) => {
    if (input === 'defect') {
      state.put('asked', 'defect', true);
      throw new TypeError('a defect');
    }
    state.put('asked', String(input), now);
    schedule(after(now, minutes(10)), 'later', input);
    return { ok: true, output: state.size('asked') };
  },
};

const NOW = 1_700_000_000_000;
const RATE = 60;
let shells: WorldShell[];

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
  shells = [];
});
afterEach(() => {
  for (const shell of shells) shell.stop();
  jest.useRealTimers();
});

function start(options: { restored?: readonly Change[]; journal?: Journal } = {}): WorldShell {
  const settings = { seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 1 };
  const world = new World(settings, { counter }, options.restored);
  const rate = { realOrigin: epochMs(NOW), cloudOrigin: epochMs(NOW), rate: RATE };
  const shell = worldShell({ world, rate, journal: options.journal ?? null });
  shells.push(shell);
  return shell;
}

const ask = (shell: WorldShell, input: string) => shell.handle({ service: 'counter', caller: CALLER, input });
const done = (shell: WorldShell) => shell.world.state.keysBetween('done');

test('ten minutes of the cloud’s time are ten seconds of ours', () => {
  const shell = start();
  ask(shell, 'a');
  jest.advanceTimersByTime(9_999);
  expect(done(shell)).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(done(shell)).toEqual(['a']);
  expect(shell.clock.now()).toBe(NOW + 600_000);
});

test('what an earlier life left pending happens without a request', () => {
  const first = start();
  ask(first, 'a');
  const second = start({ restored: [...first.world.state.snapshot()] });
  jest.advanceTimersByTime(10_000);
  expect(done(second)).toEqual(['a']);
});

test('listeners hear which collections changed, by requests, by time and by notes', () => {
  const shell = start();
  const heard: string[][] = [];
  shell.subscribe((collections) => heard.push([...collections].filter((name) => !name.startsWith('world.'))));
  ask(shell, 'a');
  jest.advanceTimersByTime(10_000);
  shell.write([{ collection: 'notes', key: 'n', value: 1 }]);
  expect(heard).toEqual([['asked'], ['done'], ['notes']]);
});

test('a listener that has ended its subscription hears nothing more, and the others do', () => {
  const shell = start();
  const heard: string[] = [];
  const end = shell.subscribe(() => heard.push('one'));
  shell.subscribe(() => heard.push('two'));
  ask(shell, 'a');
  end();
  ask(shell, 'b');
  expect(heard).toEqual(['one', 'two', 'two']);
});

test('after a stop nothing happens any more', () => {
  const shell = start();
  ask(shell, 'a');
  shell.stop();
  jest.advanceTimersByTime(60_000);
  expect(done(shell)).toEqual([]);
});

describe('the journal', () => {
  function noting(overrides: Partial<Journal> = {}): { journal: Journal; kept: Change[] } {
    const kept: Change[] = [];
    const journal: Journal = {
      restored: [],
      large: false,
      append: (changes) => void kept.push(...changes),
      compact: () => undefined,
      close: () => undefined,
      ...overrides,
    };
    return { journal, kept };
  }

  test('has what a request changed when its answer is given', () => {
    const { journal, kept } = noting();
    const shell = start({ journal });
    ask(shell, 'a');
    expect(new World(shellSettings(), { counter }, kept).state.keysBetween('asked')).toEqual(['a']);
  });

  test('has what time changed', () => {
    const { journal, kept } = noting();
    ask(start({ journal }), 'a');
    jest.advanceTimersByTime(10_000);
    expect(kept).toContainEqual({ collection: 'done', key: 'a', value: true });
  });

  test('that has grown large is replaced by everything there is', () => {
    const snapshots: Change[][] = [];
    const { journal } = noting({ large: true, compact: (everything) => void snapshots.push([...everything]) });
    ask(start({ journal }), 'a');
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]).toContainEqual({ collection: 'asked', key: 'a', value: NOW });
  });

  test('that cannot be written gives no answer', () => {
    const { journal } = noting({
      append: () => {
        throw new Error('no space left');
      },
    });
    expect(() => ask(start({ journal }), 'a')).toThrow('no space left');
  });
});

const shellSettings = () => ({ seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 1 });

test('a defect of a service leaves no trace but its request id', () => {
  const shell = start();
  expect(() => ask(shell, 'defect')).toThrow('a defect');
  expect(ask(shell, 'a').output).toBe(1);
});
