/** The bodies that SMQ's clients send. */
import * as z from 'zod';
import type { OutgoingMessage, QueueAttributes } from '../../world/smq/operations';
import { SmqError } from '../../world/smq/smq-error';
import { xmlReader } from '../xml';

const integer = z
  .string()
  .trim()
  .regex(/^-?\d+$/)
  .transform(Number);
const boolean = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text === 'true');

const Queue = z.object({
  DelaySeconds: integer.optional(),
  MaximumMessageSize: integer.optional(),
  MessageRetentionPeriod: integer.optional(),
  VisibilityTimeout: integer.optional(),
  PollingWaitSeconds: integer.optional(),
  LoggingEnabled: boolean.optional(),
  DlqPolicy: z
    .object({ Enabled: boolean, DeadLetterTargetQueue: z.string().default(''), MaxReceiveCount: integer.default(16) })
    .optional(),
});
/** An element without children reads as an empty text. */
const QueueDocument = z.object({ Queue: z.union([z.literal('').transform(() => ({})), Queue]) });

const Message = z.object({
  MessageBody: z.string(),
  DelaySeconds: integer.optional(),
  Priority: integer.optional(),
});
const MessageDocument = z.object({ Message: z.array(Message).length(1) });
const MessagesDocument = z.object({ Messages: z.object({ Message: z.array(Message) }) });
const HandlesDocument = z.object({ ReceiptHandles: z.object({ ReceiptHandle: z.array(z.string()) }) });

const read = xmlReader(['Message', 'ReceiptHandle']);

export function readAttributes(body: Buffer): Partial<QueueAttributes> {
  const { Queue: queue } = parse(QueueDocument, body);
  const given: z.infer<typeof Queue> = queue;
  return {
    ...(given.DelaySeconds !== undefined && { delaySeconds: given.DelaySeconds }),
    ...(given.MaximumMessageSize !== undefined && { maximumMessageSize: given.MaximumMessageSize }),
    ...(given.MessageRetentionPeriod !== undefined && { messageRetentionPeriod: given.MessageRetentionPeriod }),
    ...(given.VisibilityTimeout !== undefined && { visibilityTimeout: given.VisibilityTimeout }),
    ...(given.PollingWaitSeconds !== undefined && { pollingWaitSeconds: given.PollingWaitSeconds }),
    ...(given.LoggingEnabled !== undefined && { loggingEnabled: given.LoggingEnabled }),
    ...(given.DlqPolicy && {
      deadLetterPolicy: {
        enabled: given.DlqPolicy.Enabled,
        targetQueue: given.DlqPolicy.DeadLetterTargetQueue,
        maxReceiveCount: given.DlqPolicy.MaxReceiveCount,
      },
    }),
  };
}

/** One message stands alone, several stand in `<Messages>`: the answer has the same form. */
export function readMessages(body: Buffer): { batch: boolean; messages: OutgoingMessage[] } {
  const batch = body.includes('<Messages');
  const messages = batch ? parse(MessagesDocument, body).Messages.Message : parse(MessageDocument, body).Message;
  return {
    batch,
    messages: messages.map(({ MessageBody, DelaySeconds, Priority }) => ({
      body: MessageBody,
      delaySeconds: DelaySeconds ?? null,
      priority: Priority ?? null,
    })),
  };
}

export const readReceiptHandles = (body: Buffer): string[] => parse(HandlesDocument, body).ReceiptHandles.ReceiptHandle;

function parse<T>(schema: z.ZodType<T>, body: Buffer): T {
  let document: unknown;
  try {
    document = read(body.toString('utf8'));
  } catch {
    throw new SmqError(400, 'MalformedXML', 'The XML you provided was not well-formed.');
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const element = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new SmqError(
    400,
    'InvalidArgument',
    `The XML you provided did not validate against our published schema, cause by ${element}.`,
  );
}
