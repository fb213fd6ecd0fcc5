import { isAddressBlock, mayComeFrom } from '../../../shared/tickets/source-address';

test.each([
  ['203.0.113.0/24', '203.0.113.255', true],
  ['203.0.113.0/24', '203.0.114.0', false],
  ['203.0.113.7', '203.0.113.7', true],
  ['203.0.113.7', '203.0.113.8', false],
  ['203.0.113.0/24', '::ffff:203.0.113.7', true],
  ['2001:db8::/32', '2001:db8:1::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['0.0.0.0/0', '', false],
  ['0.0.0.0/0', 'localhost', false],
])('where %s is allowed, %p: %p', (block, address, allowed) => {
  expect(mayComeFrom(['192.0.2.1', block], address)).toBe(allowed);
});

test('without a list nobody is asked where they are', () => {
  expect(mayComeFrom(null, '')).toBe(true);
});

test.each(['203.0.113.0/33', '2001:db8::/129', 'example.com', '', '203.0.113', '203.0.113.0/', '10.0.0.0/8 '])(
  '%p is no block',
  (text) => {
    expect(isAddressBlock(text)).toBe(false);
  },
);
