/** Which call a request is. What it asks for is named by a parameter; parameters for what is not emulated are refused. */
import * as z from 'zod';
import { ACLS, type Acl, type OssInput } from '../../world/oss/operations';
import { invalidArgument, OssError } from '../../world/oss/oss-error';
import { firstValue, type Pair, parsePairs } from '../query';
import type { RawRequest } from '../raw';
import type { SignedResource } from '../signatures/oss-v1';
import { xmlReader } from '../xml';
import { checkDigest, methodNotAllowed, objectCall } from './object-call';

/** How the answer is written: GET of a bucket has eight answers to one question. */
export type Question =
  | 'plain'
  | 'acl'
  | 'location'
  | 'versioning'
  | 'publicAccessBlock'
  | 'info'
  | 'list-v1'
  | 'list-v2'
  | 'list-versions'
  | 'meta'
  | 'quiet';

export interface OssCall {
  input: OssInput;
  question: Question;
}

const NOT_EMULATED = (
  'append bucketArchiveDirectRead callback cname cors encryption inventory lifecycle live logging metaQuery policy ' +
  'qos referer replication requestPayment resourceGroup restore stat style symlink tagging transferAcceleration ' +
  'uploadId uploads website worm x-oss-process'
).split(' ');

export function ossCall(request: RawRequest, { bucket, key }: SignedResource): OssCall {
  const query = parsePairs(request.query, { plusIsSpace: false });
  const asks = (name: string) => firstValue(query, name) !== null;
  const refused = NOT_EMULATED.find(asks);
  if (refused !== undefined)
    throw new OssError(501, 'NotImplemented', `The local cloud has no sub-resource ${refused}.`);
  if (bucket === null) return serviceCall(request, query);
  if (key === null) return bucketCall(request, bucket, query);
  if (asks('acl')) {
    if (request.method !== 'GET') throw new OssError(501, 'NotImplemented', 'Objects take the ACL of their bucket.');
    return { input: objectCall(request, { bucket, key }), question: 'acl' };
  }
  return { input: objectCall(request, { bucket, key }), question: asks('objectMeta') ? 'meta' : 'plain' };
}

function serviceCall({ method }: RawRequest, query: Pair[]): OssCall {
  if (method !== 'GET') throw methodNotAllowed();
  return {
    input: {
      operation: 'ListBuckets',
      prefix: firstValue(query, 'prefix') ?? '',
      marker: firstValue(query, 'marker') ?? '',
      maxKeys: maxKeysOf(query),
    },
    question: 'plain',
  };
}

function bucketCall(request: RawRequest, bucket: string, query: Pair[]): OssCall {
  const asks = (name: string) => firstValue(query, name) !== null;
  switch (request.method) {
    case 'PUT':
      return { input: changeBucket(request, bucket, asks), question: 'plain' };
    case 'DELETE':
      return { input: { operation: 'DeleteBucket', bucket }, question: 'plain' };
    case 'POST':
      if (asks('delete')) return deleteCall(request, bucket);
      throw methodNotAllowed();
    case 'GET':
    case 'HEAD': {
      const question = BUCKET_QUESTIONS.find(([name]) => asks(name))?.[1];
      return question
        ? { input: { operation: 'GetBucket', bucket, aspect: question }, question }
        : listCall(bucket, query);
    }
    default:
      throw methodNotAllowed();
  }
}

const BUCKET_QUESTIONS = [
  ['acl', 'acl'],
  ['location', 'location'],
  ['versioning', 'versioning'],
  ['publicAccessBlock', 'publicAccessBlock'],
  ['bucketInfo', 'info'],
] as const;

function listCall(bucket: string, query: Pair[]): OssCall {
  const text = (name: string) => firstValue(query, name) ?? '';
  const versions = firstValue(query, 'versions') !== null;
  const v2 = text('list-type') === '2';
  const token = Buffer.from(text('continuation-token'), 'base64').toString('utf8');
  const after = versions ? text('key-marker') : v2 ? token || text('start-after') : text('marker');
  return {
    input: {
      operation: 'ListObjects',
      bucket,
      prefix: text('prefix'),
      delimiter: text('delimiter'),
      after,
      maxKeys: maxKeysOf(query),
    },
    question: versions ? 'list-versions' : v2 ? 'list-v2' : 'list-v1',
  };
}

const maxKeysOf = (query: Pair[]): number => Number(firstValue(query, 'max-keys') || 100);

const list = xmlReader(['Object']);
const BucketDocument = z.object({ CreateBucketConfiguration: z.object({ StorageClass: z.string().optional() }) });
const VersioningDocument = z.object({
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }),
});
const AccessDocument = z.object({
  PublicAccessBlockConfiguration: z.object({ BlockPublicAccess: z.enum(['true', 'false']) }),
});
const DeleteDocument = z.object({
  Delete: z.object({ Quiet: z.string().optional(), Object: z.array(z.object({ Key: z.string() })) }),
});

function changeBucket(request: RawRequest, bucket: string, asks: (name: string) => boolean): OssInput {
  const acl = aclOf(request);
  if (asks('acl')) {
    if (acl === null) throw invalidArgument('no such bucket access control exists');
    return { operation: 'PutBucketAcl', bucket, acl };
  }
  if (asks('versioning')) {
    const { Status: status } = parse(VersioningDocument, request.body).VersioningConfiguration;
    return { operation: 'PutBucketVersioning', bucket, status };
  }
  if (asks('publicAccessBlock')) {
    const { BlockPublicAccess } = parse(AccessDocument, request.body).PublicAccessBlockConfiguration;
    return { operation: 'PutPublicAccessBlock', bucket, blocked: BlockPublicAccess === 'true' };
  }
  const wanted = request.body.length === 0 ? undefined : parse(BucketDocument, request.body).CreateBucketConfiguration;
  return { operation: 'PutBucket', bucket, acl, storageClass: wanted?.StorageClass ?? null };
}

function aclOf({ headers }: RawRequest): Acl | null {
  const given = headers['x-oss-acl'];
  if (given === undefined) return null;
  const acl = ACLS.find((known) => known === given);
  if (acl === undefined) throw invalidArgument('no such bucket access control exists');
  return acl;
}

function deleteCall(request: RawRequest, bucket: string): OssCall {
  checkDigest(request);
  const { Quiet, Object: objects } = parse(DeleteDocument, request.body).Delete;
  return {
    input: {
      operation: 'DeleteObjects',
      bucket,
      keys: objects.map(({ Key }) => Key),
      sourceIp: request.remoteAddress,
    },
    question: Quiet === 'true' ? 'quiet' : 'plain',
  };
}

function parse<T>(schema: z.ZodType<T>, body: Buffer): T {
  const malformed = () => new OssError(400, 'MalformedXML', 'The XML you provided was not well-formed.');
  let document: unknown;
  try {
    document = list(body.toString('utf8'));
  } catch {
    throw malformed();
  }
  const parsed = schema.safeParse(document);
  if (!parsed.success) throw malformed();
  return parsed.data;
}
