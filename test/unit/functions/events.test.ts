import { eachMessage } from '../../../functions/each-message';
import { changedObjects, httpRequestOf, queueMessages, submissionOf, taskMessageOf } from '../../../functions/events';

const event = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const cloudEvent = (messageBody: unknown) => ({
  id: '1',
  specversion: '1.0',
  data: { requestId: 'r', messageId: 'm', messageBody },
});
const TASK = { format: 1, run: 'acme.1.1', task: 'cen/acme', wake: 3 };

describe('queue events', () => {
  test.each([
    ['an array of one, its body as text', [cloudEvent(JSON.stringify(TASK))]],
    ['an array of one, its body already parsed', [cloudEvent(TASK)]],
    ['a single event, of the older mode', cloudEvent(JSON.stringify(TASK))],
  ])('%s', (_reason, given) => {
    expect(queueMessages(event(given)).map(taskMessageOf)).toEqual([TASK]);
  });

  test.each([
    ['no JSON', '{'],
    ['no CloudEvent', [{ nothing: true }]],
    ['more messages than any batch has', Array(20_001).fill(cloudEvent(TASK))],
  ])('%s is refused', (_reason, given) => {
    expect(() => queueMessages(event(given))).toThrow('the trigger delivered something');
  });

  test.each([
    ['no wake', { format: 1, run: 'a', task: 'b' }],
    ['a wake below zero', { ...TASK, wake: -1 }],
    ['a wake that is no whole number', { ...TASK, wake: 1.5 }],
    ['null', null],
  ])('%s', (_reason, body) => {
    expect(() => taskMessageOf(body)).toThrow('not a task message');
  });

  test.each([
    ['a task message', () => taskMessageOf({ ...TASK, format: 2, wake: 'later' })],
    ['a submission message', () => submissionOf({ format: 2, submission: 'a'.repeat(32) })],
  ])('%s of a newer format is refused by name, not misread', (_what, read) => {
    expect(read).toThrow(expect.objectContaining({ code: 'FormatUnknown' }));
  });

  test('a body that cannot be read is refused alone: its neighbours are read', () => {
    const bodies = queueMessages(event([cloudEvent('{'), { nothing: true }, cloudEvent(JSON.stringify(TASK))]));
    expect(bodies).toEqual([null, null, TASK]);
    expect(() => taskMessageOf(bodies[0])).toThrow(expect.objectContaining({ code: 'EventMalformed' }));
  });

  test('a submission is 32 hexadecimal digits', () => {
    expect(submissionOf({ format: 1, submission: 'a'.repeat(32) })).toBe('a'.repeat(32));
    expect(() => submissionOf({ format: 1, submission: '../x' })).toThrow('not a submission message');
  });

  test('every message of a batch is handled before the batch fails', async () => {
    const handled: number[] = [];
    const handle = async (message: number) => {
      handled.push(message);
      if (message === 2) throw new Error('poison');
    };
    await expect(eachMessage([1, 2, 3], handle)).rejects.toThrow('poison');
    expect(handled).toEqual([1, 2, 3]);
  });
});

describe('OSS events', () => {
  const oss = (eventName: string, key: string) => ({ eventName, oss: { bucket: { name: 'b' }, object: { key } } });

  test('keys are decoded, removals told apart', () => {
    const events = [
      oss('ObjectCreated:PutObject', 'topologies%2Facme%20eu.yaml'),
      oss('ObjectRemoved:DeleteObject', 'topologies/b.yaml'),
    ];
    expect(changedObjects(event({ events }))).toEqual([
      { key: 'topologies/acme eu.yaml', removed: false, at: null },
      { key: 'topologies/b.yaml', removed: true, at: null },
    ]);
  });

  test('a key with a stray percent sign is taken as it is', () => {
    expect(changedObjects(event({ events: [oss('ObjectCreated:PutObject', 'topologies/100%.yaml')] }))).toEqual([
      { key: 'topologies/100%.yaml', removed: false, at: null },
    ]);
  });

  test.each([
    ['2026-11-23T10:00:00.000Z', 1_795_428_000_000],
    ['yesterday', null],
    [17, null],
  ])('the time of %s is read or not known, and the key told all the same', (eventTime, at) => {
    const created = { ...oss('ObjectCreated:PutObject', 'topologies/a.yaml'), eventTime };
    expect(changedObjects(event({ events: [created] }))).toEqual([{ key: 'topologies/a.yaml', removed: false, at }]);
  });

  test('a queue event is no OSS event', () => {
    expect(changedObjects(event([cloudEvent('{}')]))).toBeNull();
  });
});

describe('HTTP events', () => {
  const http = (changes: object) => ({
    version: 'v1',
    rawPath: '/v1/topologies',
    headers: { 'Content-Type': 'application/json', 'X-Trunkline-System': 'desk' },
    body: '{"a":1}',
    isBase64Encoded: false,
    requestContext: { domainName: 'd.us-east-1.fcapp.run', http: { method: 'post', path: '/v1/topologies' } },
    ...changes,
  });

  test('header names in lower case, the method in upper case, the raw body', () => {
    const request = httpRequestOf(event(http({})));
    expect(request).toMatchObject({ method: 'POST', path: '/v1/topologies', domain: 'd.us-east-1.fcapp.run' });
    expect(request.headers).toEqual({ 'content-type': 'application/json', 'x-trunkline-system': 'desk' });
    expect(Buffer.from(request.body).toString()).toBe('{"a":1}');
  });

  test('a base64 body is decoded: signatures cover the raw bytes', () => {
    const request = httpRequestOf(
      event(http({ body: Buffer.from([0, 255, 10]).toString('base64'), isBase64Encoded: true })),
    );
    expect([...request.body]).toEqual([0, 255, 10]);
  });

  test.each([
    ['no version', http({ version: 'v2' })],
    ['no context', { version: 'v1', rawPath: '/' }],
  ])('%s is refused', (_reason, given) => {
    expect(() => httpRequestOf(event(given))).toThrow('not an HTTP event');
  });
});
