/**
 * ClientToken: the same token with the same parameters gets the first answer again; with other parameters it is
 * refused. An error spends no token. Tokens are kept for a day (services differ between minutes and a day).
 */
import { createHash } from 'node:crypto';
import { hashJson, type JsonObject } from '../../../shared/json';
import { type Action, ApiError, type RpcContext } from './action';

const TOKENS = 'rpc.client-tokens';
/** Keys begin with the time, so that the oldest are the first. */
const BY_AGE = 'rpc.client-tokens-by-age';
const LIFE_MS = 86_400_000;
const LONGEST = 64;

interface Kept {
  parameters: string;
  answer: JsonObject;
  at: number;
}

/** Not part of what is compared: they differ between two sends of one call. */
const VOLATILE =
  /^(Signature|SignatureNonce|SignatureMethod|SignatureVersion|SignatureType|Timestamp|AccessKeyId|SecurityToken|Format)$/;

export function onceByToken(
  context: RpcContext,
  action: Pick<Action, 'product' | 'name' | 'parameters'>,
  flat: Readonly<Record<string, string>>,
  perform: () => JsonObject,
): JsonObject {
  const token = flat.ClientToken;
  if (!token || !Object.hasOwn(action.parameters, 'ClientToken')) return perform();
  if (token.length > LONGEST || !/^[\x20-\x7e]+$/.test(token))
    throw new ApiError(400, 'InvalidParameter', 'The specified value of parameter "ClientToken" is not valid.');
  dropOld(context);
  const key = keyOf(context, action, token);
  const parameters = digest(flat);
  const kept = context.state.get<Kept>(TOKENS, key);
  if (kept) {
    if (kept.parameters !== parameters) throw mismatch(action.product);
    return kept.answer;
  }
  const answer = perform();
  // A dry run promises nothing.
  if (flat.DryRun?.toLowerCase() === 'true') return answer;
  context.state.put(TOKENS, key, { parameters, answer, at: context.now } satisfies Kept);
  context.state.put(BY_AGE, `${String(context.now).padStart(15, '0')}/${key}`, key);
  return answer;
}

/** Two services have actions of one name (TagResources): their tokens are apart. */
const keyOf = ({ caller, region }: RpcContext, { product, name }: Pick<Action, 'product' | 'name'>, token: string) =>
  createHash('sha256')
    .update(JSON.stringify([caller.accountId, region, product, name, token]))
    .digest('hex');

const digest = (flat: Readonly<Record<string, string>>): string =>
  hashJson(Object.fromEntries(Object.entries(flat).filter(([name]) => !VOLATILE.test(name))));

function dropOld({ state, now }: RpcContext): void {
  const oldest = `${String(Math.max(0, now - LIFE_MS)).padStart(15, '0')}`;
  for (const aged of state.keysBetween(BY_AGE, undefined, oldest)) {
    state.delete(TOKENS, state.get<string>(BY_AGE, aged) ?? '');
    state.delete(BY_AGE, aged);
  }
}

const mismatch = (product: Action['product']): ApiError =>
  product === 'cbn'
    ? new ApiError(400, 'IdempotenceParam.NotMatch', 'The same ClientToken was used with different parameters.')
    : new ApiError(
        400,
        'IdempotentParameterMismatch',
        'The request uses the same client token as a previous, but non-identical request.',
      );
