/**
 * An HTTP exchange as bytes: what signatures are computed over. Frameworks normalise paths, merge queries and parse
 * bodies; here `%2F`, `+` and `?cors` stay as they were sent.
 */
export interface RawRequest {
  method: string;
  /** Up to the first `?`, as sent. */
  path: string;
  /** Behind the first `?`, as sent; null where there is none. */
  query: string | null;
  /** Names in lower case; repeated headers joined by a comma. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  remoteAddress: string;
  /** Fires when the client has gone: nobody is left to take a message. */
  signal?: AbortSignal;
}

export interface RawResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
}
