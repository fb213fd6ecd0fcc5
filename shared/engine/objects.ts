/**
 * Where the functions write, and nowhere else: the type below holds every key to it. No OSS trigger may watch any of
 * it (cli/deployment checks s.yaml): a function that writes where it is started from starts itself without end.
 */
export const WRITTEN_PREFIXES = ['reports/', 'revisions/', 'runs/', 'submissions/'] as const;
export type WrittenKey = `${(typeof WRITTEN_PREFIXES)[number]}${string}`;

/** The bucket, as the engine sees it. Throws ObjectsUnavailable where it cannot be reached. */
export interface Objects {
  get(key: string): Promise<Uint8Array | null>;
  put(key: WrittenKey, body: Uint8Array | string, contentType: string): Promise<void>;
}

/** For people's commands only: no function may list. */
export interface Listing {
  /** All keys that begin so, in order. */
  list(prefix: string): Promise<string[]>;
}

/** The bucket, as whoever puts a topology there sees it. */
export interface Bucket extends Objects, Listing {
  put(key: string, body: Uint8Array | string, contentType: string): Promise<void>;
  /** One that is gone already is no error. */
  remove(key: string): Promise<void>;
}
