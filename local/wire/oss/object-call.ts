/** Calls on one object: verb, headers and query to the world's input. */
import { createHash } from 'node:crypto';
import type { ObjectProperties, OssInput, Preconditions } from '../../world/oss/operations';
import { invalidArgument, OssError } from '../../world/oss/oss-error';
import { percentDecode } from '../query';
import type { RawRequest } from '../raw';

export interface ObjectAddress {
  bucket: string;
  key: string;
}

export function objectCall(request: RawRequest, { bucket, key }: ObjectAddress): OssInput {
  switch (request.method) {
    case 'PUT':
      return request.headers['x-oss-copy-source'] === undefined
        ? putObject(request, { bucket, key })
        : copyObject(request, { bucket, key });
    case 'GET':
    case 'HEAD':
      return { operation: 'GetObject', bucket, key, preconditions: preconditionsOf(request.headers, '') };
    case 'DELETE':
      return { operation: 'DeleteObject', bucket, key, sourceIp: request.remoteAddress };
    default:
      throw methodNotAllowed();
  }
}

export const methodNotAllowed = (): OssError =>
  new OssError(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');

function putObject(request: RawRequest, address: ObjectAddress): OssInput {
  checkDigest(request);
  return {
    operation: 'PutObject',
    ...address,
    ...propertiesOf(request.headers),
    body: request.body.toString('base64'),
    forbidOverwrite: forbidsOverwrite(request),
    sourceIp: request.remoteAddress,
  };
}

export function checkDigest({ headers, body }: RawRequest): void {
  const given = headers['content-md5'];
  if (given !== undefined && given !== createHash('md5').update(body).digest('base64'))
    throw new OssError(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.');
}

function copyObject(request: RawRequest, address: ObjectAddress): OssInput {
  const { headers } = request;
  const parts = /^\/?([^/]+)\/(.+)$/s.exec((headers['x-oss-copy-source'] ?? '').replace(/\?versionId=.*$/, ''));
  if (!parts) throw invalidArgument('Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.');
  const [, bucket = '', key = ''] = parts;
  const replaces = headers['x-oss-metadata-directive']?.toUpperCase() === 'REPLACE';
  return {
    operation: 'CopyObject',
    ...address,
    source: { bucket: percentDecode(bucket), key: percentDecode(key) },
    properties: replaces ? propertiesOf(headers) : null,
    preconditions: preconditionsOf(headers, 'x-oss-copy-source-'),
    forbidOverwrite: forbidsOverwrite(request),
    sourceIp: request.remoteAddress,
  };
}

const forbidsOverwrite = ({ headers }: RawRequest): boolean =>
  headers['x-oss-forbid-overwrite']?.toLowerCase() === 'true';

const KEPT_HEADERS = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'];
const METADATA = 'x-oss-meta-';

function propertiesOf(headers: RawRequest['headers']): ObjectProperties {
  const names = Object.keys(headers);
  const pick = (chosen: string[], nameOf: (name: string) => string) =>
    Object.fromEntries(chosen.map((name) => [nameOf(name), headers[name] ?? '']));
  return {
    contentType: headers['content-type'] ?? 'application/octet-stream',
    headers: pick(
      names.filter((name) => KEPT_HEADERS.includes(name)),
      (name) => name,
    ),
    metadata: pick(
      names.filter((name) => name.startsWith(METADATA)),
      (name) => name.slice(METADATA.length),
    ),
  };
}

/** A date that cannot be read is no condition, as HTTP has it. */
function preconditionsOf(headers: RawRequest['headers'], prefix: string): Preconditions {
  const tag = (name: string) => headers[prefix + name]?.replaceAll('"', '');
  const time = (name: string) => Date.parse(headers[prefix + name] ?? '');
  const [ifMatch, ifNoneMatch] = [tag('if-match'), tag('if-none-match')];
  const [ifModifiedSince, ifUnmodifiedSince] = [time('if-modified-since'), time('if-unmodified-since')];
  return {
    ...(ifMatch !== undefined && { ifMatch }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch }),
    ...(!Number.isNaN(ifModifiedSince) && { ifModifiedSince }),
    ...(!Number.isNaN(ifUnmodifiedSince) && { ifUnmodifiedSince }),
  };
}
