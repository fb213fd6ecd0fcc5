/** The answers of SMQ, in the service's XML. */
import type {
  OperationName,
  Operations,
  PeekedMessage,
  QueueDescription,
  ReceivedMessage,
  SentMessage,
} from '../../world/smq/operations';
import { messageNotExist } from '../../world/smq/smq-error';
import type { RawRequest, RawResponse } from '../raw';
import { type XmlNode, xmlDocument } from '../xml';
import type { SmqCall } from './smq-call';

const NAMESPACE = ' xmlns="http://mns.aliyuncs.com/doc/v1/"';

/** Clients read an error's body only where the type begins like this. */
const answer = (status: number, node: XmlNode | null, headers: Record<string, string> = {}): RawResponse => ({
  status,
  headers: { ...headers, ...(node && { 'content-type': 'text/xml;charset=utf-8' }) },
  body: node ? xmlDocument(node, NAMESPACE) : '',
});

export const errorAnswer = (
  { status, code, message }: { status: number; code: string; message: string },
  requestId: string,
): RawResponse =>
  answer(status, [
    'Error',
    [
      ['Code', code],
      ['Message', message],
      ['RequestId', requestId],
      ['HostId', 'http://mns.local'],
    ],
  ]);

interface Asked {
  call: SmqCall;
  request: RawRequest;
  requestId: string;
}

type Writers = { [K in OperationName]: (result: Operations[K]['result'], asked: Asked) => RawResponse };

const WRITERS: Writers = {
  CreateQueue: ({ created }, { request }) =>
    answer(created ? 201 : 204, null, { location: urlOf(request, request.path) }),
  SetQueueAttributes: () => answer(204, null),
  GetQueueAttributes: (queue) => answer(200, ['Queue', queueNodes(queue)]),
  ListQueue: ({ queues, nextMarker }, { request }) =>
    answer(200, [
      'Queues',
      [
        ...queues.map((name): XmlNode => ['Queue', [['QueueURL', urlOf(request, `/queues/${name}`)]]]),
        ...(nextMarker === null ? [] : [['NextMarker', nextMarker] as const]),
      ],
    ]),
  DeleteQueue: () => answer(204, null),
  SendMessages: ({ messages }, { call }) => answer(201, oneOrAll(call, messages.map(sentNode))),
  ReceiveMessages: ({ messages }, asked) => messagesOrNone(messages.map(receivedNode), asked),
  PeekMessages: ({ messages }, asked) =>
    messagesOrNone(
      messages.map((one): XmlNode => ['Message', peekedNodes(one)]),
      asked,
    ),
  ChangeMessageVisibility: ({ receiptHandle, nextVisibleAt }) =>
    answer(200, [
      'ChangeVisibility',
      [
        ['ReceiptHandle', receiptHandle],
        ['NextVisibleTime', Math.ceil(nextVisibleAt)],
      ],
    ]),
  DeleteMessages: ({ failures }, { call, requestId }) => {
    const [first] = failures;
    if (!first) return answer(204, null);
    if (!call.batch) return errorAnswer(first, requestId);
    return answer(404, [
      'Errors',
      failures.map(
        ({ code, message, receiptHandle }): XmlNode => [
          'Error',
          [
            ['ErrorCode', code],
            ['ErrorMessage', message],
            ['ReceiptHandle', receiptHandle],
          ],
        ],
      ),
    ]);
  },
};

export function writeResult(result: Operations[OperationName]['result'], asked: Asked): RawResponse {
  const writer: (result: never, asked: Asked) => RawResponse = WRITERS[asked.call.input.operation];
  // The world answers each operation with its own result.
  return writer(result as never, asked);
}

const messagesOrNone = (nodes: XmlNode[], { call, requestId }: Asked): RawResponse =>
  nodes.length === 0 ? errorAnswer(messageNotExist(), requestId) : answer(200, oneOrAll(call, nodes));

const oneOrAll = ({ batch }: SmqCall, nodes: XmlNode[]): XmlNode =>
  batch || !nodes[0] ? ['Messages', nodes] : nodes[0];

const sentNode = ({ messageId, bodyMd5, receiptHandle }: SentMessage): XmlNode => [
  'Message',
  [
    ['MessageId', messageId],
    ['MessageBodyMD5', bodyMd5],
    ...(receiptHandle === null ? [] : [['ReceiptHandle', receiptHandle] as const]),
  ],
];

const receivedNode = (message: ReceivedMessage): XmlNode => [
  'Message',
  [
    ...peekedNodes(message),
    ['ReceiptHandle', message.receiptHandle],
    ['NextVisibleTime', Math.ceil(message.nextVisibleAt)],
  ],
];

const peekedNodes = (message: PeekedMessage): XmlNode[] => [
  ['MessageId', message.messageId],
  ['MessageBody', message.body],
  ['MessageBodyMD5', message.bodyMd5],
  ['EnqueueTime', Math.floor(message.enqueuedAt)],
  ['FirstDequeueTime', Math.floor(message.firstDequeuedAt ?? 0)],
  ['DequeueCount', message.dequeueCount],
  ['Priority', message.priority],
];

function queueNodes(queue: QueueDescription): XmlNode[] {
  const policy = queue.deadLetterPolicy;
  const nodes: XmlNode[] = [
    ['QueueName', queue.queue],
    ['CreateTime', Math.floor(queue.createdAt / 1_000)],
    ['LastModifyTime', Math.floor(queue.modifiedAt / 1_000)],
    ['DelaySeconds', queue.delaySeconds],
    ['MaximumMessageSize', queue.maximumMessageSize],
    ['MessageRetentionPeriod', queue.messageRetentionPeriod],
    ['VisibilityTimeout', queue.visibilityTimeout],
    ['PollingWaitSeconds', queue.pollingWaitSeconds],
    ['ActiveMessages', queue.activeMessages],
    ['InactiveMessages', queue.inactiveMessages],
    ['DelayMessages', queue.delayMessages],
    ['LoggingEnabled', queue.loggingEnabled ? 'True' : 'False'],
  ];
  if (policy)
    nodes.push([
      'DlqPolicy',
      [
        ['Enabled', policy.enabled ? 'true' : 'false'],
        ['DeadLetterTargetQueue', policy.targetQueue],
        ['MaxReceiveCount', policy.maxReceiveCount],
      ],
    ]);
  return nodes;
}

const urlOf = (request: RawRequest, path: string): string => `http://${request.headers['host'] ?? ''}${path}`;
