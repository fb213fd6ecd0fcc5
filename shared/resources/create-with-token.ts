import * as z from 'zod';
import { callFor } from '../alicloud/parse-response';
import type { Cloud, CloudRequest } from '../engine/cloud';
import type { Created } from '../engine/resource-kind';

/** The create call with its ClientToken; the answer names the new thing in `idName`. */
export async function createWithToken(
  cloud: Cloud,
  request: CloudRequest,
  token: string,
  idName: string,
): Promise<Created> {
  const parameters = { ...request.parameters, ClientToken: token };
  const response = await callFor(cloud, { ...request, parameters }, z.looseObject({ [idName]: z.string() }));
  return { cloudId: z.string().parse(response[idName]) };
}
