/** Objects come by PutObject and CopyObject, whole; each coming is a notification. */
import { createHash } from 'node:crypto';
import type { Context } from '../world';
import { findBucket, objectsOf } from './buckets';
import { crc64 } from './crc64';
import { checkPreconditions, findObject } from './get-object';
import { notify } from './notifications';
import type { Notification, ObjectProperties, ObjectRecord, Operations } from './operations';
import { OssError } from './oss-error';

const MOST_KEY_BYTES = 1_023;

interface Arrival {
  bucket: string;
  key: string;
  body: string;
  properties: ObjectProperties;
  forbidOverwrite: boolean;
  sourceIp: string;
  eventName: Notification['eventName'];
}

export function putObject(
  context: Context,
  input: Operations['PutObject']['input'],
): Operations['PutObject']['result'] {
  const { contentType, headers, metadata, ...rest } = input;
  return store(context, {
    ...rest,
    properties: { contentType, headers, metadata },
    eventName: 'ObjectCreated:PutObject',
  });
}

export function copyObject(
  context: Context,
  input: Operations['CopyObject']['input'],
): Operations['CopyObject']['result'] {
  const { source, properties, preconditions, ...rest } = input;
  findBucket(context, source.bucket);
  const original = findObject(context, source);
  checkPreconditions(original, preconditions);
  const { contentType, headers, metadata, body } = original;
  return store(context, {
    ...rest,
    body,
    properties: properties ?? { contentType, headers, metadata },
    eventName: 'ObjectCreated:CopyObject',
  });
}

function store(context: Context, { bucket, key, body, properties, forbidOverwrite, sourceIp, eventName }: Arrival) {
  const { storageClass } = findBucket(context, bucket);
  checkKey(key);
  const existing = context.state.get<ObjectRecord>(objectsOf(bucket), key);
  if (existing && forbidOverwrite)
    throw new OssError(409, 'FileAlreadyExists', 'The object you specified already exists and can not be overwritten.');
  const bytes = Buffer.from(body, 'base64');
  const record: ObjectRecord = {
    key,
    size: bytes.length,
    eTag: createHash('md5').update(bytes).digest('hex').toUpperCase(),
    modifiedAt: context.now,
    storageClass,
    ...properties,
    body,
    crc64: crc64(bytes),
  };
  context.state.put(objectsOf(bucket), key, record);
  const deltaSize = record.size - (existing?.size ?? 0);
  notify(context, { eventName, bucket, key, size: record.size, eTag: record.eTag, deltaSize, sourceIp });
  return { eTag: record.eTag, crc64: record.crc64, modifiedAt: record.modifiedAt };
}

function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes < 1 || bytes > MOST_KEY_BYTES || key.startsWith('/') || key.startsWith('\\'))
    throw new OssError(400, 'InvalidObjectName', 'The specified object is not valid.');
}
