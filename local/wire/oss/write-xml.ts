/** The answers of OSS that are XML, or nothing but headers. */
import type { BucketRecord, OperationName, Operations } from '../../world/oss/operations';
import { firstValue, parsePairs, rfc3986 } from '../query';
import type { RawRequest, RawResponse } from '../raw';
import { type XmlNode, xmlDocument } from '../xml';
import { objectAnswer } from './object-answer';
import type { OssCall, Question } from './oss-call';

interface Asked {
  request: RawRequest;
  call: OssCall;
  accountId: string;
}

const empty = (status: number, headers: Record<string, string> = {}): RawResponse => ({ status, headers, body: '' });

const xml = (node: XmlNode): RawResponse => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: xmlDocument(node),
});

type Writers = { [K in OperationName]: (result: Operations[K]['result'], asked: Asked) => RawResponse };

const WRITERS: Writers = {
  ListBuckets: listBuckets,
  PutBucket: (_, { request }) => empty(200, { location: request.path }),
  GetBucket: (bucket, { call, accountId }) => bucketAnswer(bucket, call.question, accountId),
  PutBucketAcl: () => empty(200),
  PutBucketVersioning: () => empty(200),
  PutPublicAccessBlock: () => empty(200),
  DeleteBucket: () => empty(204),
  PutObject: ({ eTag, crc64 }) => empty(200, { etag: `"${eTag}"`, 'x-oss-hash-crc64ecma': crc64 }),
  GetObject: (object, { request, call, accountId }) =>
    call.question === 'acl' ? xml(aclNode('default', accountId)) : objectAnswer(request, call.question, object),
  CopyObject: ({ eTag, modifiedAt }) =>
    xml([
      'CopyObjectResult',
      [
        ['ETag', `"${eTag}"`],
        ['LastModified', iso(modifiedAt)],
      ],
    ]),
  DeleteObject: () => empty(204),
  DeleteObjects: ({ deleted }, { call }) =>
    xml(['DeleteResult', call.question === 'quiet' ? [] : deleted.map((key): XmlNode => ['Deleted', [['Key', key]]])]),
  ListObjects: (result, asked) =>
    asked.call.question === 'list-versions' ? listVersions(result, asked) : listObjects(result, asked),
};

export function writeResult(result: Operations[OperationName]['result'], asked: Asked): RawResponse {
  const writer: (result: never, asked: Asked) => RawResponse = WRITERS[asked.call.input.operation];
  // The world answers each operation with its own result.
  return writer(result as never, asked);
}

/** Whole seconds, written with three zeros: Python's client reads no other. */
const iso = (instant: number): string => new Date(Math.floor(instant / 1_000) * 1_000).toISOString();

const ownerNode = (accountId: string): XmlNode => [
  'Owner',
  [
    ['ID', accountId],
    ['DisplayName', accountId],
  ],
];

const aclNode = (grant: string, accountId: string): XmlNode => [
  'AccessControlPolicy',
  [ownerNode(accountId), ['AccessControlList', [['Grant', grant]]]],
];

const locationOf = ({ region }: BucketRecord): string => `oss-${region}`;

function bucketAnswer(bucket: BucketRecord, question: Question, accountId: string): RawResponse {
  switch (question) {
    case 'acl':
      return xml(aclNode(bucket.acl, accountId));
    case 'location':
      return xml(['LocationConstraint', locationOf(bucket)]);
    case 'versioning':
      return xml(['VersioningConfiguration', bucket.versioning ? [['Status', bucket.versioning]] : []]);
    case 'publicAccessBlock':
      return xml([
        'PublicAccessBlockConfiguration',
        [['BlockPublicAccess', String(bucket.publicAccessBlocked ?? false)]],
      ]);
    default:
      return xml([
        'BucketInfo',
        [['Bucket', [...bucketNodes(bucket), ownerNode(accountId), ['AccessControlList', [['Grant', bucket.acl]]]]]],
      ]);
  }
}

const bucketNodes = (bucket: BucketRecord): XmlNode[] => [
  ['CreationDate', iso(bucket.createdAt)],
  ['ExtranetEndpoint', `${locationOf(bucket)}.aliyuncs.com`],
  ['IntranetEndpoint', `${locationOf(bucket)}-internal.aliyuncs.com`],
  ['Location', locationOf(bucket)],
  ['Name', bucket.bucket],
  ['Region', bucket.region],
  ['StorageClass', bucket.storageClass],
  ...(bucket.versioning ? [['Versioning', bucket.versioning] as const] : []),
];

function listBuckets({ buckets, nextMarker }: Operations['ListBuckets']['result'], { accountId }: Asked): RawResponse {
  return xml([
    'ListAllMyBucketsResult',
    [
      // The official client fails without an owner.
      ownerNode(accountId),
      ['Buckets', buckets.map((bucket): XmlNode => ['Bucket', bucketNodes(bucket)])],
      ['IsTruncated', nextMarker !== null],
      ...(nextMarker === null ? [] : [['NextMarker', nextMarker] as const]),
    ],
  ]);
}

/** Keys are escaped only where the client asks for it: not every SDK undoes it. */
/** One version of each object is kept, and it is the latest: the null version, as of a bucket that was never versioned. */
function listVersions(result: Operations['ListObjects']['result'], { call, accountId }: Asked): RawResponse {
  const asked = call.input.operation === 'ListObjects' ? call.input : null;
  const { objects, next } = result;
  return xml([
    'ListVersionsResult',
    [
      ['Name', asked?.bucket ?? ''],
      ['Prefix', asked?.prefix ?? ''],
      ['KeyMarker', asked?.after ?? ''],
      ['VersionIdMarker', ''],
      ['MaxKeys', asked?.maxKeys ?? 0],
      ['IsTruncated', next !== null],
      ...(next === null ? [] : [['NextKeyMarker', next] as const, ['NextVersionIdMarker', 'null'] as const]),
      ...objects.map(
        ({ key, modifiedAt, eTag, size, storageClass }): XmlNode => [
          'Version',
          [
            ['Key', key],
            ['VersionId', 'null'],
            ['IsLatest', true],
            ['LastModified', iso(modifiedAt)],
            ['ETag', `"${eTag}"`],
            ['Type', 'Normal'],
            ['Size', size],
            ['StorageClass', storageClass],
            ownerNode(accountId),
          ],
        ],
      ),
    ],
  ]);
}

function listObjects(result: Operations['ListObjects']['result'], { request, call, accountId }: Asked): RawResponse {
  const query = parsePairs(request.query, { plusIsSpace: false });
  const escaped = firstValue(query, 'encoding-type') === 'url';
  const text = (value: string) => (escaped ? rfc3986(value) : value);
  const { objects, prefixes, next } = result;
  const asked = call.input.operation === 'ListObjects' ? call.input : null;
  const v2 = call.question === 'list-v2';
  const position: XmlNode[] = v2
    ? [
        ['KeyCount', objects.length + prefixes.length],
        ...(next === null ? [] : [['NextContinuationToken', Buffer.from(next).toString('base64')] as const]),
      ]
    : [['Marker', text(asked?.after ?? '')], ...(next === null ? [] : [['NextMarker', text(next)] as const])];
  return xml([
    'ListBucketResult',
    [
      ['Name', asked?.bucket ?? ''],
      ['Prefix', text(asked?.prefix ?? '')],
      ['MaxKeys', asked?.maxKeys ?? 0],
      ['Delimiter', text(asked?.delimiter ?? '')],
      ['IsTruncated', next !== null],
      ...(escaped ? [['EncodingType', 'url'] as const] : []),
      ...position,
      ...objects.map(
        ({ key, modifiedAt, eTag, size, storageClass }): XmlNode => [
          'Contents',
          [
            ['Key', text(key)],
            ['LastModified', iso(modifiedAt)],
            ['ETag', `"${eTag}"`],
            ['Type', 'Normal'],
            ['Size', size],
            ['StorageClass', storageClass],
            ownerNode(accountId),
          ],
        ],
      ),
      ...prefixes.map((prefix): XmlNode => ['CommonPrefixes', [['Prefix', text(prefix)]]]),
    ],
  ]);
}
