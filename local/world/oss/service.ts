/** Object storage without its wire: buckets, objects, listings, and the notifications that start functions. */
import { isClosed } from '../account/closed-services';
import type { Context, Service } from '../world';
import {
  deleteBucket,
  findBucket,
  listBuckets,
  putBucket,
  putBucketAcl,
  putBucketVersioning,
  putPublicAccessBlock,
} from './buckets';
import { deleteObject, deleteObjects } from './delete-objects';
import { getObject } from './get-object';
import { listObjects } from './list-objects';
import type { OperationName, Operations, OssInput, OssOutput } from './operations';
import { OssError } from './oss-error';
import { ossAuthorization } from './permissions';
import { copyObject, putObject } from './put-object';

type Handlers = {
  [K in OperationName]: (context: Context, input: Operations[K]['input']) => Operations[K]['result'];
};

const handlers: Handlers = {
  ListBuckets: listBuckets,
  PutBucket: putBucket,
  GetBucket: (context, { bucket }) => findBucket(context, bucket),
  PutBucketAcl: putBucketAcl,
  PutBucketVersioning: putBucketVersioning,
  PutPublicAccessBlock: putPublicAccessBlock,
  DeleteBucket: deleteBucket,
  PutObject: putObject,
  GetObject: getObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  ListObjects: listObjects,
};

export const oss: Service = {
  effects: {},
  authorization: ossAuthorization,
  closed: (context): OssOutput | null =>
    isClosed(context, 'oss') ? { ok: false, status: 403, code: 'UserDisable', message: 'UserDisable' } : null,
  serve(context, input) {
    // Made by `ossRequest`: the world hands it through as it is.
    const output = run(context, input as OssInput);
    return { ok: output.ok, output };
  },
};

function run(context: Context, input: OssInput): OssOutput {
  const handler: (context: Context, input: never) => Operations[OperationName]['result'] = handlers[input.operation];
  try {
    // The compiler cannot pair a handler with its own operation's input across the union.
    return { ok: true, result: handler(context, input as never) };
  } catch (error) {
    if (!(error instanceof OssError)) throw error;
    const { status, code, message } = error;
    return { ok: false, status, code, message };
  }
}
