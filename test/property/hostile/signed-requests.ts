/** Requests of the official clients (recorded: fixtures/requests.json), changed and signed anew, against whole local clouds. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { createWorld } from '../../../local/runtime/create-world';
import { addresses } from '../../../local/wire/oss/address';
import type { RawRequest, RawResponse } from '../../../local/wire/raw';
import { rpcParameters } from '../../../local/wire/rpc/parameters';
import { createWire } from '../../../local/wire/server';
import { acs3Claim, hasAcs3 } from '../../../local/wire/signatures/acs3';
import type { Claim } from '../../../local/wire/signatures/claim';
import { fcV1Claim, hasFcV1 } from '../../../local/wire/signatures/fc-v1';
import { ossV1Claim } from '../../../local/wire/signatures/oss-v1';
import { hasOssV4, ossV4Claim } from '../../../local/wire/signatures/oss-v4';
import { rpcV1Claim } from '../../../local/wire/signatures/rpc-v1';
import { smqClaim } from '../../../local/wire/signatures/smq';
import { tablestoreClaim } from '../../../local/wire/signatures/tablestore';
import { encode } from '../../../local/wire/tablestore/message';
import { CreateTableRequest } from '../../../local/wire/tablestore/protocol';
import { parseAccount } from '../../../local/world/account';
import type { Change } from '../../../local/world/state';
import { epochMs } from '../../../shared/clock';

export type Protocol = 'rpc' | 'oss' | 'smq' | 'tablestore' | 'fc';

export interface Recorded {
  protocol: Protocol;
  method: string;
  path: string;
  query: string | null;
  headers: Record<string, string>;
  body: Buffer;
}

export const NOW = Date.UTC(2026, 10, 23, 12);
const { account } = parseAccount(readFileSync('examples/account.yaml'), 'account.yaml');
if (!account) throw new Error('the example account is not valid');
export const { id: KEY_ID, secret: SECRET } = account.accessKey;

export const RECORDED: readonly Recorded[] = JSON.parse(
  readFileSync('test/property/hostile/fixtures/requests.json', 'utf8'),
).map((one: Recorded) => ({ ...one, body: Buffer.from(String(one.body), 'base64') }));

/** What the cloud's past made of them: with ids that are there, and each call of RPC by the first generation's clients. */
let ids: readonly string[] = [];

/** Of what is there. */
export const idsOf = (): readonly string[] => ids;

let aimed: readonly Recorded[] = RECORDED;

export const recordedOf = (protocol: Protocol): Recorded[] =>
  [...aimed, ...aimed.flatMap((one) => (one.protocol === 'rpc' ? [asFirstGeneration(one)] : []))].filter(
    (one) => one.protocol === protocol,
  );

export function asFirstGeneration(one: Recorded): Recorded {
  const { host = '', 'x-acs-action': action = '', 'x-acs-version': version = '', 'content-type': type } = one.headers;
  const query = `Action=${action}&Version=${version}${one.query ? `&${one.query}` : ''}`;
  return { ...one, query, headers: { host, ...(type === undefined ? {} : { 'content-type': type }) } };
}

const UTC = new Date(NOW).toUTCString();
const ISO = `${new Date(NOW).toISOString().slice(0, 19)}Z`;
const BASIC = ISO.replace(/[-:]/g, '');
/** Of the recording's own time and keys. */
const STALE =
  /^(AccessKeyId|Signature|SignatureNonce|Timestamp|SecurityToken|OSSAccessKeyId|Expires|security-token|x-oss-(credential|signature|date|expires|security-token|signature-version|additional-headers))(=|$)/;
const STALE_HEADERS = [
  'x-acs-security-token',
  'x-oss-security-token',
  'security-token',
  'x-ots-ststoken',
  'x-fc-security-token',
];

const raw = ({ method, path, query, headers, body }: Omit<Recorded, 'protocol'>): RawRequest => ({
  method,
  path,
  query,
  headers,
  body,
  remoteAddress: '127.0.0.1',
});

const withoutStale = (query: string | null): string | null =>
  query === null
    ? null
    : query
        .split('&')
        .filter((part) => !STALE.test(part))
        .join('&');

/** As the account's own key would send it now. What cannot be signed any more is sent as it is. */
export function signed(given: Recorded): RawRequest {
  const headers = Object.fromEntries(Object.entries(given.headers).filter(([name]) => !STALE_HEADERS.includes(name)));
  const request = { ...given, headers, query: withoutStale(given.query) };
  switch (given.protocol) {
    case 'rpc':
      return hasAcs3(raw(request)) ? acs3(request) : rpcV1(request);
    case 'fc':
      return hasFcV1(raw(request))
        ? header(request, { date: UTC }, (sent) => [fcV1Claim(sent), (s) => `FC ${KEY_ID}:${s}`])
        : acs3(request);
    case 'oss':
      return oss(request);
    case 'smq':
      return header(
        { ...request, headers: { ...headers, ...md5Of(request.body, headers['content-md5']) } },
        { date: UTC, 'x-mns-date': UTC },
        (sent) => [smqClaim(sent), (s) => `MNS ${KEY_ID}:${s}`],
      );
    case 'tablestore':
      return tablestore(request);
  }
}

type Signer = (sent: RawRequest) => [claim: Claim | string, authorization: (signature: string) => string];

/** Signed with a placeholder first: no scheme signs its own signature. */
function header(request: Recorded, more: Record<string, string>, signer: Signer): RawRequest {
  const { authorization = '' } = request.headers;
  const [, placeholder] = signer(raw({ ...request, headers: { ...request.headers, ...more } }));
  const sent = raw({
    ...request,
    headers: { ...request.headers, ...more, authorization: placeholder('00') || authorization },
  });
  const [claim] = signer(sent);
  return typeof claim === 'string'
    ? sent
    : { ...sent, headers: { ...sent.headers, authorization: placeholder(claim.sign(SECRET)) } };
}

const acs3 = (request: Recorded): RawRequest => {
  const names = /SignedHeaders=([^,]+)/.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
  const more: Record<string, string> = { 'x-acs-date': ISO };
  if (request.headers['x-acs-content-sha256'] !== undefined)
    more['x-acs-content-sha256'] = createHash('sha256').update(request.body).digest('hex');
  return header(request, more, (sent) => [
    acs3Claim(sent),
    (s) => `ACS3-HMAC-SHA256 Credential=${KEY_ID},SignedHeaders=${names},Signature=${s}`,
  ]);
};

function rpcV1(request: Recorded): RawRequest {
  const text = request.body.toString('latin1');
  const isForm = (request.headers['content-type'] ?? '').includes('form');
  const body = isForm ? Buffer.from(withoutStale(text) ?? '', 'latin1') : request.body;
  const query = [request.query ?? '', `AccessKeyId=${KEY_ID}&Timestamp=${encodeURIComponent(ISO)}`]
    .filter((part) => part !== '')
    .join('&');
  const sent = raw({ ...request, body, query: `${query}&Signature=0` });
  const claim = rpcV1Claim(sent, rpcParameters(sent));
  return typeof claim === 'string'
    ? sent
    : { ...sent, query: `${query}&Signature=${encodeURIComponent(claim.sign(SECRET))}` };
}

function oss(request: Recorded): RawRequest {
  const isV4 = hasOssV4(raw(request));
  const more: Record<string, string> = isV4 ? { 'x-oss-date': BASIC } : { date: UTC, 'x-oss-date': UTC };
  if (request.headers['content-md5'] !== undefined)
    more['content-md5'] = createHash('md5').update(request.body).digest('base64');
  return header(request, more, (sent) => [
    (isV4 ? ossV4Claim : ossV1Claim)(sent, addresses(sent)[0]),
    (s) =>
      isV4
        ? `OSS4-HMAC-SHA256 Credential=${KEY_ID}/${BASIC.slice(0, 8)}/us-east-1/oss/aliyun_v4_request,Signature=${s}`
        : `OSS ${KEY_ID}:${s}`,
  ]);
}

const md5Of = (body: Buffer, given: string | undefined): Record<string, string> =>
  given === undefined || body.length === 0 ? {} : { 'content-md5': createHash('md5').update(body).digest('base64') };

function tablestore(request: Recorded): RawRequest {
  const headers: Record<string, string> = {
    ...request.headers,
    'x-ots-accesskeyid': KEY_ID,
    'x-ots-date': ISO,
    'x-ots-contentmd5': createHash('md5').update(request.body).digest('base64'),
    'x-ots-signature': '0',
  };
  const claim = tablestoreClaim(raw({ ...request, headers }));
  return raw({
    ...request,
    headers: { ...headers, ...(typeof claim === 'string' ? {} : { 'x-ots-signature': claim.sign(SECRET) }) },
  });
}

export interface Cloud {
  serve(request: RawRequest): Promise<RawResponse>;
  snapshot(): Change[];
}

/** A local cloud without a port and without functions, at one instant. */
export function cloudOf(restored: readonly Change[] = [], now = NOW): Cloud {
  const world = createWorld(account!, restored, epochMs(now));
  return cloudOver(world, () => now);
}

function cloudOver(world: ReturnType<typeof createWorld>, cloudTime: () => number): Cloud {
  const credential = { secret: SECRET, securityToken: null, accountId: account!.accountId, roleArn: null };
  const wire = createWire({
    handle: (request) => world.handle(epochMs(cloudTime()), request).response,
    now: () => NOW,
    credential: (accessKeyId) => (accessKeyId === KEY_ID ? credential : null),
    wait: async () => undefined,
  });
  return { serve: wire.serve, snapshot: () => [...world.state.snapshot()] };
}

const BUCKETS = ['acme-topologies', 'adapter-bucket', 'acme-other', 'trunkline-topologies'];
const QUEUES = ['steps', 'trunkline-security-group'];
const FUNCTIONS = ['f', 'intake', 'trunkline-cen', 'trunkline-intake', 'trunkline-security-group', 'trunkline-sweep'];
const RECORDS: readonly [name: string, type: 'string' | 'integer'][] = [
  ['hash', 'string'],
  ['network', 'string'],
  ['incarnation', 'string'],
  ['resource', 'string'],
];
const NUMBERED: typeof RECORDS = [
  ['network', 'string'],
  ['number', 'integer'],
];
const TABLES: Readonly<Record<string, typeof RECORDS>> = {
  adapter_rows: [
    ['hash', 'string'],
    ['n', 'integer'],
  ],
  batches: NUMBERED,
  plans: NUMBERED,
  rows: NUMBERED,
  trunkline_deliveries: RECORDS,
  trunkline_records: RECORDS,
};

/** What the recordings speak of is there, made an hour ago: a new table takes a while before it serves. */
export async function filledCloud(): Promise<readonly Change[]> {
  let time = NOW - 6 * 3_600_000;
  const world = createWorld(account!, [], epochMs(time));
  const cloud = cloudOver(world, () => time);
  const made = async (protocol: Protocol, isLike: (one: Recorded) => boolean, changes: Partial<Recorded>) => {
    const recorded = recordedOf(protocol).find(isLike);
    if (!recorded) throw new Error(`nothing recorded to make a ${protocol} resource with`);
    const { status, body } = await cloud.serve(signed({ ...recorded, ...changes }));
    if (status >= 300) throw new Error(`${protocol}: ${status} ${body}`);
  };
  for (const bucket of BUCKETS)
    await made('oss', ({ method, headers }) => method === 'PUT' && headers['x-oss-acl'] !== undefined, {
      path: '/',
      query: null,
      headers: {
        host: `${bucket}.oss-us-east-1.aliyuncs.com`,
        authorization: 'OSS4-HMAC-SHA256 ',
        'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      },
    });
  for (const queue of QUEUES)
    await made('smq', ({ method, query }) => method === 'PUT' && !query, { path: `/queues/${queue}` });
  for (const [table, key] of Object.entries(TABLES))
    await made('tablestore', ({ path }) => path === '/CreateTable', { body: createTable(table, key) });
  for (const functionName of FUNCTIONS)
    await made('fc', ({ method, path }) => method === 'POST' && path === '/2023-03-30/functions', {
      body: Buffer.from(
        JSON.stringify({ functionName, runtime: 'nodejs20', handler: 'index.handler', code: { zipFile: ZIP } }),
      ),
    });
  const latest = new Map<string, string>();
  const aim = (text: string): string => text.replace(ID, (found, prefix: string) => latest.get(prefix) ?? found);
  const isRemoval = ({ method, path, query, headers }: Recorded): boolean =>
    method === 'DELETE' || /(Delete|Detach|Revoke)/.test(`${path}?${query}${headers['x-acs-action'] ?? ''}`);
  const aimedAt = (one: Recorded): Recorded => ({
    ...one,
    query: one.query && aim(one.query),
    body: one.protocol === 'rpc' ? Buffer.from(aim(one.body.toString('latin1')), 'latin1') : one.body,
  });
  for (const recorded of [...RECORDED].sort((a, b) => orderOf(a) - orderOf(b))) {
    if (isRemoval(recorded)) continue;
    time += 120_000;
    const { body } = await cloud.serve(signed(aimedAt(recorded)));
    for (const [id, prefix = ''] of String(body).matchAll(ID)) latest.set(prefix, id);
  }
  aimed = RECORDED.map(aimedAt);
  const past = cloud.snapshot();
  ids = [
    ...new Set(JSON.stringify(past).match(/\b(vpc|vsw|vpn|vco|cgw|cen|tr|tr-attach|vtb|sg|i|cenbwp)-[a-z0-9-]{1,24}/g)),
  ].sort();
  return past;
}

/** `vpn-` and 22 letters and digits. */
const ID = /\b(vpn|vco|cgw|cen|tr|tr-attach|vtb|sg|cenbwp)-[a-z0-9]{14,24}\b/g;
const ORDER = [
  'CreateVpnGateway',
  'CreateCustomerGateway',
  'CreateVpnConnection',
  'CreateCen',
  'CreateTransitRouter',
  'CreateRole',
];
const orderOf = ({ headers }: Recorded): number => {
  const at = ORDER.indexOf(headers['x-acs-action'] ?? '');
  return at < 0 ? ORDER.length : at;
};

const ZIP = Buffer.from(zipSync({ 'index.js': Buffer.from('exports.handler = () => 1') })).toString('base64');

const createTable = (tableName: string, key: typeof RECORDS): Buffer =>
  encode(CreateTableRequest, {
    tableMeta: {
      tableName,
      primaryKey: key.map(([name, type]) => ({ name, type, option: null })),
      definedColumn: [],
    },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: -1, maxVersions: 1, deviationCellVersionInSec: null, allowUpdate: null },
    indexMetas: [],
  });
