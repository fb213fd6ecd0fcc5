/** `DryRun=true`: everything is checked, nothing is done, and success is answered as the error `DryRunOperation`. */
import type { JsonObject } from '../../../shared/json';
import { refusal } from './refusals';

export function unlessDry({ DryRun: dry }: { DryRun?: boolean }, perform: () => JsonObject): JsonObject {
  const result = perform();
  // An error leaves no trace: the world takes back what was done.
  if (dry) throw refusal('DryRunOperation');
  return result;
}
