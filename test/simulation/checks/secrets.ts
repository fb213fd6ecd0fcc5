/** W7: no pre-shared key in a row, a message, an object or a log. */
import type { Check } from './check';

/** What every key of a simulation begins with: nothing else does. */
export const KEY_MARK = 'SIMULATEDKEY';

export const secrets = (): Check => ({
  name: 'secrets',
  text: (where, text) => (text.includes(KEY_MARK) ? `W7: a pre-shared key stands in ${where}` : null),
});
