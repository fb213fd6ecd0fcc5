/**
 * One thing that a deployment needs and the deployment tool does not make. Looking never writes; making what is there
 * already changes nothing, so a bootstrap that was cut off is repeated.
 */
export type Found = 'there' | 'different' | 'absent';

export interface Item {
  /** `bucket`, `queue`, `table`, `role`, `secret`. */
  kind: string;
  name: string;
  look(): Promise<Found>;
  /** Called where it is not as wanted. */
  make(): Promise<void>;
  /** Why it must stay, and with it everything else: asked of all before the first is taken away. */
  reasonToStay?(): Promise<string | null>;
  /** Takes it away again; what is gone already is left alone. Null where others of the account may use it: it stays. */
  remove: (() => Promise<void>) | null;
}
