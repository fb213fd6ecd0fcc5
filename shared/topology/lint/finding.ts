/** What a lint pass says: a problem without its place, which follows from the path. */
import type { Problem } from '../../problem';
import type { Path } from '../parse-document';
import type { Topology } from '../topology';

export interface Finding extends Pick<Problem, 'severity' | 'code' | 'message' | 'remedy'> {
  path: Path;
}

export type Lint = (topology: Topology) => Finding[];

export const error = (path: Path, code: string, message: string, remedy: string): Finding => ({
  severity: 'error',
  path,
  code,
  message,
  remedy,
});

export const warning = (path: Path, code: string, message: string, remedy: string): Finding => ({
  severity: 'warning',
  path,
  code,
  message,
  remedy,
});
