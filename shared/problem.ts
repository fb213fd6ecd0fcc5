/** Something wrong, or doubtful, with what the user gave us. All of them are reported at once. */
export interface Problem {
  severity: 'error' | 'warning';
  /** Stable, kebab-case: `overlapping-cidrs`. */
  code: string;
  /** What is wrong, with the names and values it is about. */
  message: string;
  /** What to change. */
  remedy: string;
  file: string | null;
  /** 1-based; null where the problem belongs to no place in the file. */
  line: number | null;
  column: number | null;
}

export const isError = (problem: Problem): boolean => problem.severity === 'error';

/** An error that belongs to no place in a file. */
export const problemOf = ({ code, message, remedy }: Pick<Problem, 'code' | 'message' | 'remedy'>): Problem => ({
  severity: 'error',
  code,
  message,
  remedy,
  file: null,
  line: null,
  column: null,
});
