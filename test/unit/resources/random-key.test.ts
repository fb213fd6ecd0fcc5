import { randomKey } from '../../../shared/resources/random-key';
import { revealed } from '../../../shared/secret';

test('has 48 letters and digits, which every device takes', () => {
  let next = 0;
  const key = randomKey((size) => Uint8Array.from({ length: size }, () => next++ % 256));
  expect(revealed(key)).toMatch(/^[A-Za-z0-9]{48}$/);
});

test('bytes that would favour the first signs are drawn again', () => {
  const draws = [new Uint8Array(48).fill(255), new Uint8Array(48).fill(61)];
  expect(revealed(randomKey(() => draws.shift() ?? new Uint8Array()))).toBe('9'.repeat(48));
});

test('a source that gives nothing usable is an error, not a loop', () => {
  expect(() => randomKey((size) => new Uint8Array(size).fill(255))).toThrow('randomness');
});
