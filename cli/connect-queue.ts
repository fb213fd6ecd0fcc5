/** The queues, for the few commands that send: whoever only reads pays for no further SDK. */
import { seconds } from '../shared/clock';
import type { Queue } from '../shared/engine/queue';
import { smqClient } from '../shared/queue/smq-client';
import { smqQueue } from '../shared/queue/smq-queue';
import { pause, type Target } from './connection';

export const connectQueue = ({ accountId, region, endpoint, credentials, deployment }: Target): Queue =>
  smqQueue(smqClient({ accountId, region, endpoint, credentials, timeout: seconds(10), pause }), deployment);
