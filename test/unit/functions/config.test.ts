import { type Environment, readConfig } from '../../../shared/config';

const GOOD: Environment = {
  FC_REGION: 'us-east-1',
  FC_ACCOUNT_ID: '1234567890123456',
  TRUNKLINE_BUCKET: 'trunkline-topologies',
  TRUNKLINE_TABLESTORE_INSTANCE: 'trunkline',
};

test('what is left out has its default', () => {
  expect(readConfig(GOOD)).toEqual({
    deployment: 'trunkline',
    region: 'us-east-1',
    accountId: '1234567890123456',
    bucket: 'trunkline-topologies',
    tablestoreInstance: 'trunkline',
    endpoint: null,
    clockRate: { realOrigin: 0, cloudOrigin: 0, rate: 1 },
    timeoutSeconds: 60,
    socketTimeoutSeconds: 10,
    clockSkewSeconds: 60,
  });
});

test('all that is missing or wrong is told at once', () => {
  const wrong = { ...GOOD, FC_REGION: '', TRUNKLINE_TIMEOUT_SECONDS: 'long', TRUNKLINE_ENDPOINT: 'ftp://x' };
  expect(() => readConfig(wrong)).toThrow(
    'these environment variables are not set: FC_REGION; ' +
      'TRUNKLINE_ENDPOINT is no http or https address; TRUNKLINE_TIMEOUT_SECONDS is no number of seconds',
  );
});

test.each<[reason: string, changes: Environment]>([
  ['a budget that is not a number would let every call begin', { TRUNKLINE_TIMEOUT_SECONDS: 'NaN' }],
  ['below zero', { TRUNKLINE_SOCKET_TIMEOUT_SECONDS: '-1' }],
  ['no time at all', { TRUNKLINE_TIMEOUT_SECONDS: '0' }],
  ['hexadecimal', { TRUNKLINE_CLOCK_SKEW_SECONDS: '0x10' }],
  ['infinity', { TRUNKLINE_TIMEOUT_SECONDS: 'Infinity' }],
  ['a clock that runs infinitely fast', { TRUNKLINE_CLOCK: '1,2,Infinity' }],
  ['a clock that runs backwards', { TRUNKLINE_CLOCK: '1,2,-1' }],
  ['a clock of four numbers', { TRUNKLINE_CLOCK: '1,2,3,4' }],
  ['no address', { TRUNKLINE_ENDPOINT: 'localhost' }],
  ['a deployment that leads out of its names', { TRUNKLINE_DEPLOYMENT: '../other' }],
])('refused: %s', (_reason, changes) => {
  expect(() => readConfig({ ...GOOD, ...changes })).toThrow(expect.objectContaining({ code: 'ConfigurationInvalid' }));
});
