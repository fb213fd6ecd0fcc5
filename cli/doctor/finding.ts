/** What doctor found: one line of its table. */
export type FindingState = 'ok' | 'warning' | 'error' | 'skipped';

export interface Finding {
  state: FindingState;
  /** Stable, kebab-case: `queue-missing`. */
  code: string;
  /** What it is about, with its kind: `queue trunkline-intake`. */
  subject: string;
  message: string;
  /** What to do; null where nothing is. */
  remedy: string | null;
}

const WORST_FIRST: readonly FindingState[] = ['error', 'warning', 'skipped', 'ok'];

/** Errors first; within a state, in the order of the checks. */
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  WORST_FIRST.flatMap((state) => findings.filter((finding) => finding.state === state));

export const ok = (code: string, subject: string, message: string): Finding => ({
  state: 'ok',
  code,
  subject,
  message,
  remedy: null,
});

/** A failure downstream of another one: it says where to look, and nothing more. */
export const skipped = (subject: string, because: string): Finding => ({
  state: 'skipped',
  code: 'not-checked',
  subject,
  message: `not checked: ${because}`,
  remedy: null,
});

/** Checks of one kind, made apart from the others. A failure of theirs is a finding; they throw on defects only. */
export interface Check {
  /** What is told as not checked where it cannot be. */
  subject: string;
  run(): Promise<Finding[]>;
}
