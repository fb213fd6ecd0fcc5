import MNS from '@alicloud/mns';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  ACCOUNT_ID,
  type LocalWire,
  STS_KEY_ID,
  STS_KEY_SECRET,
  STS_TOKEN,
  startLocalWire,
} from './local-wire';

let wire: LocalWire;
// biome-ignore lint/suspicious/noExplicitAny: the SDK publishes no types.
type Client = any;
let client: Client;

const clientWith = (options: object): Client =>
  new MNS(ACCOUNT_ID, {
    accessKeyId: ACCESS_KEY_ID,
    accessKeySecret: ACCESS_KEY_SECRET,
    endpoint: wire.endpoint,
    ...options,
  });

beforeAll(async () => {
  wire = await startLocalWire();
  client = clientWith({});
});
afterAll(() => wire.close());

/** The SDK sets a name, and neither code nor status. */
const nameOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it succeeded',
    (error: Error) => error.name,
  );

describe('queues', () => {
  test('a queue is made, described, changed, listed and deleted', async () => {
    const created = await client.createQueue('work-1', { VisibilityTimeout: 60, DelaySeconds: 1 });
    expect(created.code).toBe(201);
    expect(created.headers.location).toBe(`${wire.endpoint}/queues/work-1`);
    expect((await client.createQueue('work-1', { VisibilityTimeout: 60, DelaySeconds: 1 })).code).toBe(204);
    expect((await client.setQueueAttributes('work-1', { VisibilityTimeout: 90 })).code).toBe(204);
    expect((await client.getQueueAttributes('work-1')).body).toMatchObject({
      QueueName: 'work-1',
      VisibilityTimeout: '90',
      DelaySeconds: '1',
      MessageRetentionPeriod: '345600',
      ActiveMessages: '0',
    });
    await client.createQueue('work-2');
    const listed = await client.listQueue('', 1, 'work-');
    expect(listed.body).toEqual([{ QueueURL: `${wire.endpoint}/queues/work-1` }]);
    expect((await client.deleteQueue('work-1')).code).toBe(204);
    expect(await nameOf(client.getQueueAttributes('work-1'))).toBe('MNSQueueNotExistError');
  });

  test.each([
    ['other attributes', 'made', { VisibilityTimeout: 31 }, 'MNSQueueAlreadyExistError'],
    ['a visibility timeout past its limit', 'other', { VisibilityTimeout: 43_201 }, 'MNSInvalidArgumentError'],
    ['a name with an underscore', 'with_underscore', {}, 'MNSInvalidQueueNameError'],
    ['a name too long', 'n'.repeat(121), {}, 'MNSQueueNameLengthErrorError'],
  ])('a queue with %s is refused', async (_, name, attributes, error) => {
    await client.createQueue('made', {});
    expect(await nameOf(client.createQueue(name, attributes))).toBe(error);
  });
});

describe('messages', () => {
  beforeAll(() => client.createQueue('steps', { VisibilityTimeout: 60 }));

  test('a message is sent, peeked, received once, and deleted by its receipt', async () => {
    const body = Buffer.from('{"run":"r1"}').toString('base64');
    const sent = await client.sendMessage('steps', { MessageBody: body });
    expect(sent.code).toBe(201);
    expect(sent.body.MessageBodyMD5).toMatch(/^[0-9A-F]{32}$/);
    expect((await client.peekMessage('steps')).body).toMatchObject({ MessageBody: body, DequeueCount: '0' });
    const { body: received } = await client.receiveMessage('steps');
    expect(received).toMatchObject({
      MessageId: sent.body.MessageId,
      MessageBody: body,
      DequeueCount: '1',
      Priority: '8',
    });
    expect(Number(received.NextVisibleTime) - Number(received.FirstDequeueTime)).toBe(60_000);
    expect(await nameOf(client.receiveMessage('steps'))).toBe('MNSMessageNotExistError');
    expect((await client.deleteMessage('steps', received.ReceiptHandle)).code).toBe(204);
    expect(await nameOf(client.deleteMessage('steps', received.ReceiptHandle))).toBe('MNSMessageNotExistError');
  });

  test('what is not deleted comes back after its visibility timeout, and its old receipt is void', async () => {
    await client.sendMessage('steps', { MessageBody: 'YQ==' });
    const first = (await client.receiveMessage('steps')).body;
    wire.advance(60_001);
    const second = (await client.receiveMessage('steps')).body;
    expect(second).toMatchObject({ MessageId: first.MessageId, DequeueCount: '2' });
    expect(await nameOf(client.deleteMessage('steps', first.ReceiptHandle))).toBe('MNSMessageNotExistError');
    const changed = (await client.changeMessageVisibility('steps', second.ReceiptHandle, 600)).body;
    wire.advance(60_001);
    expect(await nameOf(client.receiveMessage('steps'))).toBe('MNSMessageNotExistError');
    expect((await client.deleteMessage('steps', changed.ReceiptHandle)).code).toBe(204);
  });

  test('a delayed message is invisible until its time', async () => {
    await client.sendMessage('steps', { MessageBody: 'bGF0ZXI=', DelaySeconds: 300 });
    expect(await nameOf(client.receiveMessage('steps'))).toBe('MNSMessageNotExistError');
    expect((await client.getQueueAttributes('steps')).body.DelayMessages).toBe('1');
    wire.advance(300_001);
    const { body } = await client.receiveMessage('steps');
    expect(body.MessageBody).toBe('bGF0ZXI=');
    await client.deleteMessage('steps', body.ReceiptHandle);
  });

  test('batches are sent by priority, received, and deleted with a word on each that was not', async () => {
    const { body: sent } = await client.batchSendMessage('steps', [
      { MessageBody: 'bG93', Priority: 9 },
      { MessageBody: 'aGlnaA==', Priority: 1 },
    ]);
    expect(sent).toHaveLength(2);
    const { body: received } = await client.batchReceiveMessage('steps', 16);
    expect(received.map(({ MessageBody }: { MessageBody: string }) => MessageBody)).toEqual(['aGlnaA==', 'bG93']);
    const handles = received.map(({ ReceiptHandle }: { ReceiptHandle: string }) => ReceiptHandle);
    const partial = await client.batchDeleteMessage('steps', [handles[0], '8-bm90LWEtcmVjZWlwdA==']);
    expect(partial.code).toBe(404);
    expect(partial.body).toEqual([
      {
        ErrorCode: 'ReceiptHandleError',
        ErrorMessage: 'The receipt handle you provide is not valid.',
        ReceiptHandle: '8-bm90LWEtcmVjZWlwdA==',
      },
    ]);
    expect((await client.batchDeleteMessage('steps', [handles[1]])).code).toBe(204);
  });

  test('a waiting receive is answered as soon as a message comes', async () => {
    const waiting = client.receiveMessage('steps', 5);
    await client.sendMessage('steps', { MessageBody: 'c29vbg==' });
    const { body } = await waiting;
    expect(body.MessageBody).toBe('c29vbg==');
    await client.deleteMessage('steps', body.ReceiptHandle);
  });

  test.each([
    [
      'a queue that is not there',
      () => client.sendMessage('nowhere', { MessageBody: 'YQ==' }),
      'MNSQueueNotExistError',
    ],
    [
      'a body too large',
      () => client.sendMessage('steps', { MessageBody: 'a'.repeat(65_537) }),
      'MNSInvalidArgumentError',
    ],
    ['a receipt of no form', () => client.deleteMessage('steps', 'nonsense'), 'MNSReceiptHandleErrorError'],
    ['a wait too long', () => client.receiveMessage('steps', 31), 'MNSInvalidArgumentError'],
  ])('%s is an error', async (_, call, error) => {
    expect(await nameOf(call())).toBe(error);
  });
});

describe('credentials', () => {
  test.each([
    ['an unknown key', { accessKeyId: 'LTAInobody' }, 'MNSInvalidAccessKeyIdError'],
    ['a wrong secret', { accessKeySecret: 'wrong' }, 'MNSSignatureDoesNotMatchError'],
    [
      'a wrong token',
      { accessKeyId: STS_KEY_ID, accessKeySecret: STS_KEY_SECRET, securityToken: 'other' },
      'MNSInvalidSecurityTokenError',
    ],
  ])('%s is refused', async (_, options, error) => {
    expect(await nameOf(clientWith(options).listQueue())).toBe(error);
  });

  test('temporary credentials with their token are served', async () => {
    const temporary = clientWith({
      accessKeyId: STS_KEY_ID,
      accessKeySecret: STS_KEY_SECRET,
      securityToken: STS_TOKEN,
    });
    expect((await temporary.getQueueAttributes('steps')).code).toBe(200);
  });
});
