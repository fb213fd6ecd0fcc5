import * as z from 'zod';
import { epoch } from '../engine/stored-shapes';
import { checkStored, fromStored, withFormat } from '../format';
import { listOf } from '../list-of';
import { problemSchema } from '../problem-schema';
import type { Columns, PrimaryKey } from '../store/table-client';
import { keyHash, networkKey, type Tables } from '../store/tables';
import { changeSchema } from './changes/topology-change';
import type { Delivery, Submission, TicketStore } from './submission';
import { answerSchema } from './ticket-answer';
import { eventSchema } from './ticket-event';

const submissionColumns = z.looseObject({ version: z.number(), document: z.string() });
const deliveryColumns = z.looseObject({ bodyHash: z.string(), submission: z.string() });

const submissionSchema: z.ZodType<Submission> = z.object({
  id: z.string(),
  system: z.string(),
  ticket: z.string().nullable(),
  record: z.string().nullable(),
  statusUrl: z.string(),
  network: z.string().nullable(),
  change: changeSchema.nullable(),
  answer: answerSchema.nullable().default(null),
  begun: z.boolean(),
  object: z.string(),
  receivedAt: epoch,
  state: z.enum([
    'received',
    'held',
    'waiting',
    'refused',
    'unchanged',
    'answered',
    'noticed',
    'succeeded',
    'failed',
    'superseded',
    'cancelled',
  ]),
  revision: z.int().nullable(),
  run: z.string().nullable(),
  problems: listOf(problemSchema),
  events: z.array(eventSchema).max(100),
  told: z.int().min(0),
  lost: z.int().min(0),
  attempts: z.int().min(0),
  nextAttemptAt: epoch,
  version: z.int(),
});

const deliveryKey = ({ system, delivery }: Delivery): PrimaryKey => [
  ['hash', keyHash(system, delivery)],
  ['system', system],
  ['delivery', delivery],
];

const submissionKey = (id: string): PrimaryKey => [
  ['hash', keyHash(id)],
  ['submission', id],
];

const waitingKey = (network: string, id: string): PrimaryKey => [...networkKey(network), ['submission', id]];

const submissionOf = (columns: Columns): Submission => {
  const { version, document } = checkStored(submissionColumns, columns, 'the row of a submission');
  return { ...fromStored(submissionSchema, document, 'the row of a submission'), version };
};

export function ticketStore({ client, name }: Tables): TicketStore {
  return {
    noteDelivery: async (delivery) => {
      const columns = { bodyHash: delivery.bodyHash, submission: delivery.submission };
      if (await client.put(name('deliveries'), deliveryKey(delivery), columns, { row: 'expect-absent' }))
        return delivery;
      const row = await client.get(name('deliveries'), deliveryKey(delivery));
      return row ? { ...delivery, ...checkStored(deliveryColumns, row, 'the row of a delivery') } : delivery;
    },
    readSubmission: async (id) => {
      const columns = await client.get(name('submissions'), submissionKey(id));
      return columns && submissionOf(columns);
    },
    writeSubmission: async (submission) => {
      const next = { ...submission, version: submission.version + 1 };
      const columns = { version: next.version, document: JSON.stringify(withFormat(next)) };
      const written =
        submission.version === 0
          ? await client.put(name('submissions'), submissionKey(next.id), columns, { row: 'expect-absent' })
          : await client.update(name('submissions'), submissionKey(next.id), columns, {
              row: 'expect-exist',
              columns: { version: submission.version },
            });
      return written ? next : null;
    },
    noteWaiting: async (network, id) => {
      await client.put(name('waiting'), waitingKey(network, id), {}, { row: 'ignore' });
    },
    forgetWaiting: async (network, id) => {
      await client.delete(name('waiting'), waitingKey(network, id), { row: 'ignore' });
    },
    listWaiting: async (network) =>
      (await client.range(name('waiting'), networkKey(network))).map((row) => String(row.key[2]?.[1])),
  };
}
