/** Function Compute 3.0's control plane without its wire: functions, triggers and their configuration in the state. */
import type { JsonObject } from '../../../shared/json';
import { isClosed } from '../account/closed-services';
import type { Context, Service } from '../world';
import { getAlias, getEmpty, listNone } from './absent';
import { createFunction } from './create-function';
import { createTrigger } from './create-trigger';
import { deleteAsyncInvokeConfig } from './delete-async-invoke-config';
import { deleteConcurrencyConfig } from './delete-concurrency-config';
import { deleteFunction } from './delete-function';
import { deleteTrigger } from './delete-trigger';
import { FcError } from './fc-error';
import { getAsyncInvokeConfig } from './get-async-invoke-config';
import { getConcurrencyConfig } from './get-concurrency-config';
import { getFunction } from './get-function';
import { getTempBucketToken } from './get-temp-bucket-token';
import { getTrigger } from './get-trigger';
import { invokeFunction } from './invoke-function';
import { listAsyncInvokeConfigs } from './list-async-invoke-configs';
import { listConcurrencyConfigs } from './list-concurrency-configs';
import { listFunctions } from './list-functions';
import { listTagResources } from './list-tag-resources';
import { listTriggers } from './list-triggers';
import type { FcInput, FcOutput, OperationName, Operations } from './operations';
import { fcAuthorization } from './permissions';
import { putAsyncInvokeConfig } from './put-async-invoke-config';
import { putConcurrencyConfig } from './put-concurrency-config';
import { tagResources } from './tag-resources';
import { tempBucketEffects } from './temp-bucket';
import { untagResources } from './untag-resources';
import { updateFunction } from './update-function';
import { updateTrigger } from './update-trigger';

type Handlers = { [K in OperationName]: (context: Context, input: Operations[K]) => JsonObject | null };

const handlers: Handlers = {
  CreateFunction: createFunction,
  GetFunction: getFunction,
  UpdateFunction: updateFunction,
  DeleteFunction: deleteFunction,
  ListFunctions: listFunctions,
  CreateTrigger: createTrigger,
  GetTrigger: getTrigger,
  UpdateTrigger: updateTrigger,
  DeleteTrigger: deleteTrigger,
  ListTriggers: listTriggers,
  PutAsyncInvokeConfig: putAsyncInvokeConfig,
  GetAsyncInvokeConfig: getAsyncInvokeConfig,
  DeleteAsyncInvokeConfig: deleteAsyncInvokeConfig,
  ListAsyncInvokeConfigs: listAsyncInvokeConfigs,
  PutConcurrencyConfig: putConcurrencyConfig,
  GetConcurrencyConfig: getConcurrencyConfig,
  DeleteConcurrencyConfig: deleteConcurrencyConfig,
  ListConcurrencyConfigs: listConcurrencyConfigs,
  ListNone: listNone,
  GetEmpty: getEmpty,
  GetAlias: getAlias,
  TagResources: tagResources,
  UntagResources: untagResources,
  ListTagResources: listTagResources,
  GetTempBucketToken: getTempBucketToken,
  InvokeFunction: invokeFunction,
};

export const fc: Service = {
  effects: tempBucketEffects,
  authorization: fcAuthorization,
  closed: (context): FcOutput | null =>
    isClosed(context, 'functionCompute')
      ? { ok: false, status: 403, code: 'AccessDenied', message: 'FC service is not enabled for current user.' }
      : null,
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
