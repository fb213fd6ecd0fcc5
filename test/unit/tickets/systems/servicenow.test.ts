import { readFileSync } from 'node:fs';
import { secretOf } from '../../../../shared/secret';
import { sign } from '../../../../shared/tickets/signature';
import { servicenow } from '../../../../shared/tickets/systems/servicenow';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
const CHANGE = { sys_id: 'a'.repeat(32), number: 'CHG0030192', state: '-2', topology: EXAMPLE };
const read = (value: unknown, takes: string | null = null) =>
  servicenow.read(Buffer.from(JSON.stringify(value)), takes);

test('the signature is the generic form’s, its digest in base64', () => {
  const body = Buffer.from('{"topology":"x"}');
  const [timestamp, delivery, key] = ['1700000000', 'delivery-1', secretOf('key')];
  // printf '1700000000.delivery-1.{"topology":"x"}' | openssl dgst -sha256 -hmac key -binary | base64
  const signature = 'v1=fymsnBA0P3HpaCyqu4HPHn+L+MqcDDZYDjLKLp8G/wI=';
  expect(sign(key, { timestamp, delivery, body }, 'base64')).toBe(signature);
  const headers = {
    'x-trunkline-timestamp': timestamp,
    'x-trunkline-delivery': delivery,
    'x-trunkline-signature': signature,
  };
  expect(servicenow.open({ headers, body }, [secretOf('new'), key])).toEqual({
    delivery,
    identity: delivery,
    sentAt: 1_700_000_000,
  });
  expect(servicenow.open({ headers, body: Buffer.from('{"topology":"y"}') }, [key])).toBeNull();
  expect(servicenow.open({ headers: { ...headers, 'x-trunkline-delivery': 'b' }, body }, [key])).toBeNull();
});

test.each([
  ['New', '-5', null, 'ignored'],
  ['Assess', '-4', null, 'ignored'],
  ['Authorize', '-3', null, 'ignored'],
  ['Scheduled', '-2', null, 'wish'],
  ['Scheduled, as a number', -2, null, 'wish'],
  ['Implement, where Scheduled takes up', '-1', null, 'ignored'],
  ['Implement, where it takes up', '-1', 'Implement', 'wish'],
  ['Scheduled, where Implement takes up', '-2', 'Implement', 'ignored'],
  ['Review', '0', null, 'ignored'],
  ['Closed', '3', null, 'ignored'],
  ['Canceled', '4', null, 'ignored'],
])('a change in %s (%p, taken up in %p): %s', (_name, state, takes, kind) => {
  expect(read({ ...CHANGE, state }, takes).kind).toBe(kind);
});

test('the ticket is the change’s number', () => {
  expect(read(CHANGE)).toEqual({
    kind: 'wish',
    ticket: 'CHG0030192',
    record: CHANGE.sys_id,
    wanted: { kind: 'topology', text: EXAMPLE },
  });
});

test.each([
  ['no record', { ...CHANGE, sys_id: 'CHG0030192' }],
  ['no state', { ...CHANGE, state: 'Scheduled' }],
  ['a callback of its own', { ...CHANGE, callback: 'https://evil.example' }],
  ['no topology', { ...CHANGE, topology: '' }],
])('a body with %s is refused', (_what, value) => {
  expect(read(value).kind).toBe('wrong');
});

test.each(['-3', '-2', '0'])('somebody’s word on a plan is taken in state %s: who agrees does so before', (state) => {
  const answer = { answer: 'agree', network: 'acme', plan: 'a'.repeat(64), by: 'alice' };
  const { sys_id, number } = CHANGE;
  expect(read({ sys_id, number, state, ...answer })).toMatchObject({
    kind: 'wish',
    ticket: 'CHG0030192',
    wanted: { kind: 'answer', answer },
  });
});
