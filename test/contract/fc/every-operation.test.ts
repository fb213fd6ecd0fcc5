/**
 * Every operation by the typed client over loopback. The client drops what its models do not know and chokes on other
 * types, so what was answered is held to the models before the client reads it.
 */
import type Fc from '@alicloud/fc20230330';
import * as models from '@alicloud/fc20230330';
import { fc } from '../../../local/world/fc/service';
import type { Json } from '../../../shared/json';
import { ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from '../local-wire';
import { type ModelType, strangersTo } from '../sdk-models';
import { errorOf, fcClient, functionInput } from './fc-clients';

const ARN = `acs:fc:${REGION}:${ACCOUNT_ID}:functions/f`;

let wire: LocalWire;
let client: Fc;
/** As it came, before the client made models of it. */
let answered: { statusCode: number; body: Json };

beforeAll(async () => {
  wire = await startLocalWire({ services: { fc } });
  client = fcClient(wire);
  const callApi = client.callApi.bind(client);
  client.callApi = async (...given) => {
    const answer = await callApi(...given);
    answered = answer as typeof answered;
    return answer;
  };
});
afterAll(() => wire.close());

const trigger = (triggerName: string, triggerType: string, triggerConfig: object) =>
  new models.CreateTriggerRequest({
    body: new models.CreateTriggerInput({
      triggerName,
      triggerType,
      qualifier: 'LATEST',
      description: '',
      triggerConfig: JSON.stringify(triggerConfig),
    }),
  });
const timer = { cronExpression: '@every 1m', enable: true };
const retries = (maxAsyncRetryAttempts: number) =>
  new models.PutAsyncInvokeConfigRequest({
    qualifier: 'LATEST',
    body: new models.PutAsyncInvokeConfigInput({ maxAsyncRetryAttempts }),
  });
const tags = new models.TagResourcesRequest({
  body: new models.TagResourcesInput({
    resourceId: [ARN],
    resourceType: 'function',
    tag: [new models.Tag({ key: 'a', value: '1' })],
  }),
});

type Step = readonly [operation: string, call: () => Promise<unknown>, model: unknown, part: object | null];

/** One life of a function, in the order of the calls. A null model has no body. */
const LIFE: readonly Step[] = [
  ['CreateFunction', () => client.createFunction(functionInput('f')), models.Function, { functionArn: ARN }],
  ['GetFunction', () => client.getFunction('f', new models.GetFunctionRequest({})), models.Function, { timeout: 3 }],
  [
    'UpdateFunction',
    () =>
      client.updateFunction(
        'f',
        new models.UpdateFunctionRequest({ body: new models.UpdateFunctionInput({ timeout: 9 }) }),
      ),
    models.Function,
    { timeout: 9 },
  ],
  ['TagResources', () => client.tagResources(tags), null, null],
  [
    'GetFunction, tagged',
    () => client.getFunction('f', new models.GetFunctionRequest({})),
    models.Function,
    { tags: [{ Key: 'a', Value: '1' }] },
  ],
  [
    'ListTagResources',
    () =>
      client.listTagResources(
        new models.ListTagResourcesRequest({
          resourceType: 'function',
          resourceId: [ARN],
          tag: [new models.ListTagResourcesRequestTag({ key: 'a', value: '1' })],
          limit: 10,
        }),
      ),
    models.ListTagResourcesOutput,
    { TagResources: [{ ResourceId: ARN, ResourceType: 'FUNCTION', TagKey: 'a', TagValue: '1' }] },
  ],
  [
    'UntagResources',
    () =>
      client.untagResources(
        new models.UntagResourcesRequest({ resourceType: 'function', resourceId: [ARN], tagKey: ['a'] }),
      ),
    null,
    null,
  ],
  ['TagResources, again', () => client.tagResources(tags), null, null],
  [
    'UntagResources, all',
    () =>
      client.untagResources(
        new models.UntagResourcesRequest({ resourceType: 'function', resourceId: [ARN], all: true }),
      ),
    null,
    null,
  ],
  [
    'ListTagResources, none',
    () =>
      client.listTagResources(
        new models.ListTagResourcesRequest({ resourceType: 'function', resourceId: [ARN], limit: 10 }),
      ),
    models.ListTagResourcesOutput,
    { TagResources: [] },
  ],
  [
    'ListFunctions',
    () => client.listFunctions(new models.ListFunctionsRequest({ limit: 10 })),
    models.ListFunctionsOutput,
    { functions: [{ functionName: 'f' }] },
  ],
  [
    'CreateTrigger',
    () => client.createTrigger('f', trigger('web', 'http', { authType: 'anonymous', methods: ['GET'] })),
    models.Trigger,
    { triggerName: 'web', triggerType: 'http' },
  ],
  [
    'CreateTrigger, another',
    () => client.createTrigger('f', trigger('t', 'timer', timer)),
    models.Trigger,
    { triggerName: 't' },
  ],
  ['GetTrigger', () => client.getTrigger('f', 't'), models.Trigger, { triggerConfig: JSON.stringify(timer) }],
  [
    'UpdateTrigger',
    () =>
      client.updateTrigger(
        'f',
        't',
        new models.UpdateTriggerRequest({ body: new models.UpdateTriggerInput({ description: 'd' }) }),
      ),
    models.Trigger,
    { description: 'd', triggerConfig: JSON.stringify(timer) },
  ],
  [
    'ListTriggers',
    () => client.listTriggers('f', new models.ListTriggersRequest({ limit: 10 })),
    models.ListTriggersOutput,
    { triggers: [{ triggerName: 't' }, { triggerName: 'web' }] },
  ],
  [
    'PutAsyncInvokeConfig',
    () => client.putAsyncInvokeConfig('f', retries(1)),
    models.AsyncConfig,
    { maxAsyncRetryAttempts: 1, functionArn: ARN },
  ],
  [
    'GetAsyncInvokeConfig',
    () => client.getAsyncInvokeConfig('f', new models.GetAsyncInvokeConfigRequest({})),
    models.AsyncConfig,
    { maxAsyncRetryAttempts: 1 },
  ],
  [
    'ListAsyncInvokeConfigs',
    () => client.listAsyncInvokeConfigs(new models.ListAsyncInvokeConfigsRequest({ functionName: 'f' })),
    models.ListAsyncInvokeConfigOutput,
    { configs: [{ functionArn: ARN }] },
  ],
  [
    'PutConcurrencyConfig',
    () =>
      client.putConcurrencyConfig(
        'f',
        new models.PutConcurrencyConfigRequest({ body: new models.PutConcurrencyInput({ reservedConcurrency: 2 }) }),
      ),
    models.ConcurrencyConfig,
    { reservedConcurrency: 2 },
  ],
  [
    'GetConcurrencyConfig',
    () => client.getConcurrencyConfig('f'),
    models.ConcurrencyConfig,
    { reservedConcurrency: 2 },
  ],
  [
    'ListConcurrencyConfigs',
    () => client.listConcurrencyConfigs(new models.ListConcurrencyConfigsRequest({})),
    models.ListConcurrencyConfigsOutput,
    { configs: [{ functionArn: ARN }] },
  ],
  ['ListVpcBindings', () => client.listVpcBindings('f'), models.ListVpcBindingsOutput, { vpcIds: [] }],
  [
    'ListAliases',
    () => client.listAliases('f', new models.ListAliasesRequest({})),
    models.ListAliasesOutput,
    { aliases: [] },
  ],
  [
    'ListFunctionVersions',
    () => client.listFunctionVersions('f', new models.ListFunctionVersionsRequest({})),
    models.ListVersionsOutput,
    { versions: [] },
  ],
  [
    'ListScalingConfigs',
    () => client.listScalingConfigs(new models.ListScalingConfigsRequest({ functionName: 'f', limit: 100 })),
    models.ListScalingConfigsOutput,
    { scalingConfigs: [] },
  ],
  [
    'ListProvisionConfigs',
    () => client.listProvisionConfigs(new models.ListProvisionConfigsRequest({ functionName: 'f' })),
    models.ListProvisionConfigsOutput,
    { provisionConfigs: [] },
  ],
  [
    'GetScalingConfig',
    () => client.getScalingConfig('f', new models.GetScalingConfigRequest({ qualifier: 'LATEST' })),
    models.ScalingConfigStatus,
    {},
  ],
  [
    'GetProvisionConfig',
    () => client.getProvisionConfig('f', new models.GetProvisionConfigRequest({ qualifier: 'LATEST' })),
    models.ProvisionConfig,
    {},
  ],
  ['DeleteConcurrencyConfig', () => client.deleteConcurrencyConfig('f'), null, null],
  [
    'DeleteAsyncInvokeConfig',
    () => client.deleteAsyncInvokeConfig('f', new models.DeleteAsyncInvokeConfigRequest({})),
    null,
    null,
  ],
  ['DeleteTrigger', () => client.deleteTrigger('f', 't'), null, null],
  ['DeleteTrigger, the last', () => client.deleteTrigger('f', 'web'), null, null],
  ['DeleteFunction', () => client.deleteFunction('f'), null, null],
];

test.each(LIFE)('%s is answered as the client’s model reads it', async (_, call, model, part) => {
  await call();
  if (model === null) {
    expect([200, 204]).toContain(answered.statusCode);
    return;
  }
  expect(strangersTo(model as ModelType, answered.body, 'answer')).toEqual([]);
  expect(answered.body).toMatchObject(part ?? {});
});

test('nothing is left', () => {
  const kept = ['functions', 'triggers', 'code', 'async-invoke-configs', 'concurrency'];
  expect(kept.flatMap((collection) => wire.world.state.keysBetween(`fc.${collection}`))).toEqual([]);
});

const NOBODY: readonly (readonly [operation: string, call: () => Promise<unknown>])[] = [
  ['GetFunction', () => client.getFunction('nobody', new models.GetFunctionRequest({}))],
  ['DeleteFunction', () => client.deleteFunction('nobody')],
  ['CreateTrigger', () => client.createTrigger('nobody', trigger('t', 'timer', timer))],
  ['GetTrigger', () => client.getTrigger('nobody', 't')],
  ['DeleteTrigger', () => client.deleteTrigger('nobody', 't')],
  ['ListTriggers', () => client.listTriggers('nobody', new models.ListTriggersRequest({}))],
  ['PutAsyncInvokeConfig', () => client.putAsyncInvokeConfig('nobody', retries(1))],
  ['GetAsyncInvokeConfig', () => client.getAsyncInvokeConfig('nobody', new models.GetAsyncInvokeConfigRequest({}))],
  ['GetConcurrencyConfig', () => client.getConcurrencyConfig('nobody')],
  ['GetScalingConfig', () => client.getScalingConfig('nobody', new models.GetScalingConfigRequest({}))],
  ['ListVpcBindings', () => client.listVpcBindings('nobody')],
  ['InvokeFunction', () => client.invokeFunction('nobody', new models.InvokeFunctionRequest({}))],
];

test.each(NOBODY)('%s of an unknown function is not found', async (_, call) => {
  expect(await errorOf(call())).toBe('404 FunctionNotFound');
});

test('what the API has and the local cloud has not says so', async () => {
  expect(await errorOf(client.publishFunctionVersion('f', new models.PublishFunctionVersionRequest({})))).toBe(
    '400 PathNotSupported',
  );
});
