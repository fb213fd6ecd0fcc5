import { encodeKey } from '../../../../local/world/tablestore/key-order';
import type { KeyPart } from '../../../../local/world/tablestore/values';

const text = (value: string): KeyPart => ({ type: 'string', value });
const integer = (value: bigint): KeyPart => ({ type: 'integer', value: String(value) });

test('a key stays readable in a journal', () => {
  expect(encodeKey([text('acme-global/run'), integer(-1n)])).toBe('acme-global/run 7fffffffffffffff ');
  expect(encodeKey([text('ü !')])).toBe('~c3~bc!20!21 ');
});
