/**
 * Every failure that Trunkline raises itself: a stable code, what the operator does next, and whether trying again
 * can help. Compare codes, never classes: a class does not survive a queue or a bundle. Cloud errors have their own
 * table (alicloud/classify-error.ts); expected outcomes are values and never come through here.
 */
export type RetryClass = 'never' | 'backoff';

interface Entry {
  retry: RetryClass;
  remedy: string;
}

const catalogue = {
  BootstrapFailed: {
    retry: 'never',
    remedy: 'Mend what each line names (`trunkline doctor` says how), and run it again: what stands is left as it is.',
  },
  BudgetSpent: { retry: 'backoff', remedy: 'None needed: the next wake goes on where this one stopped.' },
  ConfigurationInvalid: { retry: 'never', remedy: 'Set the environment variables that the message names.' },
  CredentialsMissing: {
    retry: 'never',
    remedy: 'Give the function a role, or set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.',
  },
  DeploymentFailed: {
    retry: 'never',
    remedy: 'Function Compute refused what s.yaml asks for: correct what the message names, and deploy again.',
  },
  EventMalformed: { retry: 'never', remedy: 'The trigger delivered something that it does not document; see the log.' },
  FormatUnknown: {
    retry: 'backoff',
    remedy: 'Another version of Trunkline wrote it: deploy that version; what waits, and the dead letters, are kept.',
  },
  StillNeeded: { retry: 'never', remedy: 'Take that away first; nothing was removed.' },
  InputInvalid: { retry: 'never', remedy: 'Correct the problems listed with their lines.' },
  InvariantBroken: { retry: 'never', remedy: 'This is a defect of Trunkline: report it with the message.' },
  IntakeSilent: {
    retry: 'never',
    remedy: 'Is the intake function deployed, and its OSS trigger enabled? See its log.',
  },
  Interrupted: { retry: 'never', remedy: 'Follow it again with `trunkline watch`.' },
  RecoveryOvertaken: { retry: 'never', remedy: 'Run `trunkline recover` again: it goes on where it was cut off.' },
  RecordsBehind: {
    retry: 'never',
    remedy: 'The tables were lost or restored: rebuild what they held with `trunkline recover`. Nothing was touched.',
  },
  RevisionUnknown: { retry: 'never', remedy: '`trunkline history` lists the revisions that were run.' },
  RunUnknown: { retry: 'never', remedy: 'Its last run is the one that `trunkline status` names.' },
  NothingAsked: {
    retry: 'never',
    remedy: '`trunkline status` lists the networks; a plan waits where its policy asks for approval.',
  },
  NetworkUnknown: { retry: 'never', remedy: 'List the networks with `trunkline status`.' },
  NotSettled: {
    retry: 'never',
    remedy: 'Wait for its run (`trunkline watch`), or apply it until it is live; then look again.',
  },
  ResponseMalformed: { retry: 'backoff', remedy: 'The cloud answered with a body that its documentation rules out.' },
  StoredMalformed: {
    retry: 'never',
    remedy: 'Something else wrote there: restore what stood there before. Nothing was changed because of it.',
  },
  StoreUnavailable: { retry: 'backoff', remedy: 'Tablestore could not be reached; the queue delivers again.' },
  QueueUnavailable: { retry: 'backoff', remedy: 'SMQ could not be reached; the sweep sends again.' },
  ObjectsUnavailable: { retry: 'backoff', remedy: 'OSS could not be reached; the trigger delivers again.' },
  LocalCloudMissing: { retry: 'never', remedy: 'Start one with `trunkline local`, or drop --local.' },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof catalogue;

export class TrunklineError extends Error {
  readonly code: ErrorCode;
  readonly retry: RetryClass;
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'TrunklineError';
    this.code = code;
    this.retry = catalogue[code].retry;
    this.remedy = catalogue[code].remedy;
  }
}

export const hasCode = (error: unknown, code: ErrorCode): boolean =>
  error instanceof Error && (error as Partial<TrunklineError>).code === code;

/** For a `switch` that must know every member of a union. */
export function unreachable(value: never): never {
  throw new TrunklineError('InvariantBroken', `unhandled case: ${JSON.stringify(value)}`);
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new TrunklineError('InvariantBroken', message);
}
