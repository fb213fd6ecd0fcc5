import * as z from 'zod';
import type { Target } from '../connection';
import { functionCompute } from './function-compute';

const PAGE = '100';
const listSchema = z.object({ functions: z.array(z.object({ functionName: z.string() })).default([]) });

/** Names of the deployment's functions: one page holds ten times what there are. */
export async function deployedFunctions(target: Target): Promise<string[]> {
  const prefix = `${target.deployment}-`;
  const query = { prefix, limit: PAGE };
  const answer = await functionCompute(target).call({
    action: 'ListFunctions',
    method: 'GET',
    path: '/functions',
    query,
  });
  return listSchema.parse(answer).functions.map(({ functionName }) => functionName);
}
