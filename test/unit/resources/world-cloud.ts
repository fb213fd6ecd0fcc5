/**
 * The cloud as resources see it, served by a world of this process: nested parameters are flattened as the SDK does,
 * error answers become classified errors. What it was asked is kept, so that tests can count and search it.
 */

import { VERSIONS } from '../../../local/world/rpc/action';
import type { RpcInput, RpcOutput } from '../../../local/world/rpc/service';
import type { Caller, World } from '../../../local/world/world';
import { classifyError } from '../../../shared/alicloud/classify-error';
import { withoutKeys, withSecrets } from '../../../shared/alicloud/scrub-secrets';
import type { Clock } from '../../../shared/clock';
import { type Cloud, CloudError, type CloudRequest } from '../../../shared/engine/cloud';
import { flatParameters } from '../../in-process/flat-parameters';

export interface WorldCloud extends Cloud {
  /** In the order in which they were made, as they were sent. */
  asked: CloudRequest[];
}

export interface Served {
  world: Pick<World, 'handle'>;
  caller: Caller;
  clock: Pick<Clock, 'now'>;
}

export function worldCloud({ world, caller, clock }: Served): WorldCloud {
  const asked: CloudRequest[] = [];
  return {
    asked,
    call: async (request) => {
      const { service: product, region, action } = request;
      const sent = withSecrets(request.parameters);
      asked.push({ ...request, parameters: sent });
      const parameters = flatParameters({
        ...(region === null ? {} : { RegionId: region }),
        ...withSecrets(request.parameters),
      });
      const input: RpcInput = { product, version: VERSIONS[product], action, parameters };
      const { response } = world.handle(clock.now(), { service: 'rpc', caller, input });
      const { status, body } = response.output as RpcOutput;
      if (status < 300) return withoutKeys({ RequestId: response.requestId, ...body });
      const code = String(body.Code);
      const detail = { service: product, action, code, status, requestId: response.requestId };
      throw new CloudError({ ...detail, class: classifyError(product, action, code, status) }, String(body.Message));
    },
  };
}
