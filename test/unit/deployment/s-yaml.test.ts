import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSYaml } from '../../../cli/deployment/read-s-yaml';
import { FUNCTIONS, QUEUES } from '../../../functions/manifest';

const ROOT = join(__dirname, '..', '..', '..');
const TEXT = readFileSync(join(ROOT, 's.yaml'), 'utf8');
const ACCOUNT_ID = '1234567890123456';

const read = (
  text: string,
  environment: Record<string, string> = {},
  fileExists: (path: string) => boolean = () => true,
) => readSYaml({ text, file: 's.yaml', folder: ROOT, environment, accountId: ACCOUNT_ID, fileExists });

const ours = (environment: Record<string, string> = {}) => {
  const { deployments, problems } = read(TEXT, environment);
  expect(problems).toEqual([]);
  return deployments ?? [];
};

test("the project's own s.yaml is valid, and the code of every handler is built", () => {
  const { problems } = read(TEXT, {}, existsSync);
  expect(problems).toEqual([]);
});

test('it deploys the functions that there are, each queue to its own', () => {
  const deployments = ours();
  expect(deployments.map(({ name }) => name)).toEqual(FUNCTIONS);
  const folders = readdirSync(join(ROOT, 'functions'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...FUNCTIONS].sort());
  const queues = deployments.flatMap(({ props }) =>
    props.triggers.flatMap((trigger) =>
      trigger.triggerType === 'eventbridge'
        ? [trigger.triggerConfig.eventSourceConfig.eventSourceParameters.sourceMNSParameters.QueueName]
        : [],
    ),
  );
  expect(queues).toEqual(QUEUES.map((queue) => `trunkline-${queue}`));
});

test('region, deployment, bucket, instance and logs come from the environment where it has them', () => {
  const [intake] = ours({
    TRUNKLINE_REGION: 'eu-central-1',
    TRUNKLINE_DEPLOYMENT: 'second',
    TRUNKLINE_BUCKET: 'acme-topologies',
    TRUNKLINE_TABLESTORE_INSTANCE: 'acme',
    TRUNKLINE_LOG_PROJECT: 'acme-logs',
    TRUNKLINE_LOG_STORE: '',
  });
  expect(intake?.props).toMatchObject({
    region: 'eu-central-1',
    functionName: 'second-intake',
    role: 'second-intake',
    environmentVariables: {
      TRUNKLINE_DEPLOYMENT: 'second',
      TRUNKLINE_BUCKET: 'acme-topologies',
      TRUNKLINE_TABLESTORE_INSTANCE: 'acme',
      TRUNKLINE_TIMEOUT_SECONDS: '120',
    },
    // Empty is unset.
    logConfig: { project: 'acme-logs', logstore: 'functions' },
    asyncInvokeConfig: {
      destinationConfig: {
        onFailure: { destination: 'acs:mns:eu-central-1:1234567890123456:/queues/second-dead-letters/messages' },
      },
    },
  });
  expect(intake?.props.triggers).toMatchObject([
    {
      sourceArn: 'acs:oss:eu-central-1:1234567890123456:acme-topologies',
      invocationRole: 'second-oss-trigger',
      triggerConfig: { filter: { key: { prefix: 'topologies/', suffix: '' } } },
    },
    {
      triggerConfig: {
        eventSourceConfig: {
          eventSourceParameters: { sourceMNSParameters: { RegionId: 'eu-central-1', QueueName: 'second-intake' } },
        },
        runOptions: { deadLetterQueue: { Arn: 'acs:mns:eu-central-1:1234567890123456:/queues/second-dead-letters' } },
      },
    },
  ]);
});

test('code that is not built is told, with what builds it', () => {
  const { problems } = read(TEXT, {}, (path) => !path.endsWith('/dist/functions/cen/index.js'));
  expect(problems).toMatchObject([
    {
      code: 'handler-missing',
      message: 'there is no ./dist/functions/cen/index.js',
      line: lineOf('  cen:', 'handler:'),
    },
  ]);
  expect(problems[0]?.remedy).toMatch('npm run build');
});

/** The line of `mark` behind the first line that is `section`, both from 1; `mark` may be any part of its line. */
function lineOf(section: string, mark: string, text = TEXT): number {
  const lines = text.split('\n');
  const from = lines.indexOf(section);
  if (from < 0) throw new Error(`no line is ${section}`);
  const line = lines.findIndex((one, index) => index >= from && one.includes(mark));
  if (line < 0) throw new Error(`${mark} is not below ${section}`);
  return line + 1;
}

interface Mutation {
  /** Why it must be refused. */
  reason: string;
  section: string;
  replace: string;
  by: string;
  code: string;
  /** Part of the line that is told, where it is not the first of what was written. */
  at?: string;
}

/** Changes the first line below the section that has the text. */
function mutate({ section, replace, by }: Mutation): string {
  const lines = TEXT.split('\n');
  const index = lineOf(section, replace) - 1;
  lines[index] = (lines[index] ?? '').replace(replace, by);
  return lines.join('\n');
}

const INTAKE = '  intake:';
const WEBHOOK = '  webhook:';
const GATEWAY = '  gateway:';
const SWEEP = '  sweep:';
const RUN = '  run:';

const mutations: Mutation[] = [
  {
    reason: 'another component sends something else',
    section: GATEWAY,
    replace: "${env('FC_COMPONENT', 'fc3')}",
    by: 'https://example.com/fc3.zip',
    code: 'component',
  },
  {
    reason: 'bundles export handler alone',
    section: GATEWAY,
    replace: 'index.handler',
    by: 'index.hander',
    code: 'handler-missing',
  },
  {
    reason: 'two sweeps at once send the same',
    section: SWEEP,
    replace: 'reservedConcurrency: 1',
    by: 'reservedConcurrency: 2',
    code: 'concurrency',
  },
  {
    reason: 'intake’s role reads nothing else',
    section: INTAKE,
    replace: 'prefix: topologies/',
    by: 'prefix: inbox/',
    code: 'oss-prefix',
  },
  {
    reason: 'OSS takes no capitals and no underscores',
    section: INTAKE,
    replace: 'TRUNKLINE_BUCKET: ${vars.bucket}',
    by: 'TRUNKLINE_BUCKET: My_Bucket',
    code: 'bucket-name',
  },
  {
    reason: 'another edition is read by the old engine',
    section: 'edition: 3.0.0',
    replace: '3.0.0',
    by: '1.0.0',
    code: 'invalid-value',
  },
  {
    reason: 'the component passes over a misspelt key',
    section: INTAKE,
    replace: 'memorySize:',
    by: 'memorySise:',
    code: 'unknown-key',
  },
  {
    reason: 'the service counts memory in steps of 64 MB',
    section: INTAKE,
    replace: 'memorySize: 1024',
    by: 'memorySize: 500',
    code: 'invalid-value',
  },
  { reason: 'a vCPU goes with 1 to 4 GB', section: INTAKE, replace: 'cpu: 0.5', by: 'cpu: 2', code: 'cpu-ratio' },
  {
    reason: 'a day is the longest',
    section: INTAKE,
    replace: 'timeout: 120',
    by: 'timeout: 90000',
    code: 'invalid-value',
  },
  {
    reason: 'the service has no such runtime',
    section: INTAKE,
    replace: 'nodejs20',
    by: 'nodejs22',
    code: 'invalid-value',
  },
  {
    reason: 'a handler is a file and an export',
    section: INTAKE,
    replace: 'index.handler',
    by: 'handler',
    code: 'invalid-value',
  },
  {
    reason: "another function's code",
    section: INTAKE,
    replace: './dist/functions/intake',
    by: './dist/functions/report',
    code: 'code-folder',
  },
  {
    reason: 'roles and triggers name functions so',
    section: INTAKE,
    replace: 'functionName: ${vars.deployment}-intake',
    by: 'functionName: ${vars.deployment}-in',
    code: 'name',
  },
  {
    reason: 'bootstrap makes no such role',
    section: INTAKE,
    replace: 'role: ${vars.deployment}-intake',
    by: 'role: ${vars.deployment}-intak',
    code: 'role-unknown',
  },
  {
    reason: 'no function may do what another one may',
    section: GATEWAY,
    replace: 'role: ${vars.deployment}-gateway',
    by: 'role: ${vars.deployment}-intake',
    code: 'role-unknown',
  },
  {
    reason: 'auto asks the log service at every deployment',
    section: INTAKE,
    replace: 'logConfig: ${vars.logs}',
    by: 'logConfig: auto',
    code: 'invalid-value',
  },
  {
    reason: 'there is no function of that name',
    section: SWEEP,
    replace: 'sweep:',
    by: 'sweap:',
    code: 'unknown-function',
  },
  {
    reason: 'the service keeps FC_ to itself',
    section: INTAKE,
    replace: 'TRUNKLINE_TIMEOUT_SECONDS',
    by: 'FC_TIMEOUT_SECONDS',
    code: 'environment-reserved',
  },
  {
    reason: 'no function reads it',
    section: INTAKE,
    replace: 'TRUNKLINE_TIMEOUT_SECONDS',
    by: 'TRUNKLINE_TIMEOUT',
    code: 'environment-unknown',
  },
  { reason: 'the service takes texts only', section: INTAKE, replace: "'120'", by: '120', code: 'invalid-value' },
  {
    reason: 'it would begin what it cannot end',
    section: INTAKE,
    replace: "'120'",
    by: "'600'",
    code: 'environment-timeout',
  },
  {
    reason: '4 KB are allowed',
    section: INTAKE,
    replace: "'120'",
    by: `'${'1'.repeat(4_100)}'`,
    code: 'environment-size',
    at: 'environmentVariables:',
  },
  {
    reason: 'every event would fail without it',
    section: INTAKE,
    replace: 'TRUNKLINE_BUCKET: ${vars.bucket}',
    by: "TRUNKLINE_BUCKET: ''",
    code: 'environment-missing',
    at: 'environmentVariables:',
  },
  {
    reason: 'it would not find the tables',
    section: GATEWAY,
    replace: '${vars.tablestore}',
    by: 'other',
    code: 'different-place',
  },
  {
    reason: 'triggers reach no other region',
    section: GATEWAY,
    replace: 'region: ${vars.region}',
    by: 'region: cn-hangzhou',
    code: 'different-place',
  },
  {
    reason: 'a secret in the environment is shown by the console',
    section: INTAKE,
    replace: 'TRUNKLINE_TIMEOUT_SECONDS',
    by: 'WEBHOOK_SECRET',
    code: 'secret',
  },
  {
    reason: 'an access key',
    section: INTAKE,
    replace: 'description: ',
    by: 'description: LTAI5tTrunklineLocal0001 ',
    code: 'secret',
  },
  {
    reason: "an account's id makes it nobody else's file",
    section: INTAKE,
    replace: "${config('AccountID')}",
    by: '1234567890123456',
    code: 'secret',
  },
  {
    reason: 'a key may not be put into a function',
    section: INTAKE,
    replace: "${config('AccountID')}",
    by: "${config('AccessKeySecret')}",
    code: 'secret',
  },
  {
    reason: 'known only where all are deployed at once',
    section: INTAKE,
    replace: 'role: ${vars.deployment}-intake',
    by: 'role: ${resources.webhook.output.role}',
    code: 'resource-reference',
  },
  {
    reason: 'there is no such variable',
    section: INTAKE,
    replace: '${vars.region}',
    by: '${vars.regio}',
    code: 'variable-unknown',
  },
  {
    reason: 'it has no default',
    section: 'vars:',
    replace: "env('TRUNKLINE_BUCKET', 'trunkline-topologies')",
    by: "env('TRUNKLINE_BUCKET')",
    code: 'variable-unset',
  },
  {
    reason: 'a function of the tool that is not followed here',
    section: INTAKE,
    replace: '${vars.region}',
    by: "${file('region')}",
    code: 'variable-unknown',
  },
  {
    reason: 'a variable of itself',
    section: 'vars:',
    replace: "${env('TRUNKLINE_REGION', 'us-east-1')}",
    by: '${vars.region}',
    code: 'variable-depth',
  },
  {
    reason: 'a mapping is no part of a text',
    section: INTAKE,
    replace: '${vars.deployment}-intake',
    by: '${vars.logs}-intake',
    code: 'variable-in-text',
  },
  { reason: 'not closed', section: INTAKE, replace: '${vars.region}', by: '${vars.region', code: 'variable-syntax' },
  {
    reason: 'nobody reads a failure that goes nowhere',
    section: '  kept:',
    replace: '-dead-letters/messages',
    by: '-dead/messages',
    code: 'dead-letters',
  },
  {
    reason: 'eight tries more are the most',
    section: INTAKE,
    replace: 'maxAsyncRetryAttempts: 3',
    by: 'maxAsyncRetryAttempts: 9',
    code: 'invalid-value',
  },
  {
    reason: 'another alias, and every deployment tells of it',
    section: INTAKE,
    replace: 'qualifier: LATEST',
    by: 'qualifier: live',
    code: 'invalid-value',
  },
  {
    reason: 'a limit of none stops the function',
    section: INTAKE,
    replace: 'reservedConcurrency: 4',
    by: 'reservedConcurrency: 0',
    code: 'invalid-value',
  },
  {
    reason: 'the service knows no such trigger',
    section: INTAKE,
    replace: 'triggerType: oss',
    by: 'triggerType: os',
    code: 'invalid-value',
  },
  {
    reason: 'the bucket that the function reads',
    section: INTAKE,
    replace: ':${vars.bucket}',
    by: ':other',
    code: 'source-arn',
  },
  {
    reason: 'the ARN of a bucket has the region',
    section: INTAKE,
    replace: 'acs:oss:${vars.region}',
    by: 'acs:oss:oss-${vars.region}',
    code: 'source-arn',
  },
  {
    reason: 'only this role trusts OSS',
    section: INTAKE,
    replace: '-oss-trigger',
    by: '-sweep',
    code: 'role-unknown',
  },
  {
    reason: 'there is no such event',
    section: INTAKE,
    replace: 'oss:ObjectRemoved:DeleteObjects',
    by: 'oss:ObjectRemoved:*',
    code: 'invalid-value',
  },
  {
    reason: 'intake answers below reports/',
    section: INTAKE,
    replace: 'prefix: topologies/',
    by: 'prefix: reports/',
    code: 'oss-prefix',
  },
  {
    reason: 'it is above what is written',
    section: INTAKE,
    replace: 'prefix: topologies/',
    by: 'prefix: re',
    code: 'oss-prefix',
  },
  {
    reason: 'keys begin without a slash',
    section: INTAKE,
    replace: 'prefix: topologies/',
    by: 'prefix: /topologies/',
    code: 'oss-prefix',
  },
  {
    reason: 'an empty prefix is every key',
    section: INTAKE,
    replace: 'prefix: topologies/',
    by: "prefix: ''",
    code: 'invalid-value',
  },
  {
    reason: 'ticketing systems do not sign as the cloud does',
    section: WEBHOOK,
    replace: 'anonymous',
    by: 'function',
    code: 'http-auth',
  },
  {
    reason: 'no authentication is called so',
    section: WEBHOOK,
    replace: 'anonymous',
    by: 'nobody',
    code: 'invalid-value',
  },
  { reason: 'a topology comes by POST', section: WEBHOOK, replace: '[GET, POST]', by: '[GET]', code: 'http-methods' },
  {
    reason: 'nobody could call it',
    section: WEBHOOK,
    replace: 'disableURLInternet: false',
    by: 'disableURLInternet: true',
    code: 'http-internet',
  },
  {
    reason: 'five fields are a cron of others',
    section: SWEEP,
    replace: '@every 1m',
    by: '* * * * *',
    code: 'timer-cron',
  },
  { reason: 'an hour has 60 minutes', section: SWEEP, replace: '@every 1m', by: '0 61 * * * *', code: 'timer-cron' },
  {
    reason: 'the service counts in minutes',
    section: SWEEP,
    replace: '@every 1m',
    by: '@every 30s',
    code: 'timer-cron',
  },
  {
    reason: 'lost messages would stay lost',
    section: SWEEP,
    replace: 'enable: true',
    by: 'enable: false',
    code: 'timer-off',
  },
  { reason: 'one poisoned message would block the stream', section: RUN, replace: 'ALL', by: 'NONE', code: 'stream' },
  {
    reason: 'a poisoned message would be tried for a day',
    section: RUN,
    replace: 'BACKOFF_RETRY',
    by: 'EXPONENTIAL_DECAY_RETRY',
    code: 'stream',
  },
  {
    reason: 'a batch is tried again whole',
    section: RUN,
    replace: 'CountBasedWindow: 1',
    by: 'CountBasedWindow: 10',
    code: 'stream',
  },
  { reason: 'what is given up would be dropped', section: RUN, replace: 'Arn:', by: 'arn:', code: 'unknown-key' },
  {
    reason: 'a queue that bootstrap does not make',
    section: RUN,
    replace: '-dead-letters',
    by: '-dead',
    code: 'dead-letters',
  },
  {
    reason: 'functions read data.messageBody',
    section: '  sink:',
    replace: 'CloudEvents',
    by: 'RawData',
    code: 'stream',
  },
  {
    reason: 'a message would be gone before it is worked on',
    section: GATEWAY,
    replace: 'asyncInvocationType: false',
    by: 'asyncInvocationType: true',
    code: 'stream',
  },
  {
    reason: 'what the filter keeps back is lost',
    section: GATEWAY,
    replace: "'{}'",
    by: '\'{"type":["x"]}\'',
    code: 'stream',
  },
  {
    reason: 'there is no such queue',
    section: GATEWAY,
    replace: 'QueueName: ${vars.deployment}-gateway',
    by: 'QueueName: ${vars.deployment}-gate',
    code: 'queue-unknown',
  },
  {
    reason: "another function's queue",
    section: GATEWAY,
    replace: 'QueueName: ${vars.deployment}-gateway',
    by: 'QueueName: ${vars.deployment}-tunnel',
    code: 'queue-reader',
  },
  {
    reason: 'queue and function are in one region',
    section: GATEWAY,
    replace: 'RegionId: ${vars.region}',
    by: 'RegionId: cn-hangzhou',
    code: 'stream-region',
  },
  {
    reason: 'the service has no role of such a trigger',
    section: GATEWAY,
    replace: 'triggerType: eventbridge',
    by: 'invocationRole: ${vars.deployment}-oss-trigger\n          triggerType: eventbridge',
    code: 'stream-role',
  },
  {
    reason: 'a stream waits for five minutes',
    section: '  report:',
    replace: 'timeout: 300',
    by: 'timeout: 600',
    code: 'stream-timeout',
    at: 'triggerName: queue',
  },
  {
    reason: 'two triggers of one name are one',
    section: INTAKE,
    replace: 'triggerName: topologies',
    by: 'triggerName: queue',
    code: 'trigger-twice',
    at: 'triggerName: queue',
  },
  {
    reason: 'the engine would run nothing',
    section: 'actions:',
    replace: 'pre-deploy',
    by: 'predeploy',
    code: 'unknown-key',
  },
];

/** Where it is told: the line that was changed, unless said otherwise. */
test.each(mutations.map((mutation) => [mutation.reason, mutation] as const))(
  'refused, because: %s',
  (_reason, mutation) => {
    const { deployments, problems } = read(mutate(mutation));
    expect(deployments).toBeNull();
    const line = lineOf(mutation.section, mutation.at ?? mutation.replace);
    expect(problems.map((problem) => `${problem.code} ${problem.line}`)).toContain(`${mutation.code} ${line}`);
    for (const { file, column, message, remedy } of problems) {
      expect(file).toBe('s.yaml');
      expect(column).toBeGreaterThan(0);
      expect(message).not.toMatch(/LTAI5t/);
      expect(remedy).not.toBe('');
    }
  },
);

/** A block of lines: from the first that begins it to the last before the first that is indented less. */
function block(section: string, first: string): string[] {
  const lines = TEXT.split('\n');
  const from = lineOf(section, first) - 1;
  const indent = (lines[from] ?? '').search(/\S/);
  const length = lines.slice(from + 1).findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent);
  return lines.slice(from, length < 0 ? undefined : from + 1 + length);
}

const without = (section: string, first: string): string => TEXT.replace(`${block(section, first).join('\n')}\n`, '');

function eventBridgeFirst(): string {
  const [oss, queue] = [block(INTAKE, '- triggerName: topologies'), block(INTAKE, '- triggerName: queue')];
  const both = [...oss, ...queue].join('\n');
  expect(TEXT).toContain(both);
  return TEXT.replace(both, [...queue.filter((line) => line !== ''), ...oss, ''].join('\n'));
}

const secondOss = (prefix: string): string => {
  const oss = block(INTAKE, '- triggerName: topologies').join('\n');
  const second = oss.replace('triggerName: topologies', 'triggerName: second').replace('prefix: topologies/', prefix);
  return TEXT.replace(oss, `${oss}\n${second}`);
};

/** Another function's triggers, in front of the function's own or instead of them. */
function withTriggersOf(of: string, section: string, place: 'in front' | 'instead'): string {
  const own = block(section, 'triggers:');
  const kept = place === 'in front' ? own.slice(1) : [];
  return TEXT.replace(own.join('\n'), () => [...block(of, 'triggers:'), ...kept].join('\n'));
}

const structures: [reason: string, text: () => string, problems: string[]][] = [
  [
    'the component deploys nothing behind an eventbridge trigger that has not changed',
    eventBridgeFirst,
    ['eventbridge-last triggerType'],
  ],
  [
    'OSS refuses the second of two that watch the same',
    () => secondOss('prefix: topologies/'),
    ['oss-overlap - triggerName: second'],
  ],
  [
    'so it does where one is within the other',
    () => secondOss('prefix: topologies/new/'),
    ['oss-overlap - triggerName: second'],
  ],
  [
    'an http trigger opens the function to everybody',
    () => withTriggersOf(WEBHOOK, GATEWAY, 'in front'),
    ['trigger-unwanted triggerType: http'],
  ],
  [
    'without its timer nothing sends what was lost',
    () => withTriggersOf(WEBHOOK, SWEEP, 'instead'),
    ['trigger-missing triggers:', 'trigger-unwanted triggerType: http'],
  ],
  [
    'without its trigger no file is taken',
    () => without(INTAKE, '- triggerName: topologies'),
    ['trigger-missing triggers:'],
  ],
  [
    'the function’s role may not send to the dead-letter queue',
    () =>
      TEXT.replace(
        `${block(WEBHOOK, 'concurrencyConfig:').join('\n')}`,
        (own) => `${block(SWEEP, 'asyncInvokeConfig:').join('\n')}\n${own}`,
      ),
    ['async-unkept asyncInvokeConfig:'],
  ],
  [
    'functions find nothing that was not bootstrapped',
    () => without('actions:', '- run: node dist/cli/trunkline.js bootstrap'),
    ['pre-deploy pre-deploy:'],
  ],
  [
    'one slow answer would be the end of a function',
    () =>
      TEXT.replaceAll('timeout: 30', 'timeout: 10').replaceAll(
        "TRUNKLINE_TIMEOUT_SECONDS: '30'",
        "TRUNKLINE_TIMEOUT_SECONDS: '10'",
      ),
    ['timeout-short timeout: 10'],
  ],
  ['a run would stop at its step', () => without('resources:', '  cen:'), ['missing-function resources:']],
  [
    'what is sent to the queue would wait without end',
    () => without(INTAKE, '- triggerName: queue'),
    ['queue-unread triggers:'],
  ],
  [
    'a file removed with others would keep its network',
    () => without(INTAKE, '- oss:ObjectRemoved:DeleteObjects'),
    ['oss-events events:'],
  ],
  ['an event that fails for good would be lost', () => without(INTAKE, 'asyncInvokeConfig:'), ['async-missing props:']],
  [
    'without a dead-letter queue what is given up is dropped',
    () => without(RUN, 'deadLetterQueue:'),
    ['invalid-value run:'],
  ],
  ['no two resources are one', () => `${TEXT}\n  sweep: {}\n`, ['duplicate-key   sweep: {}']],
  ['it is no YAML', () => `${TEXT}\n  - x: [\n`, ['syntax   - x: [']],
  ['it is empty', () => '', ['invalid-value ', 'missing-function ']],
];

test.each(structures)('refused, because %s', (_reason, text, expected) => {
  const changed = text();
  const { deployments, problems } = read(changed);
  expect(deployments).toBeNull();
  const lines = changed.split('\n');
  const told = problems.map(({ code, line }) => `${code} ${lines[(line ?? 0) - 1] ?? ''}`);
  for (const one of expected) {
    const [code, ...mark] = one.split(' ');
    expect(told).toContainEqual(
      expect.stringMatching(new RegExp(`^${code} .*${mark.join(' ').replace(/[[\]{}]/g, '\\$&')}`)),
    );
  }
});

test('all problems come at once, in the order of the file, and what follows from one is told no more', () => {
  const change = (text: string, section: string, replace: string, by: string): string => {
    const lines = text.split('\n');
    const index = lineOf(section, replace) - 1;
    lines[index] = (lines[index] ?? '').replace(replace, by);
    return lines.join('\n');
  };
  let changed = change(TEXT, INTAKE, 'prefix: topologies/', 'prefix: runs/');
  changed = change(changed, WEBHOOK, 'logConfig:', 'logConf:');
  changed = change(changed, GATEWAY, 'region: ${vars.region}', "region: ${env('GATEWAY_REGION')}");
  changed = change(changed, SWEEP, '@every 1m', 'never');
  const { problems } = read(changed);
  expect(problems.map(({ code, line }) => `${code} ${line}`)).toEqual([
    `oss-prefix ${lineOf(INTAKE, 'prefix:')}`,
    // logConfig is missing.
    `invalid-value ${lineOf(WEBHOOK, 'props:')}`,
    `unknown-key ${lineOf(WEBHOOK, 'logConfig:')}`,
    `variable-unset ${lineOf(GATEWAY, 'region:')}`,
    `timer-cron ${lineOf(SWEEP, 'cronExpression:')}`,
  ]);
});

test('a mistake in a variable is told once, where the variable stands', () => {
  const { problems } = read(TEXT.replace('PushRetryStrategy: BACKOFF_RETRY', 'PushRetryStrategy: BACKOFF'));
  expect(problems.map(({ code, line }) => `${code} ${line}`)).toEqual([
    `invalid-value ${lineOf(RUN, 'PushRetryStrategy')}`,
  ]);
});

test('a file of keys that nobody knows is told a hundred problems, none of which moves the terminal’s cursor', () => {
  const keys = Array.from({ length: 1_000 }, (_, index) => `"\\e[2J${index}": 1`);
  const { deployments, problems } = read(keys.join('\n'));
  expect(deployments).toBeNull();
  expect(problems).toHaveLength(100);
  for (const { message } of problems) expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
