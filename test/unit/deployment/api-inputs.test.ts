import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asyncInput,
  asyncIs,
  functionInput,
  functionIs,
  isAnotherTrigger,
  triggerInput,
  triggerIs,
} from '../../../cli/deployment/api-inputs';
import type { Deployment } from '../../../cli/deployment/deployment';
import { readSYaml } from '../../../cli/deployment/read-s-yaml';
import type { JsonObject } from '../../../shared/json';

const ROOT = join(__dirname, '..', '..', '..');
const ACCOUNT_ID = '1234567890123456';

const { deployments } = readSYaml({
  text: readFileSync(join(ROOT, 's.yaml'), 'utf8'),
  file: 's.yaml',
  folder: ROOT,
  environment: {},
  accountId: ACCOUNT_ID,
  fileExists: () => true,
});
const intake = deployments?.find(({ name }) => name === 'intake') as Deployment;
const wanted = functionInput(intake, ACCOUNT_ID);
const [oss, stream] = intake.props.triggers.map((trigger) => triggerInput(trigger, ACCOUNT_ID)) as [
  JsonObject,
  JsonObject,
];

test('a function is asked for as the component asks for it', () => {
  expect(wanted).toEqual({
    functionName: 'trunkline-intake',
    description: 'Takes a topology from the bucket or a ticket; plans and starts its run',
    runtime: 'nodejs20',
    handler: 'index.handler',
    timeout: 120,
    memorySize: 1_024,
    cpu: 0.5,
    diskSize: 512,
    internetAccess: true,
    role: 'acs:ram::1234567890123456:role/trunkline-intake',
    environmentVariables: {
      TRUNKLINE_DEPLOYMENT: 'trunkline',
      TRUNKLINE_BUCKET: 'trunkline-topologies',
      TRUNKLINE_TABLESTORE_INSTANCE: 'trunkline',
      TRUNKLINE_TIMEOUT_SECONDS: '120',
    },
    logConfig: {
      project: 'trunkline-logs',
      logstore: 'functions',
      enableRequestMetrics: false,
      enableInstanceMetrics: false,
      logBeginRule: 'None',
    },
    vpcConfig: { securityGroupId: '', vSwitchIds: [], vpcId: '' },
    tracingConfig: {},
    ossMountConfig: { mountPoints: [] },
    nasConfig: { groupId: 0, userId: 0, mountPoints: [] },
    layers: [],
    instanceIsolationMode: 'SHARE',
    sessionAffinity: 'NONE',
  });
});

test("a trigger's configuration is sent as a text, its role as an ARN", () => {
  expect(oss).toEqual({
    triggerName: 'topologies',
    triggerType: 'oss',
    qualifier: 'LATEST',
    description: '',
    sourceArn: 'acs:oss:us-east-1:1234567890123456:trunkline-topologies',
    invocationRole: 'acs:ram::1234567890123456:role/trunkline-oss-trigger',
    triggerConfig:
      '{"events":["oss:ObjectCreated:*","oss:ObjectRemoved:DeleteObject","oss:ObjectRemoved:DeleteObjects"],' +
      '"filter":{"key":{"prefix":"topologies/","suffix":""}}}',
  });
});

const changed = (value: JsonObject, change: JsonObject): JsonObject => ({ ...value, ...change });
const { vpcConfig: _vpc, layers: _layers, ...withoutEmpty } = wanted;
const environment = wanted.environmentVariables as JsonObject;

const functions: [what: string, actual: JsonObject, same: boolean][] = [
  ['what was sent', wanted, true],
  ['with what the service adds', changed(wanted, { functionId: 'f', state: 'Active', codeChecksum: '1' }), true],
  ['without the empty blocks, which the service leaves out', withoutEmpty, true],
  ['a time-out of its own', changed(wanted, { timeout: 60 }), false],
  ['a variable less', changed(wanted, { environmentVariables: { TRUNKLINE_BUCKET: 'trunkline-topologies' } }), false],
  ['a variable more', changed(wanted, { environmentVariables: { ...environment, DEBUG: '1' } }), false],
  ['a layer that somebody added', changed(wanted, { layers: ['acs:fc:us-east-1:1:layers/x'] }), false],
  [
    'a VPC that somebody added',
    changed(wanted, { vpcConfig: { vpcId: 'vpc-1', vSwitchIds: [], securityGroupId: '' } }),
    false,
  ],
  ['no access to the internet', changed(wanted, { internetAccess: false }), false],
];

test.each(functions)('a function as wanted, or not: %s', (_what, actual, same) => {
  expect(functionIs(actual, wanted)).toBe(same);
});

const config = (change: JsonObject): string =>
  JSON.stringify({ ...(JSON.parse(String(stream.triggerConfig)) as JsonObject), ...change });

const triggers: [what: string, actual: JsonObject, same: boolean][] = [
  ['what was sent', stream, true],
  [
    'with what the service adds',
    changed(stream, { triggerId: 't', targetArn: 'acs:fc:…', sourceArn: 'acs:eventbridge:…' }),
    true,
  ],
  [
    'its configuration in another order',
    changed(stream, {
      triggerConfig: JSON.stringify(
        Object.fromEntries(Object.entries(JSON.parse(String(stream.triggerConfig)) as JsonObject).reverse()),
      ),
    }),
    true,
  ],
  ['a role that an earlier deployment stated', changed(stream, { invocationRole: 'acs:ram::1:role/other' }), true],
  ['switched off', changed(stream, { triggerConfig: config({ triggerEnable: false }) }), false],
  ['an option that s.yaml does not have', changed(stream, { triggerConfig: config({ more: 1 }) }), false],
  ['a configuration that cannot be read', changed(stream, { triggerConfig: '{' }), false],
];

test.each(triggers)('a trigger as wanted, or not: %s', (_what, actual, same) => {
  expect(triggerIs(actual, stream)).toBe(same);
  expect(isAnotherTrigger(actual, stream)).toBe(false);
});

test('a trigger of another source or type is another trigger: it cannot be updated', () => {
  expect(isAnotherTrigger(changed(oss, { sourceArn: 'acs:oss:us-east-1:1234567890123456:other' }), oss)).toBe(true);
  expect(isAnotherTrigger(changed(oss, { triggerType: 'timer' }), oss)).toBe(true);
});

test('asynchronous invocation as wanted, or not', () => {
  const input = asyncInput(intake.props) as JsonObject;
  const onFailure = { destination: 'acs:mns:us-east-1:1234567890123456:/queues/trunkline-dead-letters/messages' };
  expect(input).toEqual({
    maxAsyncEventAgeInSeconds: 86_400,
    maxAsyncRetryAttempts: 3,
    destinationConfig: { onFailure },
  });
  expect(asyncIs({ ...input, functionArn: 'acs:fc:…', qualifier: 'LATEST' }, input)).toBe(true);
  expect(asyncIs({ ...input, maxAsyncRetryAttempts: 0 }, input)).toBe(false);
  expect(asyncIs({ ...input, destinationConfig: {} }, input)).toBe(false);
  expect(asyncIs({ ...input, destinationConfig: { onFailure, onSuccess: onFailure } }, input)).toBe(false);
});

test('a trigger with another role is not as wanted', () => {
  expect(triggerIs(changed(oss, { invocationRole: 'acs:ram::1234567890123456:role/other' }), oss)).toBe(false);
});
