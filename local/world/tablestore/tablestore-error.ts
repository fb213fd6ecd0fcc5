/** The service's errors: HTTP status, code and message, as its error-code page lists them. */
export class TablestoreError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'TablestoreError';
  }
}

export const invalid = (message: string): TablestoreError => new TablestoreError(400, 'OTSParameterInvalid', message);

export const keyMismatch = (): TablestoreError =>
  new TablestoreError(400, 'OTSInvalidPK', 'Primary key schema mismatch.');

export const noSuchTable = (): TablestoreError =>
  new TablestoreError(404, 'OTSObjectNotExist', 'Requested table does not exist.');

export const tableNotReady = (): TablestoreError =>
  new TablestoreError(404, 'OTSTableNotReady', 'The table is not ready.');

export const tableExists = (): TablestoreError =>
  new TablestoreError(409, 'OTSObjectAlreadyExist', 'Requested table already exists.');

export const conditionFailed = (): TablestoreError =>
  new TablestoreError(403, 'OTSConditionCheckFail', 'Condition check failed.');

export const tooManyTables = (): TablestoreError =>
  new TablestoreError(403, 'OTSQuotaExhausted', 'Number of tables exceeded the quota.');
