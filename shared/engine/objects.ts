/** The bucket, as the engine sees it. Throws ObjectsUnavailable where it cannot be reached. */
export interface Objects {
  get(key: string): Promise<Uint8Array | null>;
  put(key: string, body: Uint8Array | string, contentType: string): Promise<void>;
}
