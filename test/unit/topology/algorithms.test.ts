import { type Case, changed, parse, problemsAfter, topologyOf } from './a-file';

const tunnel =
  (given: object): Case[1] =>
  (f) =>
    (f.defaults = { tunnel: given });

const CASES: Case[] = [
  ['IKEv1', tunnel({ ike: 'ikev1' }), ['warning weak-algorithm']],
  ['SHA-1', tunnel({ authentication: 'sha1' }), ['warning weak-algorithm']],
  ['a 1024-bit group', tunnel({ dhGroup: 'group2' }), ['warning weak-algorithm']],
  ['a 1536-bit group', tunnel({ dhGroup: 'group5' }), ['warning weak-algorithm']],
  ['AES with 128 bits is not weak', tunnel({ encryption: 'aes' }), []],
  ['by its other name too', tunnel({ encryption: 'aes128' }), []],
  ['AES with 192 bits', tunnel({ encryption: 'aes192', authentication: 'sha384' }), []],
  ['DES', tunnel({ encryption: 'des' }), ['error broken-algorithm']],
  ['3DES', tunnel({ encryption: '3des' }), ['error broken-algorithm']],
  ['MD5', tunnel({ authentication: 'md5' }), ['error broken-algorithm']],
  ['a 768-bit group', tunnel({ dhGroup: 'group1' }), ['error broken-algorithm']],
  ['what nobody has heard of', tunnel({ encryption: 'aes512' }), ['error value']],
  [
    'IKEv1 carries one pair of blocks',
    (f) => {
      tunnel({ ike: 'ikev1' })(f);
      f.offices['office-1'].cidrs.push('10.11.0.0/16');
    },
    ['error ikev1-several-cidrs', 'warning weak-algorithm'],
  ],
  [
    'or everything',
    (f) => {
      tunnel({ ike: 'ikev1' })(f);
      f.offices['office-1'].cidrs.push('10.11.0.0/16');
      f.offices['office-1'].selectors = 'any';
    },
    ['warning weak-algorithm'],
  ],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test('a broken one is refused with the reason, and what to use', () => {
  const [problem] = parse(changed(tunnel({ encryption: '3des' }))).problems;
  expect(problem?.message).toBe('3des is broken: its 64-bit blocks repeat on a busy tunnel (Sweet32)');
  expect(problem?.remedy).toBe('Use aes256.');
});

test('what the file leaves out is strong, and 128 bits are called as the API calls them', () => {
  expect(topologyOf(changed(() => {})).tunnel).toEqual({
    ike: 'ikev2',
    encryption: 'aes256',
    authentication: 'sha256',
    dhGroup: 'group14',
  });
  expect(topologyOf(changed(tunnel({ encryption: 'aes128' }))).tunnel.encryption).toBe('aes');
});
