import { derivedFrom } from '../../../../local/world/routing/memo';
import { State } from '../../../../local/world/state';

test('a value is computed anew when one of its collections was written, and only then', () => {
  let computed = 0;
  const sizes = derivedFrom(['a', 'b'], (state) => {
    computed += 1;
    return state.size('a') + state.size('b');
  });
  const state = new State();
  expect([sizes(state), sizes(state), computed]).toEqual([0, 0, 1]);
  state.put('c', 'key', 1);
  expect([sizes(state), computed]).toEqual([0, 1]);
  state.put('b', 'key', 1);
  expect([sizes(state), computed]).toEqual([1, 2]);
  state.delete('b', 'key');
  expect([sizes(state), computed]).toEqual([0, 3]);
});

test('what a failed request derived from is not what the next one sees', () => {
  const keys = derivedFrom(['a'], (state) => state.keysBetween('a'));
  const state = new State();
  const before = state.savepoint();
  state.put('a', 'key', 1);
  expect(keys(state)).toEqual(['key']);
  state.rollback(before);
  expect(keys(state)).toEqual([]);
});

test('two states do not share their values', () => {
  const size = derivedFrom(['a'], (state) => state.size('a'));
  const [one, two] = [new State(), new State()];
  one.put('a', 'x', 1);
  two.put('a', 'y', 1);
  two.delete('a', 'y');
  one.put('a', 'z', 1);
  expect([size(one), size(two)]).toEqual([2, 0]);
});
