/**
 * SMQ without its wire. Time does all the work by being compared: a delay, a visibility timeout and a retention need
 * no timer. Waiting for a message is not done here: the wire and the runtime's triggers come again.
 */
import { isClosed } from '../account/closed-services';
import type { Context, Service } from '../world';
import { changeMessageVisibility, deleteMessages } from './held-messages';
import { messagesOf, type VisibilityRecord, visibilityOf, visibleAtOf } from './message';
import type { OperationName, Operations, QueueDescription, SmqInput, SmqOutput } from './operations';
import { smqAuthorization } from './permissions';
import { createQueue, findQueue, listQueue, QUEUES, setQueueAttributes } from './queue';
import { peekMessages, receiveMessages } from './receive-messages';
import { sendMessages } from './send-messages';
import { SmqError } from './smq-error';

type Handlers = {
  [K in OperationName]: (context: Context, input: Operations[K]['input']) => Operations[K]['result'];
};

const handlers: Handlers = {
  CreateQueue: createQueue,
  SetQueueAttributes: setQueueAttributes,
  GetQueueAttributes: getQueueAttributes,
  ListQueue: listQueue,
  DeleteQueue: deleteQueue,
  SendMessages: sendMessages,
  ReceiveMessages: receiveMessages,
  PeekMessages: peekMessages,
  ChangeMessageVisibility: changeMessageVisibility,
  DeleteMessages: deleteMessages,
};

export const smq: Service = {
  effects: {},
  authorization: smqAuthorization,
  /** The words of a missing permission: the service does not tell the two apart. */
  closed: (context): SmqOutput | null =>
    isClosed(context, 'smq')
      ? {
          ok: false,
          status: 403,
          code: 'AccessDenied',
          message: 'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
        }
      : null,
  serve(context, input) {
    // Made by `smqRequest`: the world hands it through as it is.
    const output = run(context, input as SmqInput);
    return { ok: output.ok, output };
  },
};

function run(context: Context, input: SmqInput): SmqOutput {
  const handler: (context: Context, input: never) => Operations[OperationName]['result'] = handlers[input.operation];
  try {
    // The compiler cannot pair a handler with its own operation's input across the union.
    return { ok: true, result: handler(context, input as never) };
  } catch (error) {
    if (!(error instanceof SmqError)) throw error;
    const { status, code, message } = error;
    return { ok: false, status, code, message };
  }
}

function getQueueAttributes(context: Context, { queue }: { queue: string }): QueueDescription {
  const record = findQueue(context, queue);
  const counts = { activeMessages: 0, inactiveMessages: 0, delayMessages: 0 };
  for (const key of context.state.keysBetween(visibilityOf(queue))) {
    if (visibleAtOf(key) <= context.now) counts.activeMessages += 1;
    else if (context.state.get<VisibilityRecord>(visibilityOf(queue), key)?.dequeueCount) counts.inactiveMessages += 1;
    else counts.delayMessages += 1;
  }
  return { ...record, ...counts };
}

function deleteQueue(context: Context, { queue }: { queue: string }): Record<string, never> {
  findQueue(context, queue);
  for (const collection of [messagesOf(queue), visibilityOf(queue)])
    for (const key of [...context.state.keysBetween(collection)]) context.state.delete(collection, key);
  context.state.delete(QUEUES, queue);
  return {};
}
