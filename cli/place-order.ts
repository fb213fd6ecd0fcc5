/** An order for a network: stored in the bucket, announced to intake, and answered there. */
import { durationMs } from '../shared/clock';
import {
  type Order,
  type OrderReport,
  orderObject,
  orderReportObject,
  orderReportSchema,
} from '../shared/engine/take-order';
import { TrunklineError } from '../shared/errors';
import { fromStored, withFormat } from '../shared/format';
import { hashJson, type Json } from '../shared/json';
import type { CommandContext } from './command';
import { connectQueue } from './connect-queue';
import type { Connection } from './connection';
import { INTAKE_PATIENCE_MS, pauseOrStop } from './patience';

export async function placeOrder(context: CommandContext, connection: Connection, order: Order): Promise<OrderReport> {
  const { objects, target } = connection;
  // Two orders are two, whatever they ask for: an order that was answered is not taken again.
  const id = hashJson([{ ...order } as unknown as Json, context.clock.now()]).slice(0, 32);
  await objects.put(orderObject(id), JSON.stringify(withFormat(order)), 'application/json');
  await connectQueue(target).send('intake', { format: 1, order: id }, durationMs(0));
  return awaitAnswer(context, connection, id);
}

async function awaitAnswer(context: CommandContext, { objects }: Connection, id: string): Promise<OrderReport> {
  const object = orderReportObject(id);
  const from = context.clock.monotonic();
  while (context.clock.monotonic() - from < INTAKE_PATIENCE_MS) {
    const bytes = await objects.get(object);
    if (bytes) return fromStored(orderReportSchema, new TextDecoder().decode(bytes), `the object ${object}`);
    await pauseOrStop(context, 'stopped watching; the order is given, and intake goes on');
  }
  throw new TrunklineError('IntakeSilent', `the order ${id} was given and intake has not answered it`);
}
