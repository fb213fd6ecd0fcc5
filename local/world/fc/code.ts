/** A function's code: where the request says it is, checked, kept once a checksum. */
import { unzipSync } from 'fflate';
import { objectsOf } from '../oss/buckets';
import { crc64 } from '../oss/crc64';
import type { ObjectRecord } from '../oss/operations';
import type { Context } from '../world';
import { invalidArgument } from './fc-error';
import type { CodeLocation } from './function-input';
import { CODE, FUNCTIONS, type FunctionRecord } from './records';
import { dropTempCode, isTempBucket } from './temp-bucket';

/** What the service takes inline, and by way of a bucket. Ours is less than the service's 500 MB: state is memory. */
const MOST_INLINE_BYTES = 100 * 1_024 * 1_024;
/** A bundle of ours has one; the runtime unpacks no more than this. */
const MOST_ENTRIES = 20_000;

interface StoredCode {
  codeChecksum: string;
  codeSize: number;
}

export function storeCode(context: Context, location: CodeLocation): StoredCode {
  const body = bodyOf(context, location);
  const zip = Buffer.from(body, 'base64');
  if (zip.length === 0 || zip.length > MOST_INLINE_BYTES) throw invalidArgument('code size is not valid');
  const codeChecksum = crc64(zip);
  if (location.checksum !== undefined && location.checksum !== codeChecksum)
    throw invalidArgument(`code checksum does not match: the code's is ${codeChecksum}`);
  if (context.state.get<string>(CODE, codeChecksum) === undefined) {
    checkZip(zip);
    context.state.put(CODE, codeChecksum, body);
  }
  if (isTempBucket(location.ossBucketName)) dropTempCode(context.state, location.ossObjectName ?? '');
  return { codeChecksum, codeSize: zip.length };
}

/** When no function names it any more. */
export function dropCode({ state }: Context, checksum: string): void {
  if (!state.values<FunctionRecord>(FUNCTIONS).some(({ codeChecksum }) => codeChecksum === checksum))
    state.delete(CODE, checksum);
}

function bodyOf({ state }: Context, { zipFile, ossBucketName, ossObjectName }: CodeLocation): string {
  if (zipFile !== undefined) return zipFile;
  if (ossBucketName === undefined || ossObjectName === undefined)
    throw invalidArgument('code: zipFile, or ossBucketName and ossObjectName, must be given');
  const object = state.get<ObjectRecord>(objectsOf(ossBucketName), ossObjectName);
  if (!object) throw invalidArgument(`code: object ${ossObjectName} does not exist in bucket ${ossBucketName}`);
  return object.body;
}

/**
 * Reads the directory only: what is inflated is bounded where it is inflated, in the runtime. The entries are counted
 * while they are read: fflate believes the number that a zip64 states, and four thousand million take it ten minutes.
 */
function checkZip(zip: Uint8Array): void {
  let entries = 0;
  const next = (): boolean => {
    entries += 1;
    if (entries > MOST_ENTRIES) throw new RangeError('too many entries');
    return false;
  };
  try {
    unzipSync(zip, { filter: next });
  } catch {
    throw invalidArgument('code is not a valid zip file');
  }
}
