/**
 * A check looks at a history while it happens, and says in a sentence what must not be. Checks know nothing of faults
 * and workloads: what they ask holds whatever goes wrong.
 */
import type { CloudRequest } from '../../../shared/engine/cloud';
import type { Columns } from '../../../shared/store/table-client';
import type { Invocation } from '../invocation';

export interface RowChange {
  by: Invocation;
  /** `tasks` */
  table: string;
  /** Without the hash that it begins with. */
  key: readonly string[];
  before: Columns | null;
  after: Columns | null;
  /** True time. */
  at: number;
}

export interface Asked {
  by: Invocation;
  request: CloudRequest;
  at: number;
}

export interface Check {
  name: string;
  row?(change: RowChange): string | null;
  /** Before a call that changes the cloud is served. */
  asked?(call: Asked): string | null;
  /** After one was. */
  changed?(): string | null;
  text?(where: string, text: string): string | null;
  /** Once faults stopped and all is quiet. */
  atRest?(): Promise<string | null>;
}

export interface Violation {
  check: string;
  what: string;
}
