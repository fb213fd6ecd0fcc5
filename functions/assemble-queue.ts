import { seconds } from '../shared/clock';
import type { Queue } from '../shared/engine/queue';
import { smqClient } from '../shared/queue/smq-client';
import { smqQueue } from '../shared/queue/smq-queue';
import type { Instance } from './instance';

export function assembleQueue({ config, credentials, pause }: Instance): Queue {
  const { accountId, region, endpoint, deployment } = config;
  return smqQueue(smqClient({ accountId, region, endpoint, credentials, timeout: seconds(5), pause }), deployment);
}
