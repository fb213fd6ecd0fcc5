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

const HOSTILE = [
  ['a cleared screen', '\u001b[2J', '\\u001b[2J'],
  ['lines taken back', '\u001b[5A\u001b[0J', '\\u001b[5A\\u001b[0J'],
  ['hidden text', '\u001b[8m', '\\u001b[8m'],
  ['a title', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
  ['a command in one character', '\u009b2J', '\\u009b2J'],
  ['a line written over', 'failed\rdone', 'failed\\u000ddone'],
  ['a turned direction', '\u202e', '\\u202e'],
  ['an invisible letter', '\u{e0041}', '\\udb40\\udc41'],
  ['half a character', '\ud800', '\\ud800'],
] as const;

test.each(HOSTILE)('%s in what somebody else wrote reaches neither stream as it is', (_what, text, shown) => {
  const written: string[] = [];
  const stream = { write: (piece: string) => written.push(piece), isTTY: true };
  const open = terminal({ out: stream, error: stream }, {});
  open.out(`${open.paint('red', text)}\n\t`);
  open.note(text);
  expect(written).toEqual([`${open.paint('red', shown)}\n\t`, shown]);
  written.splice(0);
  open.out(JSON.stringify({ text }));
  expect(JSON.parse(written.join(''))).toEqual({ text });
  expect(written.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
});
