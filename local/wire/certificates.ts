/** What TLS on the local cloud's port is given. */
export interface Certificate {
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
}

export interface Certificates {
  /** For clients that name no host, because they call an address, and for names that are none of ours. */
  own(): Certificate;
  /** `name` in lower case; null where nobody here would vouch for it. */
  named(name: string): Certificate | null;
}
