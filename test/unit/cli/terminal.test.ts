import { terminal } from '../../../cli/terminal';

const streams = (out: boolean, error: boolean) => {
  const said: string[] = [];
  const open = terminal(
    { out: { write: () => true, isTTY: out }, error: { write: (text) => said.push(text), isTTY: error } },
    {},
  );
  return { open, said };
};

test('what is painted for a screen does not reach a log', () => {
  const { open, said } = streams(true, false);
  open.note(open.paint('red', 'error'));
  expect(said).toEqual(['error']);
});

test.each([
  ['NO_COLOR is set', { NO_COLOR: '1' }, true],
  ['the terminal is dumb', { TERM: 'dumb' }, false],
])('no colours where %s', (_reason, environment, live) => {
  const open = terminal(
    { out: { write: () => true, isTTY: true }, error: { write: () => true, isTTY: true } },
    environment,
  );
  expect(open.paint('red', 'x')).toBe('x');
  expect(open.live).toBe(live);
});
