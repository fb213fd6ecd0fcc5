import type { Problem } from '../problem';

/** A difference between file and account has no place in the file: it is about the account. */
const problem =
  (severity: Problem['severity']) =>
  (code: string, message: string, remedy: string): Problem => ({
    severity,
    code,
    message,
    remedy,
    file: null,
    line: null,
    column: null,
  });

export const accountError = problem('error');
export const accountWarning = problem('warning');
