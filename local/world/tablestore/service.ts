/**
 * Tablestore without its wire: tables and rows in the state, one file an operation. One namespace: the instance's name
 * is not looked at, because the Go SDK derives it from the host and sends `127`.
 */
import { isClosed } from '../account/closed-services';
import type { Context, Service } from '../world';
import { batchGetRow, batchWriteRow } from './batch-rows';
import { createTable } from './create-table';
import { deleteTable } from './delete-table';
import { describeTable } from './describe-table';
import { getRange } from './get-range';
import { getRow } from './get-row';
import type { OperationName, Operations, TablestoreInput, TablestoreOutput } from './operations';
import { tablestoreAuthorization } from './permissions';
import { TABLES } from './table';
import { TablestoreError } from './tablestore-error';
import { updateTable } from './update-table';
import { writeRow } from './write-row';

type Handlers = {
  [K in OperationName]: (context: Context, input: Operations[K]['input']) => Operations[K]['result'];
};

const handlers: Handlers = {
  CreateTable: createTable,
  ListTable: (context) => ({ tables: [...context.state.keysBetween(TABLES)] }),
  DescribeTable: describeTable,
  UpdateTable: updateTable,
  DeleteTable: deleteTable,
  GetRow: getRow,
  WriteRow: writeRow,
  BatchGetRow: batchGetRow,
  BatchWriteRow: batchWriteRow,
  GetRange: getRange,
};

export const tablestore: Service = {
  effects: {},
  authorization: tablestoreAuthorization,
  /** Of the messages that its error page lists under this code, the one that fits: unverified. */
  closed: (context): TablestoreOutput | null =>
    isClosed(context, 'tablestore')
      ? { ok: false, status: 403, code: 'OTSAuthFailed', message: 'The user does not exist.' }
      : null,
  serve(context, input) {
    // Made by `tablestoreRequest`: the world hands it through as it is.
    const output = run(context, input as TablestoreInput);
    return { ok: output.ok, output };
  },
};

function run(context: Context, input: TablestoreInput): TablestoreOutput {
  const handler: (context: Context, input: never) => Operations[OperationName]['result'] = handlers[input.operation];
  try {
    // The compiler cannot pair a handler with its own operation's input across the union.
    return { ok: true, result: handler(context, input as never) };
  } catch (error) {
    if (!(error instanceof TablestoreError)) throw error;
    const { status, code, message } = error;
    return { ok: false, status, code, message };
  }
}
