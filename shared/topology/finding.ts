/** Something wrong or doubtful in the file, by path: places are found at the end, once (tell-problems.ts). */
import type { Problem } from '../problem';

/** Keys and indexes from the file's root: `['offices', 'office-1', 'cidrs', 0]`. */
export type Path = readonly (string | number)[];

export interface Finding extends Pick<Problem, 'severity' | 'code' | 'message' | 'remedy'> {
  path: Path;
  /** Another place that the message speaks of: it is told with its line and column. */
  other?: Path;
  /** The key is meant, not its value: an unknown key, a name. */
  atKey?: boolean;
}

type Told = Omit<Finding, 'severity' | 'path'>;

export const error = (path: Path, told: Told): Finding => ({ severity: 'error', path, ...told });
export const warning = (path: Path, told: Told): Finding => ({ severity: 'warning', path, ...told });

/** `offices.office-1.cidrs.0`: how messages name a place. */
export const nameOf = (path: Path): string => (path.length === 0 ? 'the file' : path.join('.'));
