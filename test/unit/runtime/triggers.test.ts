import { startTriggers } from '../../../local/runtime/triggers';
import type { WorldShell } from '../../../local/runtime/world-shell';
import { FUNCTIONS, type TriggerKind } from '../../../local/world/fc/records';
import {
  answered,
  atRest,
  bodiesIn,
  dropTrigger,
  functionRecord,
  holdTime,
  makeQueue,
  makeTrigger,
  newShell,
  PLACE,
  passingTime,
  type ScriptedRuntime,
  scriptedRuntime,
  sendText,
} from './runtime-harness';

const RATE = 60;
const STREAM: TriggerKind = {
  type: 'eventbridge',
  enabled: true,
  queue: 'jobs',
  base64Decode: true,
  asynchronous: false,
  schema: 'RawData',
  batchSize: 1,
  retry: 'BACKOFF_RETRY',
  errorsTolerance: 'ALL',
  deadLetterQueue: null,
};
const TIMER: TriggerKind = { type: 'timer', cronExpression: '@every 1m', enabled: true, payload: '' };

let shell: WorldShell;
let runtime: ScriptedRuntime;
let triggers: { stop(): void };

beforeEach(() => {
  holdTime();
  live(newShell({ rate: RATE }));
  for (const queue of ['jobs', 'more']) makeQueue(shell, queue);
  for (const name of ['work', 'other'])
    shell.write([{ collection: FUNCTIONS, key: name, value: functionRecord(name) }]);
});
afterEach(() => {
  triggers.stop();
  shell.stop();
  jest.useRealTimers();
});

function live(next: WorldShell): void {
  shell = next;
  runtime = scriptedRuntime(() => answered());
  triggers = startTriggers({ shell, runtime, ...PLACE, timing: passingTime(RATE), log: () => undefined });
}
const invoked = () => runtime.invoked.map(({ name }) => name);

test('a stream starts with its record, follows its change, and ends with it', async () => {
  const record = makeTrigger(shell, 'work', STREAM);
  sendText(shell, 'jobs', 'one');
  await atRest();
  expect(invoked()).toEqual(['work']);
  makeTrigger(shell, 'work', { ...STREAM, queue: 'more' });
  for (const queue of ['jobs', 'more']) sendText(shell, queue, 'two');
  await atRest();
  expect([invoked(), bodiesIn(shell, 'jobs'), bodiesIn(shell, 'more')]).toEqual([['work', 'work'], ['two'], []]);
  dropTrigger(shell, record);
  sendText(shell, 'more', 'three');
  await atRest();
  expect([invoked().length, bodiesIn(shell, 'more')]).toEqual([2, ['three']]);
});

test('a change of another function’s trigger leaves a stream alone', async () => {
  makeTrigger(shell, 'work', STREAM);
  makeTrigger(shell, 'other', { ...STREAM, queue: 'more' });
  sendText(shell, 'jobs', 'one');
  await atRest();
  expect(invoked()).toEqual(['work']);
});

test.each([
  ['a stream', { ...STREAM, enabled: false }],
  ['a timer', { ...TIMER, enabled: false }],
])('%s that is not enabled starts nothing', async (_, kind) => {
  makeTrigger(shell, 'work', kind as TriggerKind);
  sendText(shell, 'jobs', 'one');
  jest.advanceTimersByTime(5_000);
  await atRest();
  expect(invoked()).toEqual([]);
});

test('a timer’s events are delivered asynchronously', async () => {
  makeTrigger(shell, 'work', TIMER);
  jest.advanceTimersByTime(1_000);
  await atRest();
  expect(runtime.invoked).toMatchObject([{ name: 'work', retryCount: 0 }]);
});

test('records of an earlier life run again', async () => {
  makeTrigger(shell, 'work', STREAM);
  triggers.stop();
  sendText(shell, 'jobs', 'one');
  await atRest();
  expect(invoked()).toEqual([]);
  const restored = [...shell.world.state.snapshot()];
  shell.stop();
  live(newShell({ rate: RATE, restored }));
  await atRest();
  expect(invoked()).toEqual(['work']);
});
