/** `DryRun=true`: everything is checked, nothing is done. */
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { refusal } from './refusals';

/**
 * Most actions answer a dry run that would have succeeded with the error `DryRunOperation`; making and removing a peer
 * attachment, removing a VPC attachment and dissociating answer with the request id alone.
 */
type Answer = 'as an error' | 'with the request id';

export function unlessDry(
  context: Context,
  { DryRun: dry }: { DryRun?: boolean },
  perform: () => JsonObject,
  answer: Answer = 'as an error',
): JsonObject {
  const before = context.state.savepoint();
  const result = perform();
  if (!dry) return result;
  if (answer === 'as an error') throw refusal('DryRunOperation');
  context.state.rollback(before);
  return {};
}
