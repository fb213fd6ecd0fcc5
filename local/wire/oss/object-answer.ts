/** The answer to GET and HEAD of an object: its headers, and the bytes asked for. */
import type { ObjectRecord } from '../../world/oss/operations';
import { invalidArgument, OssError } from '../../world/oss/oss-error';
import { firstValue, parsePairs } from '../query';
import type { RawRequest, RawResponse } from '../raw';
import type { Question } from './oss-call';

export function objectAnswer(request: RawRequest, question: Question, object: ObjectRecord): RawResponse {
  const base = {
    etag: `"${object.eTag}"`,
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    'x-oss-hash-crc64ecma': object.crc64,
  };
  // `?objectMeta` is the short form: no type, no metadata.
  if (question === 'meta')
    return { status: 200, headers: { ...base, 'content-length': String(object.size) }, body: '' };
  const headers = { ...base, ...descriptive(object), ...overrides(request) };
  if (request.method === 'HEAD')
    return { status: 200, headers: { ...headers, 'content-length': String(object.size) }, body: '' };
  const bytes = Buffer.from(object.body, 'base64');
  const range = rangeOf(request.headers['range'], bytes.length);
  if (range === null) return { status: 200, headers, body: bytes };
  const [start, end] = range;
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(start, end + 1),
  };
}

const descriptive = ({ contentType, headers, metadata, storageClass }: ObjectRecord): Record<string, string> => ({
  'accept-ranges': 'bytes',
  'content-type': contentType,
  'x-oss-object-type': 'Normal',
  'x-oss-storage-class': storageClass,
  ...headers,
  ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-oss-meta-${name}`, value])),
});

const OVERRIDABLE = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** `response-content-type=…` in a URL replaces the header: browsers are sent such links. */
function overrides(request: RawRequest): Record<string, string> {
  const query = parsePairs(request.query, { plusIsSpace: false });
  return Object.fromEntries(
    OVERRIDABLE.flatMap((name) => {
      const value = firstValue(query, `response-${name}`);
      return value === null ? [] : [[name, headerValue(name, value)]];
    }),
  );
}

/** A line end would begin a header of the client's own; what is no ASCII travels as the bytes of its UTF-8. */
function headerValue(name: string, value: string): string {
  if (/[^\t\P{Cc}]/u.test(value)) throw invalidArgument(`response-${name} is no value of a header`);
  return Buffer.from(value).toString('latin1');
}

/** First and last byte, both included. A range in another unit or of another form is ignored, as the service does. */
function rangeOf(header: string | undefined, size: number): readonly [start: number, end: number] | null {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!parts || (parts[1] === '' && parts[2] === '')) return null;
  const [, first = '', last = ''] = parts;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || start > end) throw new OssError(416, 'InvalidRange', 'The requested range cannot be satisfied.');
  return [start, end];
}
