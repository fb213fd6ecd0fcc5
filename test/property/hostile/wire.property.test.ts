/**
 * The local cloud's protocols: recorded requests spoiled and then signed, so that they get as far as a good one does.
 * Every request is answered, never with 500; two clouds of one past answer alike; a good request is served after.
 */
import * as fc from 'fast-check';
import { hostile } from './hostile';
import { mutatedBytes, mutatedJson, word } from './mutations';
import { type Protocol, type Recorded, recordedOf, signed } from './signed-requests';
import { ENTRY, expectAnswer, expectServed, freshCloud, holdsFor } from './wire-holds';

const VALUES = [
  '',
  '-1',
  '0',
  '99999999999999999999',
  '1e9',
  'NaN',
  'true',
  '[]',
  '{}',
  '["a","a"]',
  '[{"Key":"__proto__"}]',
  '{"__proto__":{"polluted":true}}',
  '[[[[[[[[[[]]]]]]]]]]',
  '"\\ud800"',
  '../../etc/passwd',
  'a/b/c',
  '%00',
  '%2e%2e%2f',
  '%E0%A4%A',
  'bytes=-0',
  'bytes=9-1',
  'bytes=99999999999999999999-',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  '+275760-09-13T00:00:00.001Z',
  '__proto__',
  'constructor',
  'toString',
  '*'.repeat(50),
  'a'.repeat(3_000),
];
const value = fc.oneof(fc.constantFrom(...VALUES), word);

const HEADERS: Readonly<Record<Protocol, readonly string[]>> = {
  rpc: ['content-type', 'host', 'x-acs-action', 'x-acs-version', 'x-acs-security-token'],
  oss: [
    'content-type',
    'content-md5',
    'host',
    'range',
    'if-match',
    'if-modified-since',
    'x-oss-acl',
    'x-oss-copy-source',
    'x-oss-forbid-overwrite',
    'x-oss-meta-a',
    'x-oss-meta-__proto__',
    'x-oss-metadata-directive',
    'x-oss-copy-source-if-match',
    'cache-control',
    'expires',
  ],
  smq: ['content-type', 'content-md5', 'host', 'x-mns-prefix', 'x-mns-ret-number', 'x-mns-marker', 'security-token'],
  tablestore: ['x-ots-instancename', 'x-ots-apiversion', 'x-ots-date', 'x-ots-ststoken', 'x-ots-a'],
  fc: ['x-acs-date', 'content-type', 'x-fc-invocation-type', 'x-fc-log-type', 'x-fc-async-task-id', 'x-fc-account-id'],
};
const PARAMETERS: Readonly<Record<Protocol, readonly string[]>> = {
  rpc: [
    'Action',
    'Version',
    'RegionId',
    'PageSize',
    'PageNumber',
    'NextToken',
    'MaxResults',
    'ClientToken',
    'DryRun',
    'Name',
    'Tag.1.Key',
    'Tag.2.Key',
    'Tag.99999.Key',
    'Tag.-1.Key',
    'Tag.1.1.1.1.1.1.1.1.1',
    '__proto__',
    '__proto__.polluted',
    'constructor.prototype.polluted',
    'PolicyDocument',
    'VersionStages',
    'AssumeRolePolicyDocument',
    'IkeConfig',
    'IpsecConfig',
    'TunnelOptionsSpecification.1.TunnelIkeConfig.Psk',
    'TunnelOptionsSpecification.2.Role',
    'ZoneMappings.1.ZoneId',
    'SecurityGroupIds',
    'CidrBlock',
    'DestinationCidrBlock',
    'Bandwidth',
    'ResourceIds.1',
    'ResourceType',
    'VSwitchId',
    'LocalSubnet',
    'RemoteSubnet',
  ],
  oss: [
    'prefix',
    'marker',
    'continuation-token',
    'start-after',
    'max-keys',
    'delimiter',
    'encoding-type',
    'list-type',
    'versions',
    'key-marker',
    'acl',
    'delete',
    'versioning',
    'publicAccessBlock',
    'objectMeta',
    'response-content-type',
    'response-expires',
    'uploads',
    '__proto__',
  ],
  smq: [
    'metaoverride',
    'peekonly',
    'waitseconds',
    'numOfMessages',
    'ReceiptHandle',
    'receiptHandle',
    'visibilityTimeout',
  ],
  tablestore: ['a'],
  fc: [
    'limit',
    'nextToken',
    'prefix',
    'qualifier',
    'functionName',
    'ResourceType',
    'ResourceId',
    'TagKey',
    'Tag',
    'All',
    'Limit',
    'NextToken',
    '__proto__',
  ],
};

interface Change1 {
  what: 'header' | 'query' | 'value' | 'drop' | 'path' | 'method' | 'body';
  name: number;
  value: string;
  at: number;
}

const change: fc.Arbitrary<Change1> = fc.record({
  what: fc.constantFrom('header', 'query', 'value', 'value', 'drop', 'path', 'method', 'body', 'body'),
  name: fc.nat(1_000),
  value,
  at: fc.nat(1_000),
});

const wellFormed = (text: string): string => Buffer.from(text).toString('utf8');

/** Headers come over HTTP: no control characters, and each character a byte. */
const asHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 4_000);
const asPath = (text: string): string =>
  text.replace(/[^\x21-\x7e]|[?#]/g, (found) => encodeURIComponent(wellFormed(found)));
const asQuery = (text: string): string => encodeURIComponent(wellFormed(text));

function changed(request: Recorded, { what, name, value: given, at }: Change1, body: Buffer): Recorded {
  const pairs = request.query?.split('&') ?? [];
  const [headers, parameters] = [HEADERS[request.protocol], PARAMETERS[request.protocol]];
  switch (what) {
    case 'header':
      return { ...request, headers: { ...request.headers, [headers[name % headers.length] ?? 'a']: asHeader(given) } };
    case 'query':
      return { ...request, query: [...pairs, `${parameters[name % parameters.length]}=${asQuery(given)}`].join('&') };
    case 'value':
      return {
        ...request,
        query: pairs
          .map((pair, index) => (index === at % pairs.length ? `${pair.split('=')[0]}=${asQuery(given)}` : pair))
          .join('&'),
      };
    case 'drop':
      return { ...request, query: pairs.filter((_, index) => index !== at % pairs.length).join('&') };
    case 'path': {
      const parts = request.path.split('/');
      parts[1 + (at % Math.max(1, parts.length - 1))] = asPath(given);
      return { ...request, path: parts.join('/') };
    }
    case 'method':
      return { ...request, method: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'][name % 7] ?? 'GET' };
    case 'body':
      return { ...request, body };
  }
}

function bodiesOf(protocol: Protocol, one: Recorded): fc.Arbitrary<Buffer> {
  if (one.body.length === 0)
    return fc.constantFrom(Buffer.from('{'), Buffer.from('<a/>'), Buffer.alloc(0), Buffer.alloc(100, 0xff));
  if (protocol !== 'fc') return mutatedBytes([one.body]);
  try {
    return mutatedJson([JSON.parse(one.body.toString('utf8'))]).map((text) => Buffer.from(text));
  } catch {
    return mutatedBytes([one.body]);
  }
}

const spoiled = (protocol: Protocol): fc.Arbitrary<Recorded> =>
  fc
    .constantFrom(...recordedOf(protocol))
    .chain((one) =>
      fc
        .tuple(fc.array(change, { minLength: 1, maxLength: 3 }), bodiesOf(protocol, one))
        .map(([changes, body]) => changes.reduce((request, each) => changed(request, each, body), one)),
    );

const sequence = (protocol: Protocol) =>
  fc.array(spoiled(protocol), { minLength: 1, maxLength: 3 }).map((requests) => requests.map(signed));

hostile(ENTRY.rpc, sequence('rpc'), (requests) => holdsFor('rpc')(requests));
hostile(ENTRY.oss, sequence('oss'), (requests) => holdsFor('oss')(requests));
hostile(ENTRY.smq, sequence('smq'), (requests) => holdsFor('smq')(requests));
hostile(ENTRY.tablestore, sequence('tablestore'), (requests) => holdsFor('tablestore')(requests));
hostile(ENTRY.fc, sequence('fc'), (requests) => holdsFor('fc')(requests));

/** Spoiled after it was signed, or signed by nobody: refused by its service, or nobody's. */
hostile(
  'unsigned request',
  fc.record({
    protocol: fc.constantFrom<Protocol>('rpc', 'oss', 'smq', 'tablestore', 'fc'),
    at: fc.nat(1_000),
    change,
    bytes: mutatedBytes(['{}', '<a/>']),
  }),
  async ({ protocol, at, change: each, bytes }) => {
    const all = recordedOf(protocol);
    const one = all[at % all.length];
    if (!one) return;
    const { remoteAddress, ...sent } = signed(one);
    const request = { ...changed({ protocol, ...sent, headers: { ...sent.headers } }, each, bytes), remoteAddress };
    const [cloud, twin] = [freshCloud(), freshCloud()];
    const answer = await cloud.serve(request);
    expectAnswer(answer);
    expect(await twin.serve(request)).toEqual(answer);
    await expectServed(protocol, cloud);
  },
);
