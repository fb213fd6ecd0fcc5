/** Function Compute 3.0's control plane without its wire: functions, triggers and their configuration in the state. */
import type { JsonObject } from '../../../shared/json';
import type { Context, Service } from '../world';
import { deleteAsyncConfig, getAsyncConfig, listAsyncConfigs, putAsyncConfig } from './async-configs';
import { deleteConcurrency, getConcurrency, putConcurrency } from './concurrency';
import { FcError } from './fc-error';
import { functionView } from './function-view';
import { createFunction, deleteFunction, findFunction, listFunctions, updateFunction } from './functions';
import { invokeFunction } from './invoke-function';
import type { FcInput, FcOutput, OperationName, Operations } from './operations';
import { fcAuthorization } from './permissions';
import { getTempBucketToken } from './temp-bucket';
import { createTrigger, deleteTrigger, getTrigger, listTriggers, updateTrigger } from './triggers';

type Handlers = { [K in OperationName]: (context: Context, input: Operations[K]) => JsonObject | null };

const handlers: Handlers = {
  CreateFunction: createFunction,
  GetFunction: (context, { name }) => functionView(context, findFunction(context, name)),
  UpdateFunction: updateFunction,
  DeleteFunction: deleteFunction,
  ListFunctions: listFunctions,
  CreateTrigger: createTrigger,
  GetTrigger: getTrigger,
  UpdateTrigger: updateTrigger,
  DeleteTrigger: deleteTrigger,
  ListTriggers: listTriggers,
  PutAsyncInvokeConfig: putAsyncConfig,
  GetAsyncInvokeConfig: getAsyncConfig,
  DeleteAsyncInvokeConfig: deleteAsyncConfig,
  ListAsyncInvokeConfigs: listAsyncConfigs,
  PutConcurrencyConfig: putConcurrency,
  GetConcurrencyConfig: getConcurrency,
  DeleteConcurrencyConfig: deleteConcurrency,
  ListNone: listNone,
  GetNone: getNone,
  GetTempBucketToken: getTempBucketToken,
  InvokeFunction: invokeFunction,
};

export const fc: Service = {
  effects: {},
  authorization: fcAuthorization,
  serve(context, input) {
    // Made by `fcRequest`: the world hands it through as it is.
    const output = run(context, input as FcInput);
    return { ok: output.ok, output };
  },
};

function run(context: Context, input: FcInput): FcOutput {
  const handler: (context: Context, input: never) => JsonObject | null = handlers[input.operation];
  try {
    // The compiler cannot pair a handler with its own operation's input across the union.
    const body = handler(context, input as never);
    return { ok: true, status: body === null ? 204 : 200, body };
  } catch (error) {
    if (!(error instanceof FcError)) throw error;
    const { status, code, message } = error;
    return { ok: false, status, code, message };
  }
}

function listNone(context: Context, { name, list }: Operations['ListNone']): JsonObject {
  if (name !== '') findFunction(context, name);
  return { [list]: [] };
}

function getNone(context: Context, { name, what }: Operations['GetNone']): never {
  findFunction(context, name);
  throw new FcError(404, what, `function '${name}' has none`);
}
