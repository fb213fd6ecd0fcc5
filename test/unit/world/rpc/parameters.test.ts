import { ApiError, type Parameters } from '../../../../local/world/rpc/action';
import { parseParameters } from '../../../../local/world/rpc/parameters';

const SCHEMA = {
  VpnGatewayId: { type: 'string', required: true },
  Weight: { type: 'integer', values: [0, 100] },
  PublishVpc: { type: 'boolean' },
  Tag: {
    type: 'list',
    maximum: 2,
    items: { type: 'object', fields: { Key: { type: 'string', required: true }, Value: { type: 'string' } } },
  },
  ResourceId: { type: 'list', items: { type: 'string' } },
  Tunnel: { type: 'object', fields: { Ike: { type: 'object', fields: { Psk: { type: 'string' } } } } },
} as const satisfies Parameters;

const parse = (more: Record<string, string>) => parseParameters(SCHEMA, { VpnGatewayId: 'vpn-1', ...more });

function refusal(flat: Record<string, string>, schema: Parameters = SCHEMA): string {
  try {
    return JSON.stringify(parseParameters(schema, flat));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `${error.status} ${error.code} ${/"([^"]*)"/.exec(error.message)?.[1] ?? ''}`;
  }
}

test('flat parameters become values, lists and objects', () => {
  expect(
    parse({
      Weight: '100',
      PublishVpc: 'True',
      'Tag.1.Key': 'a',
      'Tag.1.Value': 'b',
      'Tag.2.Key': 'c',
      'ResourceId.1': 'x',
      'Tunnel.Ike.Psk': 'k',
    }),
  ).toEqual({
    VpnGatewayId: 'vpn-1',
    Weight: 100,
    PublishVpc: true,
    Tag: [{ Key: 'a', Value: 'b' }, { Key: 'c' }],
    ResourceId: ['x'],
    Tunnel: { Ike: { Psk: 'k' } },
  });
});

test('list items stand in the order of their numbers, not of their arrival; gaps close', () => {
  expect(parse({ 'ResourceId.10': 'j', 'ResourceId.2': 'b', 'ResourceId.7': 'g' })).toMatchObject({
    ResourceId: ['b', 'g', 'j'],
  });
});

test('what clients send though no reference has it is left unread, and nothing else is', () => {
  const flat = { VpnGatewayId: 'vpn-1', RouteSource: '10.0.0.0/8' };
  expect(parseParameters(SCHEMA, flat, ['RouteSource'])).toEqual({ VpnGatewayId: 'vpn-1' });
  expect(() => parseParameters(SCHEMA, { ...flat, RouteSorce: '10.0.0.0/8' }, ['RouteSource'])).toThrow('RouteSorce');
});

test('what is empty was not given', () => {
  expect(parse({ Weight: '', PublishVpc: '', ResourceId: '', 'ResourceId.1': '' })).toEqual({ VpnGatewayId: 'vpn-1' });
  expect(refusal({ VpnGatewayId: '' })).toBe('400 MissingParameter VpnGatewayId');
});

test('common parameters are taken everywhere and never reach the action', () => {
  const common = {
    Action: 'A',
    Version: 'V',
    Format: 'JSON',
    Timestamp: 'T',
    SignatureMethod: 'M',
    SignatureVersion: '1.0',
    SignatureNonce: 'N',
    SignatureType: '',
    Signature: 'S',
    AccessKeyId: 'K',
    SecurityToken: 'T',
    RegionId: 'us-east-1',
    OwnerId: '1',
    OwnerAccount: 'o',
    ResourceOwnerId: '2',
    ResourceOwnerAccount: 'r',
  };
  expect(parse(common)).toEqual({ VpnGatewayId: 'vpn-1' });
});

test.each<[reason: string, flat: Record<string, string>, expected: string]>([
  ['required and left out', {}, '400 MissingParameter VpnGatewayId'],
  ['required within an item', { VpnGatewayId: 'v', 'Tag.1.Value': 'b' }, '400 MissingParameter Tag.1.Key'],
  ['unknown', { VpnGatewayId: 'v', Wieght: '100' }, '400 UnsupportedParameter Wieght'],
  ['unknown within an item', { VpnGatewayId: 'v', 'Tag.1.Kye': 'a' }, '400 UnsupportedParameter Tag.1.Kye'],
  ['of another case', { VpnGatewayId: 'v', publishvpc: 'true' }, '400 UnsupportedParameter publishvpc'],
  ['a number in words', { VpnGatewayId: 'v', Weight: 'full' }, '400 InvalidParameter Weight'],
  ['a number that is none of its values', { VpnGatewayId: 'v', Weight: '50' }, '400 InvalidParameter Weight'],
  ['a hexadecimal number', { VpnGatewayId: 'v', Weight: '0x64' }, '400 InvalidParameter Weight'],
  ['a boolean as a digit', { VpnGatewayId: 'v', PublishVpc: '1' }, '400 InvalidParameter PublishVpc'],
  ['a JSON text for a list', { VpnGatewayId: 'v', ResourceId: '["x"]' }, '400 InvalidParameter ResourceId'],
  ['a list counted from 0', { VpnGatewayId: 'v', 'ResourceId.0': 'x' }, '400 InvalidParameter ResourceId'],
  ['an index with a leading zero', { VpnGatewayId: 'v', 'ResourceId.01': 'x' }, '400 InvalidParameter ResourceId'],
  [
    'more items than it takes',
    { VpnGatewayId: 'v', 'Tag.1.Key': 'a', 'Tag.2.Key': 'b', 'Tag.9.Key': 'c' },
    '400 InvalidParameter Tag',
  ],
  [
    'deeper than any API goes',
    { VpnGatewayId: 'v', [Array(9).fill('a').join('.')]: 'x' },
    '400 UnsupportedParameter a.a.a.a.a.a.a.a.a',
  ],
  ['a name from the prototype', { VpnGatewayId: 'v', constructor: 'x' }, '400 UnsupportedParameter constructor'],
  [
    'the prototype itself',
    { VpnGatewayId: 'v', 'Tunnel.__proto__.Psk': 'x' },
    '400 UnsupportedParameter Tunnel.__proto__',
  ],
])('refused: %s', (_, flat, expected) => {
  expect(refusal(flat)).toBe(expected);
});

test('a strange name is refused before a missing one: the likeliest cause is a misspelling', () => {
  expect(refusal({ VpnGatwayId: 'vpn-1' })).toBe('400 UnsupportedParameter VpnGatwayId');
});

const BOUNDED = {
  Priority: { type: 'integer', minimum: 1, maximum: 100 },
  Name: { type: 'string', pattern: /^[a-z]+$/, maxLength: 4 },
  Mode: { type: 'string', values: ['a', 'b'] },
} as const satisfies Parameters;

test.each<[flat: Record<string, string>, expected: string]>([
  [{ Priority: '1' }, '{"Priority":1}'],
  [{ Priority: '100' }, '{"Priority":100}'],
  [{ Priority: '0' }, '400 InvalidParameter Priority'],
  [{ Priority: '101' }, '400 InvalidParameter Priority'],
  [{ Name: 'abcd' }, '{"Name":"abcd"}'],
  [{ Name: 'abcde' }, '400 InvalidParameter Name'],
  [{ Name: 'Abc' }, '400 InvalidParameter Name'],
  [{ Mode: 'b' }, '{"Mode":"b"}'],
  [{ Mode: 'c' }, '400 InvalidParameter Mode'],
  [{ 'Mode.Key': 'a' }, '400 InvalidParameter Mode'],
])('bounds hold, both ends included: %j', (flat, expected) => {
  expect(refusal(flat, BOUNDED)).toBe(expected);
});

test('a text where an object belongs is refused, and one wrong index among right ones', () => {
  expect(refusal({ VpnGatewayId: 'v', Tunnel: 'x' })).toBe('400 InvalidParameter Tunnel');
  expect(refusal({ VpnGatewayId: 'v', 'Tag.1': 'x' })).toBe('400 InvalidParameter Tag.1');
  expect(refusal({ VpnGatewayId: 'v', 'ResourceId.1': 'x', 'ResourceId.b': 'y' })).toBe(
    '400 InvalidParameter ResourceId',
  );
});

test('eight levels are read, as deep as any API goes twice over', () => {
  const place = 'a.b.c.d.e.f.g.h';
  const deep = place
    .split('.')
    .slice(1)
    .reduceRight<Parameters[string]>((inner, name) => ({ type: 'object', fields: { [name]: inner } }), {
      type: 'string',
    });
  expect(refusal({ [place]: 'x' }, { a: deep })).toBe('{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":"x"}}}}}}}}');
});
