import { FUNCTIONS } from '../../functions/manifest';
import type { Target } from '../connection';
import { functionCompute } from './function-compute';

/** Those of the deployment's functions that stand. By name: a listing by prefix also has those of `<deployment>-…`. */
export async function deployedFunctions(target: Target): Promise<string[]> {
  const api = functionCompute(target);
  const found = await Promise.all(
    FUNCTIONS.map(async (name) => {
      const functionName = `${target.deployment}-${name}`;
      const path = `/functions/${encodeURIComponent(functionName)}`;
      return (await api.find({ action: 'GetFunction', method: 'GET', path })) === null ? [] : [functionName];
    }),
  );
  return found.flat();
}
