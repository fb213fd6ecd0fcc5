/** What each operation needs of RAM. The region of an OSS resource is always `*`; the owner is the account. */
import type { Permission } from '../authorization/permission';
import type { Context, ServiceAuthorization } from '../world';
import type { BucketAspect, OperationName, Operations, OssInput, OssOutput } from './operations';

type Rules = { [K in OperationName]: (input: Operations[K]['input'], arn: Arn) => Permission[] };
type Arn = (bucket: string, key?: string) => string;

const ASPECTS: Record<BucketAspect, string> = {
  info: 'oss:GetBucketInfo',
  acl: 'oss:GetBucketAcl',
  location: 'oss:GetBucketLocation',
  versioning: 'oss:GetBucketVersioning',
  publicAccessBlock: 'oss:GetBucketPublicAccessBlock',
};

const onBucket =
  (action: string) =>
  ({ bucket }: { bucket: string }, arn: Arn): Permission[] => [{ action, resource: arn(bucket) }];
const onObject =
  (action: string) =>
  ({ bucket, key }: { bucket: string; key: string }, arn: Arn): Permission[] => [
    { action, resource: arn(bucket, key) },
  ];

const RULES: Rules = {
  ListBuckets: (_, arn) => [{ action: 'oss:ListBuckets', resource: arn('*') }],
  PutBucket: ({ bucket, acl }, arn) => [
    { action: 'oss:PutBucket', resource: arn(bucket) },
    ...(acl === null ? [] : [{ action: 'oss:PutBucketAcl', resource: arn(bucket) }]),
  ],
  GetBucket: ({ bucket, aspect = 'info' }, arn) => [{ action: ASPECTS[aspect], resource: arn(bucket) }],
  PutBucketAcl: onBucket('oss:PutBucketAcl'),
  PutBucketVersioning: onBucket('oss:PutBucketVersioning'),
  PutPublicAccessBlock: onBucket('oss:PutBucketPublicAccessBlock'),
  DeleteBucket: onBucket('oss:DeleteBucket'),
  PutObject: onObject('oss:PutObject'),
  // A HEAD needs the same: there is no action of its own.
  GetObject: onObject('oss:GetObject'),
  CopyObject: ({ source, bucket, key }, arn) => [
    { action: 'oss:GetObject', resource: arn(source.bucket, source.key) },
    { action: 'oss:PutObject', resource: arn(bucket, key) },
  ],
  DeleteObject: onObject('oss:DeleteObject'),
  DeleteObjects: ({ bucket, keys }, arn) =>
    keys.map((key) => ({ action: 'oss:DeleteObject', resource: arn(bucket, key) })),
  ListObjects: ({ bucket, prefix, delimiter }, arn) => [
    {
      action: 'oss:ListObjects',
      resource: arn(bucket),
      conditions: { 'oss:Prefix': prefix, 'oss:Delimiter': delimiter },
    },
  ],
};

export const ossAuthorization: ServiceAuthorization = {
  permissions({ settings: { accountId } }: Context, given) {
    // Made by `ossRequest`: the world hands it through as it is.
    const input = given as OssInput;
    const arn: Arn = (bucket, key) => `acs:oss:*:${accountId}:${bucket}${key === undefined ? '' : `/${key}`}`;
    // The compiler cannot pair a rule with its own operation's input across the union.
    const rule: (input: never, arn: Arn) => Permission[] = RULES[input.operation];
    return rule(input as never, arn);
  },
  denied: (): OssOutput => ({
    ok: false,
    status: 403,
    code: 'AccessDenied',
    message: 'You have no right to access this object.',
  }),
};
