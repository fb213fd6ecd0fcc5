/**
 * Every action of the RPC services by its own description: parameters of the right names, their values good, odd or
 * hostile, on a network that stands. What gets past the reading of parameters must not end in a defect either.
 */
import * as fc from 'fast-check';
import { type Action, type Parameter, VERSIONS } from '../../../local/world/rpc/action';
import { rpcActions } from '../../../local/world/rpc/registry';
import { flatParameters } from '../../in-process/flat-parameters';
import { hostile } from './hostile';
import { word } from './mutations';
import { idsOf, type Recorded, signed } from './signed-requests';
import { holdsFor } from './wire-holds';

const ODD_TEXTS = [
  'us-east-1',
  'cn-shanghai',
  'nowhere-1',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '10.0.0.1/33',
  '::/0',
  '203.0.113.7',
  '999.1.1.1',
  'tcp',
  '443/443',
  '-1/-1',
  '65536/1',
  '{}',
  '[]',
  '["a"]',
  '{"IkeVersion":"ikev2","Psk":"a"}',
  '{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  'Custom',
  'x'.repeat(300),
  '*',
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.nat(10_000).map((at) => ({ id: at })) },
  { weight: 3, arbitrary: fc.constantFrom(...ODD_TEXTS).map((odd) => ({ odd })) },
  { weight: 1, arbitrary: word.map((odd) => ({ odd })) },
);

/** What a parameter is given: an id is chosen when the cloud's past is known. */
type Given = { id: number } | { odd: string } | Given[] | { fields: Record<string, Given> };

function givenFor(parameter: Parameter): fc.Arbitrary<Given> {
  switch (parameter.type) {
    case 'string':
      return parameter.values
        ? fc.oneof(
            fc.constantFrom(...parameter.values).map((odd) => ({ odd })),
            text,
          )
        : text;
    case 'integer':
      return fc
        .oneof(
          fc.constantFrom('0', '-1', '1', '100', '4096', '99999999999', 'x'),
          fc
            .integer({ min: parameter.minimum ?? 0, max: Math.max(parameter.minimum ?? 0, parameter.maximum ?? 1_000) })
            .map(String),
        )
        .map((odd) => ({ odd }));
    case 'boolean':
      return fc.constantFrom('true', 'false', 'yes').map((odd) => ({ odd }));
    case 'list':
      return fc.array(givenFor(parameter.items), { maxLength: 3 });
    case 'object':
      return fieldsOf(parameter.fields);
  }
}

function fieldsOf(fields: Readonly<Record<string, Parameter>>): fc.Arbitrary<Given> {
  const given = Object.entries(fields).map(([name, parameter]) =>
    fc
      .tuple(fc.nat(9), givenFor(parameter))
      .map(([chance, value]): [string, Given][] => (chance < (parameter.required ? 9 : 4) ? [[name, value]] : [])),
  );
  return fc.tuple(...given).map((all) => ({ fields: Object.fromEntries(all.flat()) }));
}

/** Ids by the name that asks for them: `VpnGatewayId` is given a gateway's, mostly. */
const PREFIXES: readonly [RegExp, string][] = [
  [/VSwitch/, 'vsw-'],
  [/VpcId/, 'vpc-'],
  [/VpnGateway/, 'vpn-'],
  [/CustomerGateway/, 'cgw-'],
  [/VpnConnection|NextHop/, 'vco-'],
  [/Attachment/, 'tr-attach-'],
  [/RouteTable/, 'vtb-'],
  [/TransitRouter/, 'tr-'],
  [/Cen/, 'cen-'],
  [/SecurityGroup/, 'sg-'],
];

function inputOf(given: Given, name: string): unknown {
  if (Array.isArray(given)) return given.map((one) => inputOf(one, name));
  if ('odd' in given) return given.odd;
  if ('id' in given) {
    const prefix = PREFIXES.find(([asks]) => asks.test(name))?.[1] ?? '';
    const ids = idsOf().filter((id) => id.startsWith(prefix));
    return ids[given.id % Math.max(1, ids.length)] ?? 'none';
  }
  return Object.fromEntries(Object.entries(given.fields).map(([key, value]) => [key, inputOf(value, key)]));
}

const call: fc.Arbitrary<{ action: Action; given: Given }> = fc
  .constantFrom(...rpcActions)
  .chain((action) => fieldsOf(action.parameters).map((given) => ({ action, given })));

function requestOf({ action, given }: { action: Action; given: Given }): Recorded {
  const parameters = flatParameters(inputOf(given, '') as never);
  const form = Object.entries({ Action: action.name, Version: VERSIONS[action.product], ...parameters })
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(Buffer.from(value).toString('utf8'))}`)
    .join('&');
  return {
    protocol: 'rpc',
    method: 'POST',
    path: '/',
    query: '',
    headers: { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form),
  };
}

hostile('RPC action', fc.array(call, { minLength: 1, maxLength: 6 }), (calls) =>
  holdsFor('rpc')(calls.map((one) => signed(requestOf(one)))),
);
