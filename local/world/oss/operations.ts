/** What object storage takes and gives. The wire turns verbs, headers and XML into it. */
import type { EpochMs } from '../../../shared/clock';
import type { Caller, WorldRequest } from '../world';

export const ACLS = ['private', 'public-read', 'public-read-write'] as const;
export type Acl = (typeof ACLS)[number];

export interface BucketRecord {
  bucket: string;
  createdAt: EpochMs;
  region: string;
  acl: Acl;
  storageClass: string;
  /** Stored and given back: the local cloud keeps one version of an object. */
  versioning: 'Enabled' | 'Suspended' | null;
  /** Whether access by anybody is refused, whatever ACLs and policies say. */
  publicAccessBlocked?: boolean;
  /** The platform's, which the account does not see in its listing. */
  ofPlatform?: true;
}

/** What a put may say of an object besides its bytes. */
export interface ObjectProperties {
  contentType: string;
  /** Cache-Control, Content-Disposition, Content-Encoding, Content-Language, Expires: names in lower case. */
  headers: Record<string, string>;
  /** Without `x-oss-meta-`. */
  metadata: Record<string, string>;
}

export interface ObjectSummary {
  key: string;
  size: number;
  /** The MD5 in upper-case hexadecimal, without quotes. */
  eTag: string;
  modifiedAt: EpochMs;
  storageClass: string;
}

export interface ObjectRecord extends ObjectSummary, ObjectProperties {
  /** Base64: the state, and with it the journal, is JSON. A third larger than the object. */
  body: string;
  /** Unsigned decimal. */
  crc64: string;
}

export type BucketAspect = 'info' | 'acl' | 'location' | 'versioning' | 'publicAccessBlock';

/** Times in ms; tags without quotes. */
export interface Preconditions {
  ifMatch?: string;
  ifNoneMatch?: string;
  ifModifiedSince?: number;
  ifUnmodifiedSince?: number;
}

/** What a trigger hears of: kept in the state until the runtime has delivered it. */
export interface Notification {
  sequence: number;
  /** `ObjectCreated:PutObject`, without the `oss:` that triggers are configured with. */
  eventName: `ObjectCreated:${'PutObject' | 'CopyObject'}` | `ObjectRemoved:${'DeleteObject' | 'DeleteObjects'}`;
  bucket: string;
  key: string;
  size: number;
  eTag: string;
  /** New size less old size. */
  deltaSize: number;
  at: EpochMs;
  requestId: string;
  sourceIp: string;
}

export interface Operations {
  ListBuckets: {
    input: { prefix: string; marker: string; maxKeys: number };
    result: { buckets: BucketRecord[]; nextMarker: string | null };
  };
  PutBucket: {
    input: { bucket: string; acl: Acl | null; storageClass: string | null };
    result: Record<string, never>;
  };
  /** `aspect` is what the answer will tell of it, all where it is left out: the permission depends on it. */
  GetBucket: { input: { bucket: string; aspect?: BucketAspect }; result: BucketRecord };
  PutBucketAcl: { input: { bucket: string; acl: Acl }; result: Record<string, never> };
  PutBucketVersioning: {
    input: { bucket: string; status: 'Enabled' | 'Suspended' };
    result: Record<string, never>;
  };
  PutPublicAccessBlock: { input: { bucket: string; blocked: boolean }; result: Record<string, never> };
  DeleteBucket: { input: { bucket: string }; result: Record<string, never> };
  PutObject: {
    input: ObjectProperties & {
      bucket: string;
      key: string;
      /** Base64. */
      body: string;
      forbidOverwrite: boolean;
      sourceIp: string;
    };
    result: { eTag: string; crc64: string };
  };
  GetObject: { input: { bucket: string; key: string; preconditions: Preconditions }; result: ObjectRecord };
  CopyObject: {
    input: {
      source: { bucket: string; key: string };
      bucket: string;
      key: string;
      /** Null copies the source's. */
      properties: ObjectProperties | null;
      preconditions: Preconditions;
      forbidOverwrite: boolean;
      sourceIp: string;
    };
    result: { eTag: string; modifiedAt: EpochMs; crc64: string };
  };
  DeleteObject: { input: { bucket: string; key: string; sourceIp: string }; result: Record<string, never> };
  DeleteObjects: { input: { bucket: string; keys: string[]; sourceIp: string }; result: { deleted: string[] } };
  ListObjects: {
    /** `after` is exclusive: a key, or a common prefix that has been listed. */
    input: { bucket: string; prefix: string; delimiter: string; after: string; maxKeys: number };
    result: { objects: ObjectSummary[]; prefixes: string[]; next: string | null };
  };
}

export type OperationName = keyof Operations;

export type OssInput = { [K in OperationName]: { operation: K } & Operations[K]['input'] }[OperationName];

export type OssOutput<K extends OperationName = OperationName> =
  | { ok: true; result: Operations[K]['result'] }
  | { ok: false; status: number; code: string; message: string };

/** A request to the world, typed: what the wire and the runtime make. */
export const ossRequest = (caller: Caller, input: OssInput): WorldRequest => ({ service: 'oss', caller, input });
