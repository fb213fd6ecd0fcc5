/** What an invocation is connected to: the production store, queue, resources and readers over questions to the world. */

import type { CloudConnection } from '../../functions/surroundings';
import { classifyError, TRANSPORT_CODE } from '../../shared/alicloud/classify-error';
import { withBudget } from '../../shared/alicloud/with-budget';
import { epochMs } from '../../shared/clock';
import type { Cloud, CloudRequest } from '../../shared/engine/cloud';
import { CloudError } from '../../shared/engine/cloud';
import type { CallRecord } from '../../shared/engine/event';
import type { Bucket } from '../../shared/engine/objects';
import { TrunklineError } from '../../shared/errors';
import { smqQueue } from '../../shared/queue/smq-queue';
import type { PrimaryKey, TableClient } from '../../shared/store/table-client';
import { tables } from '../../shared/store/tables';
import type { WorldQueues } from '../in-process/world-queues';
import type { Effects } from './effects';
import type { Invocation } from './invocation';
import type { SimulatedCloud } from './simulated-cloud';

export interface Services {
  deployment: string;
  cloud: SimulatedCloud;
  tables: TableClient;
  queues: WorldQueues;
  bucket: Map<string, Uint8Array>;
  effects: Effects;
}

/** Sentences of errors are not read by anybody here. */
const unavailable =
  (code: 'StoreUnavailable' | 'QueueUnavailable' | 'ObjectsUnavailable') => (why: 'refused' | 'lost') =>
    new TrunklineError(code, why);

export function storeOf(invocation: Invocation, { tables: client, deployment, effects }: Services) {
  const error = unavailable('StoreUnavailable');
  const read = <T>(what: string, serve: () => Promise<T>): Promise<T> =>
    invocation.ask({ service: 'store', what: `${what}`, serve, error });
  const write = <T>(what: string, table: string, keys: readonly PrimaryKey[], serve: () => Promise<T>): Promise<T> =>
    invocation.ask({
      service: 'store',
      what: `${what} ${table} ${keys.map((key) => key.map(([, part]) => part).join('/')).join(', ')}`,
      serve: () => effects.write(invocation, table, keys, serve),
      error,
    });
  const asking: TableClient = {
    get: (table, key) => read(`get ${table}`, () => client.get(table, key)),
    batchGet: (table, keys) => read(`batch-get ${table}`, () => client.batchGet(table, keys)),
    range: (table, prefix) => read(`range ${table}`, () => client.range(table, prefix)),
    put: (table, key, columns, condition) =>
      write('put', table, [key], () => client.put(table, key, columns, condition)),
    update: (table, key, columns, condition) =>
      write('update', table, [key], () => client.update(table, key, columns, condition)),
    delete: (table, key, condition) => write('delete', table, [key], () => client.delete(table, key, condition)),
    putAbsent: (table, rows) =>
      write(
        'put-absent',
        table,
        rows.map(({ key }) => key),
        () => client.putAbsent(table, rows),
      ),
    ensureTable: (schema) => client.ensureTable(schema),
  };
  return tables(asking, deployment);
}

export function queueOf(invocation: Invocation, { queues, deployment, effects }: Services) {
  return smqQueue(
    {
      ensure: queues.ensure,
      send: (queue, body, delay) =>
        invocation.ask({
          service: 'queue',
          what: `send ${queue} ${Buffer.from(body, 'base64').toString('utf8')} +${delay}s`,
          serve: async () => {
            effects.sent(queue, body);
            await queues.send(queue, body, delay);
            effects.poke(queue);
          },
          error: unavailable('QueueUnavailable'),
        }),
    },
    deployment,
  );
}

export function objectsOf(invocation: Invocation, { bucket, effects }: Services): Omit<Bucket, 'list' | 'remove'> {
  const error = unavailable('ObjectsUnavailable');
  return {
    get: (key) =>
      invocation.ask({ service: 'objects', what: `get ${key}`, serve: async () => bucket.get(key) ?? null, error }),
    put: (key, body) =>
      invocation.ask({
        service: 'objects',
        what: `put ${key}`,
        serve: async () => {
          const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
          effects.stored(key, bytes);
          bucket.set(key, bytes);
        },
        error,
      }),
  };
}

const READS = /^(Describe|List|Get|Check)/;

export function cloudOf(invocation: Invocation, { cloud, effects }: Services): CloudConnection {
  const calls: CallRecord[] = [];
  const note = ({ service, region, action }: CloudRequest, code: string | null): void => {
    calls.push({ service, region, action, requestId: null, code });
  };
  const asking: Cloud = {
    call: async (request) => {
      const reads = READS.test(request.action);
      try {
        const answer = await invocation.ask({
          service: 'cloud',
          changes: !reads,
          what: `${request.action} ${request.region ?? ''}`.trim(),
          serve: async (fate) => {
            if (fate.says !== null) throw cloudError(request, fate.says, 400);
            cloud.tick();
            if (reads && fate.lag !== null)
              return cloud.cloudAt(epochMs(cloud.inProcess.clock.now() - fate.lag)).call(request);
            if (reads) return cloud.cloud.call(request);
            return effects.change(invocation, request, () => cloud.cloud.call(request));
          },
          error: (why) =>
            why === 'lost' ? cloudError(request, TRANSPORT_CODE, null) : cloudError(request, 'InternalError', 500),
        });
        note(request, null);
        return answer;
      } catch (error) {
        note(request, error instanceof CloudError ? error.detail.code : 'Defect');
        throw error;
      }
    },
  };
  return {
    cloud: asking,
    until: (budgetEnds) => withBudget(asking, invocation.clock, budgetEnds),
    calls: () => calls,
  };
}

function cloudError({ service, action }: CloudRequest, code: string, status: number | null): CloudError {
  const detail = { service, action, code, status, requestId: null };
  return new CloudError({ ...detail, class: classifyError(service, action, code, status) }, `the simulation: ${code}`);
}
