/** What people do in a history. A workload knows nothing of faults and checks; another one joins by its file. */
import type { DurationMs } from '../../../shared/clock';
import type { CloudRequest } from '../../../shared/engine/cloud';
import type { Chance } from '../chance';

/** A file put into the bucket, or taken out of it. */
export interface Upload {
  /** Since the start. */
  at: DurationMs;
  key: string;
  /** Null: it is removed. */
  text: string | null;
}

/** An order of somebody, about the network of the file of that key, where there is anything to say. */
export interface Act {
  at: DurationMs;
  key: string;
  by: string;
  /** `leave`: for what the file would interrupt, if intake has refused it for that. */
  what: 'leave' | 'agree' | 'refuse' | 'cancel' | 'resume';
}

export interface Workload {
  name: string;
  /** The account file's text. */
  account: string;
  /** The file whose network stands when it begins; null where nothing does. */
  stands: { key: string; text: string } | null;
  /** What somebody made by hand before. */
  byHand: readonly CloudRequest[];
  uploads: readonly Upload[];
  acts: readonly Act[];
  /** The names of those that nothing is done to before somebody has agreed. */
  mustAsk: readonly string[];
  /**
   * The keys whose networks must stand in the end, as the bytes last uploaded there say; or have been refused, where
   * another network that stands has a place of theirs.
   */
  networks: readonly string[];
  /** The names of those that must be down in the end. */
  down: readonly string[];
}

/** The examples' texts. */
export interface Materials {
  account: string;
  global: string;
  basic: string;
  second: string;
}

/** Without an account it happens in the example's. */
export type Drawn = Omit<Workload, 'name' | 'account'> & Partial<Pick<Workload, 'account'>>;
export type DrawWorkload = (chance: Chance, materials: Materials) => Drawn;
