import { progressFollower, progressLines } from '../../../cli/progress';
import { terminal } from '../../../cli/terminal';
import { epochMs } from '../../../shared/clock';
import type { RunEvent } from '../../../shared/engine/event';
import type { Run } from '../../../shared/engine/run';
import type { Task } from '../../../shared/engine/task';

const run = { network: 'n'.repeat(60), revision: 1, startedAt: epochMs(0) } as Run;
const task = (state: string, id: string, more: Partial<Task> = {}) =>
  ({ id, step: 'gateway', kind: 'vpn-gateway', state, edges: [], ...more }) as unknown as Task;
const event = { at: epochMs(61_000), task: 'vpn-gateway/a', what: 'x'.repeat(300) } as RunEvent;
const screen = (columns: number) =>
  terminal({ out: { write: () => true }, error: { write: () => true, isTTY: true, columns } }, {});

test.each([
  [20, 'narrower than a step’s name and its counts'],
  [42, 'no room for the bar'],
  [60, 'the narrowest with a bar'],
  [80, 'the usual one'],
  [0, 'of unknown size, taken for 80'],
])('progress fits a terminal of %i columns: %s', (columns) => {
  const tasks = [task('open', 'vpn-gateway/a'), task('failed', 'vpn-gateway/b')];
  const events = new Map([['vpn-gateway/a', event]]);
  const lines = progressLines({ run, tasks, report: null, events }, screen(columns));
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns || 80);
});

test('what is left is the longest way through the open tasks', () => {
  const tasks = [
    task('open', 'vpn-connection/c', { kind: 'vpn-connection', edges: ['vpn-gateway/a', 'cen/n'] as Task['edges'] }),
    task('open', 'vpn-gateway/a'),
    task('done', 'cen/n', { kind: 'cen' }),
  ];
  const [head] = progressLines(
    { run: { ...run, network: 'acme' }, tasks, report: null, events: new Map([['vpn-gateway/a', event]]) },
    screen(80),
  );
  // 180 s for the gateway, then 20 for the connection.
  expect(head).toBe('acme revision 1: 1 of 3 done, 1:01 elapsed, about 4 min left');
});

test('on a narrow terminal a long name gives way to the figures', () => {
  const [head] = progressLines(
    { run, tasks: [task('done', 'vpn-gateway/a')], report: null, events: new Map([['vpn-gateway/a', event]]) },
    screen(50),
  );
  expect(head).toBe('nnnnnnnnnnn… revision 1: 1 of 1 done, 1:01 elapsed');
});

test('a live picture is drawn over itself: as many lines up as were written', () => {
  const said: string[] = [];
  const live = terminal({ out: { write: () => true }, error: { write: (text) => said.push(text), isTTY: true } }, {});
  const follower = progressFollower(live);
  const snapshot = { run, tasks: [task('open', 'vpn-gateway/a')], report: null, events: new Map() };
  follower.show(snapshot);
  follower.show(snapshot);
  follower.end();
  expect(said[0]?.split('\n')).toHaveLength(3);
  expect(said.slice(1)).toEqual(['\u001b[2A\u001b[0J', said[0], '\n']);
});

test('elsewhere each task that ends is told once', () => {
  const said: string[] = [];
  const plain = terminal({ out: { write: () => true }, error: { write: (text) => said.push(text) } }, {});
  const follower = progressFollower(plain);
  const tasks = [task('open', 'vpn-gateway/a'), task('done', 'vpn-gateway/b')];
  follower.show({ run, tasks, report: null, events: new Map() });
  follower.show({ run, tasks, report: null, events: new Map() });
  expect(said).toEqual(['done   vpn-gateway/b\n']);
});
