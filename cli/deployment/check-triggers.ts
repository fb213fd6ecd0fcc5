/** A function's triggers, each as its type needs it: the component looks at none of this. */
import { Cron } from 'croner';
import { QUEUES } from '../../functions/manifest';
import { WRITTEN_PREFIXES } from '../../shared/engine/objects';
import { error, type Finding, type Path } from '../../shared/topology/finding';
import { bucketArn, deadLetters, roleName } from './account-names';
import type { CheckContext } from './check-deployments';
import { type Deployment, OSS_EVENTS, type TriggerProps } from './deployment';

type OfType<Type extends TriggerProps['triggerType']> = Extract<TriggerProps, { triggerType: Type }>;
type Tell = (key: Path, code: string, message: string, remedy: string) => void;

/**
 * What starts each function beside its queue; nothing else may. A handler throws away what it does not know, and an
 * http trigger is open to everybody.
 */
const BESIDE_QUEUES: Readonly<Record<string, TriggerProps['triggerType']>> = {
  intake: 'oss',
  webhook: 'http',
  sweep: 'timer',
};

function typesOf(name: string): TriggerProps['triggerType'][] {
  const type = BESIDE_QUEUES[name];
  return [...(type ? [type] : []), ...(QUEUES.some((queue) => queue === name) ? (['eventbridge'] as const) : [])];
}

export function checkTriggers(deployment: Deployment, { accountId }: CheckContext): Finding[] {
  const { name, props } = deployment;
  const findings: Finding[] = [];
  const types = typesOf(name);
  // That nothing reads a queue is told with the queue (check-deployments.ts).
  for (const type of types)
    if (type !== 'eventbridge' && !props.triggers.some(({ triggerType }) => triggerType === type))
      findings.push(
        error(['resources', name, 'props', 'triggers'], {
          code: 'trigger-missing',
          message: `${name} has no trigger of type ${type}`,
          remedy: 'Add it: nothing else begins what it begins.',
        }),
      );
  for (const [index, trigger] of props.triggers.entries()) {
    const tell: Tell = (key, code, message, remedy) => {
      findings.push(error(['resources', name, 'props', 'triggers', index, ...key], { code, message, remedy }));
    };
    checkPlace(props.triggers, index, tell);
    if (types.length > 0 && !types.includes(trigger.triggerType))
      tell(
        ['triggerType'],
        'trigger-unwanted',
        `${name} is started by ${types.join(' and ')}, not by ${trigger.triggerType}`,
        'Remove it: the function does not know such events.',
      );
    switch (trigger.triggerType) {
      case 'oss':
        checkOss(trigger, deployment, accountId, tell);
        break;
      case 'http':
        checkHttp(trigger, tell);
        break;
      case 'timer':
        checkTimer(trigger, tell);
        break;
      case 'eventbridge':
        checkStream(trigger, deployment, accountId, tell);
    }
  }
  return findings;
}

function checkPlace(triggers: readonly TriggerProps[], index: number, tell: Tell): void {
  const trigger = triggers[index];
  if (triggers.findIndex(({ triggerName }) => triggerName === trigger?.triggerName) < index)
    tell(
      ['triggerName'],
      'trigger-twice',
      `another trigger is called ${trigger?.triggerName}`,
      'Give it another name.',
    );
  if (trigger?.triggerType !== 'eventbridge' && triggers[index - 1]?.triggerType === 'eventbridge')
    tell(
      ['triggerType'],
      'eventbridge-last',
      'it stands behind an eventbridge trigger',
      'Put eventbridge triggers last: the component deploys nothing behind one that has not changed.',
    );
}

/** As the use case take-files has it (functions/permissions.ts). */
const READ_PREFIX = 'topologies/';

function checkOss(trigger: OfType<'oss'>, { props }: Deployment, accountId: string, tell: Tell): void {
  const { sourceArn, triggerConfig } = trigger;
  const { prefix } = triggerConfig.filter.key;
  const wanted = bucketArn(props, accountId);
  if (sourceArn !== wanted)
    tell(['sourceArn'], 'source-arn', `the source is not ${wanted}`, 'Name the bucket that the function reads.');
  checkRole(trigger, roleName(props, 'oss-trigger', 'oss.aliyuncs.com'), tell);
  const at = ['triggerConfig', 'filter', 'key', 'prefix'];
  if (prefix.startsWith('/') || !prefix.endsWith('/'))
    tell(at, 'oss-prefix', `${prefix} is no folder`, 'Write a name and a slash: keys begin without one.');
  else if (!WRITTEN_PREFIXES.some((written) => prefix.startsWith(written)) && !prefix.startsWith(READ_PREFIX))
    tell(at, 'oss-prefix', `the function may not read ${prefix}`, `Write ${READ_PREFIX}: its role has no more.`);
  for (const written of WRITTEN_PREFIXES)
    if (written.startsWith(prefix) || prefix.startsWith(written))
      tell(at, 'oss-prefix', `functions write below ${written}`, 'Watch another prefix: they would start each other.');
  const missing = OSS_EVENTS.filter((event) => !triggerConfig.events.includes(event));
  if (missing.length > 0)
    tell(
      ['triggerConfig', 'events'],
      'oss-events',
      `it does not watch ${missing.join(', ')}`,
      'Add them: a file that was removed by another call would keep its network.',
    );
}

function checkHttp({ triggerConfig }: OfType<'http'>, tell: Tell): void {
  const { authType, methods } = triggerConfig;
  if (authType !== 'anonymous')
    tell(
      ['triggerConfig', 'authType'],
      'http-auth',
      'ticketing systems do not sign as Alibaba Cloud does',
      'Write anonymous: the function checks the signature of each delivery.',
    );
  for (const method of ['GET', 'POST'] as const)
    if (!methods.includes(method))
      tell(
        ['triggerConfig', 'methods'],
        'http-methods',
        `${method} is missing`,
        'It takes topologies by POST and tells by GET.',
      );
  if (triggerConfig.disableURLInternet)
    tell(['triggerConfig', 'disableURLInternet'], 'http-internet', 'nobody could reach it', 'Write false.');
}

/** Of `@every`, whole minutes or hours: the service counts in minutes. */
const EVERY = /^@every [1-9]\d{0,3}[mh]$/;
const ZONE = /^CRON_TZ=([\w/+-]+) /;
/** Seconds, minutes, hours, day, month, day of the week. */
const FIELDS = 6;

function checkTimer({ triggerConfig }: OfType<'timer'>, tell: Tell): void {
  const { cronExpression, enable } = triggerConfig;
  const at = ['triggerConfig', 'cronExpression'];
  const remedy = "Write '@every 1m', or six fields from seconds to the day of the week, in UTC.";
  if (!enable) tell(['triggerConfig', 'enable'], 'timer-off', 'it never starts the function', 'Write true.');
  if (EVERY.test(cronExpression)) return;
  const fields = cronExpression.replace(ZONE, '');
  if (fields.trim().split(/\s+/).length !== FIELDS || !isPattern(fields, ZONE.exec(cronExpression)?.[1] ?? 'UTC'))
    tell(at, 'timer-cron', `${cronExpression} is no time`, remedy);
}

function isPattern(pattern: string, timezone: string): boolean {
  try {
    return new Cron(pattern, { timezone, paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

/** Values that the service takes, and the functions or the runs do not: path, what it must be, why. */
const STREAM: readonly [path: string, wanted: string | number | boolean, reason: string][] = [
  ['triggerEnable', true, 'the queue would not be read'],
  ['asyncInvocationType', false, 'the stream would drop a message before the function has succeeded'],
  ['eventRuleFilterPattern', '{}', 'a message that the filter keeps back is lost'],
  [
    'eventSourceConfig.eventSourceParameters.sourceMNSParameters.IsBase64Decode',
    true,
    'messages are sent in base64, and functions read them decoded',
  ],
  ['eventSinkConfig.deliveryOption.eventSchema', 'CloudEvents', 'functions read data.messageBody'],
  ['runOptions.errorsTolerance', 'ALL', 'one poisoned message would block the stream'],
  ['runOptions.retryStrategy.PushRetryStrategy', 'BACKOFF_RETRY', 'the other one tries a poisoned message for a day'],
  ['runOptions.batchWindow.CountBasedWindow', 1, 'a batch is tried again whole'],
  ['runOptions.batchWindow.TimeBasedWindow', 0, 'a message would wait for others'],
];

/** A synchronous push is cut off then. */
const LONGEST_PUSH_SECONDS = 300;

function checkStream(trigger: OfType<'eventbridge'>, { props }: Deployment, accountId: string, tell: Tell): void {
  const { triggerConfig } = trigger;
  const prefix = `${props.environmentVariables.TRUNKLINE_DEPLOYMENT}-`;
  if (trigger.invocationRole !== undefined)
    tell(
      ['invocationRole'],
      'stream-role',
      'an eventbridge trigger has no role of its own: every deployment would write it again',
      "Remove it: EventBridge takes the account's two roles AliyunServiceRoleForEventBridgeSendToFC and …SendToMNS.",
    );
  for (const [path, wanted, reason] of STREAM) {
    const keys = path.split('.');
    if (valueAt(triggerConfig, keys) !== wanted)
      tell(['triggerConfig', ...keys], 'stream', `${keys.at(-1)} must be ${wanted}: ${reason}`, `Write ${wanted}.`);
  }
  const source = ['triggerConfig', 'eventSourceConfig', 'eventSourceParameters', 'sourceMNSParameters'];
  const { RegionId, QueueName } = triggerConfig.eventSourceConfig.eventSourceParameters.sourceMNSParameters;
  if (RegionId !== props.region)
    tell([...source, 'RegionId'], 'stream-region', `the queue would be in ${RegionId}`, `Write ${props.region}.`);
  if (!QUEUES.some((queue) => QueueName === `${prefix}${queue}`))
    tell(
      [...source, 'QueueName'],
      'queue-unknown',
      `there is no queue ${QueueName}`,
      `They are ${QUEUES.join(', ')}, behind ${prefix}.`,
    );
  const wanted = deadLetters(props, accountId);
  if (triggerConfig.runOptions.deadLetterQueue.Arn !== wanted)
    tell(
      ['triggerConfig', 'runOptions', 'deadLetterQueue', 'Arn'],
      'dead-letters',
      `it is not ${wanted}`,
      'Use the dead-letter queue that bootstrap makes.',
    );
  if (props.timeout > LONGEST_PUSH_SECONDS)
    tell(
      [],
      'stream-timeout',
      `the function may take ${props.timeout} seconds`,
      `A stream waits for ${LONGEST_PUSH_SECONDS}.`,
    );
}

function checkRole({ invocationRole }: { invocationRole: string }, wanted: string | null, tell: Tell): void {
  if (invocationRole !== wanted)
    tell(
      ['invocationRole'],
      'role-unknown',
      `${invocationRole} may not start it`,
      `Bootstrap makes ${wanted} for that.`,
    );
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
