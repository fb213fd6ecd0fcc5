import { mayBeCalled } from '../../../shared/tickets/callback-target';

test.each([
  ['https://desk.example.com/hook', true, 'what a ticketing system has'],
  ['https://203.0.113.7:8443/hook', true, 'an address of its own'],
  ['https://10.1.2.3/hook', true, 'a desk within the VPC: private addresses are the operator’s choice'],
  ['http://127.0.0.1:8080/hook', true, 'beside the local cloud'],
  ['http://localhost/hook', true, 'beside the local cloud'],
  ['http://[::1]/hook', true, 'beside the local cloud'],
  ['http://desk.example.com/hook', false, 'readable on the way'],
  ['https://100.100.100.200/latest/meta-data/ram/security-credentials/', false, 'the metadata service'],
  ['https://1684301000/', false, 'the metadata service as one number'],
  ['https://0x64.0x64.0x64.0xc8/', false, 'the metadata service in hexadecimal'],
  ['https://[::ffff:100.100.100.200]/', false, 'the metadata service in IPv6'],
  ['https://169.254.169.254/', false, 'another cloud’s metadata service'],
  ['https://[fe80::1]/', false, 'link-local'],
  ['https://0.0.0.0/', false, 'no address'],
  ['https://user:password@desk.example.com/', false, 'a secret in an address'],
  ['file:///etc/passwd', false, 'no web address'],
  ['ftp://desk.example.com/', false, 'no web address'],
  ['desk.example.com', false, 'no address'],
])('%s: %s, %s', (url, allowed) => {
  expect(mayBeCalled(url)).toBe(allowed);
});
