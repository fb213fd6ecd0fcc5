/** What no single entry of s.yaml shows: that it deploys the functions that there are, and that they fit together. */
import { FUNCTIONS, QUEUES } from '../../functions/manifest';
import { error, type Finding } from '../../shared/topology/finding';
import { checkFunction } from './check-function';
import { checkTriggers } from './check-triggers';
import type { Deployment, TriggerProps } from './deployment';

export interface CheckContext {
  accountId: string;
  /** Those that could be read. */
  deployments: readonly Deployment[];
  /** Names of all. */
  resources: readonly string[];
  fileExists(path: string): boolean;
}

export function checkDeployments(context: CheckContext): Finding[] {
  const { deployments } = context;
  return [
    ...checkNames(context),
    ...checkOnePlace(deployments),
    ...deployments.flatMap((deployment) => [
      ...checkFunction(deployment, context),
      ...checkTriggers(deployment, context),
    ]),
    ...checkQueues(context),
    ...checkOverlaps(deployments),
  ];
}

const names: readonly string[] = FUNCTIONS;

function checkNames({ resources }: CheckContext): Finding[] {
  const unknown = resources.filter((name) => !names.includes(name));
  const missing = names.filter((name) => !resources.includes(name));
  return [
    ...unknown.map((name) =>
      error(['resources', name], {
        code: 'unknown-function',
        message: `there is no function ${name}`,
        remedy: `functions/manifest.ts names them: ${names.join(', ')}.`,
        atKey: true,
      }),
    ),
    ...missing.map((name) =>
      error(['resources'], {
        code: 'missing-function',
        message: `the function ${name} is not deployed`,
        remedy: `Add resources.${name}: without it runs stop at its step.`,
      }),
    ),
  ];
}

/** Region, deployment, bucket and tables are the first function's: the others must find what it writes. */
function checkOnePlace([first, ...others]: readonly Deployment[]): Finding[] {
  if (!first) return [];
  const bucket = first.props.environmentVariables.TRUNKLINE_BUCKET ?? '';
  const named = error(['resources', first.name, 'props', 'environmentVariables', 'TRUNKLINE_BUCKET'], {
    code: 'bucket-name',
    message: `${bucket} is no name of a bucket`,
    remedy: 'Use 3 to 63 lower-case letters, digits and hyphens, no hyphen at either end.',
  });
  const shared = ['TRUNKLINE_DEPLOYMENT', 'TRUNKLINE_BUCKET', 'TRUNKLINE_TABLESTORE_INSTANCE'];
  const different = others.flatMap(({ name, props }) => {
    const at = ['resources', name, 'props'];
    const differs = (path: string[], wanted: string | undefined): Finding =>
      error(path, {
        code: 'different-place',
        message: `${path.at(-1)} differs from that of ${first.name}, which is ${wanted}`,
        remedy: 'All functions share one region, deployment, bucket and instance: use the variable.',
      });
    return [
      ...(props.region === first.props.region ? [] : [differs([...at, 'region'], first.props.region)]),
      ...shared
        .filter((key) => props.environmentVariables[key] !== first.props.environmentVariables[key])
        .map((key) => differs([...at, 'environmentVariables', key], first.props.environmentVariables[key])),
    ];
  });
  return [...(BUCKET.test(bucket) ? [] : [named]), ...different];
}

/** OSS's rule. */
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Each queue is read by its function, once: a second stream would take messages from the first. */
function checkQueues({ deployments, resources }: CheckContext): Finding[] {
  return QUEUES.flatMap((queue) => {
    const reader = deployments.find(({ name }) => name === queue);
    if (!reader) return [];
    const wanted = `${reader.props.environmentVariables.TRUNKLINE_DEPLOYMENT}-${queue}`;
    const streams = deployments.flatMap(({ name, props }) =>
      props.triggers.flatMap((trigger, index) =>
        queueOf(trigger) === wanted ? [{ name, path: ['resources', name, 'props', 'triggers', index] }] : [],
      ),
    );
    const wrong = streams.filter(
      ({ name }, index) => name !== queue || index !== streams.findIndex((one) => one.name === queue),
    );
    const told = wrong.map(({ path }) =>
      error([...path, ...QUEUE_NAME], {
        code: 'queue-reader',
        message: `the queue ${wanted} has another stream already, or belongs to ${queue}`,
        remedy: `Only resources.${queue} reads it, by one trigger.`,
      }),
    );
    if (streams.some(({ name }) => name === queue) || !resources.includes(queue)) return told;
    const message = `nothing reads the queue ${wanted}`;
    const remedy = 'Add an eventbridge trigger with that QueueName: what is sent there would wait without end.';
    return [...told, error(['resources', queue, 'props', 'triggers'], { code: 'queue-unread', message, remedy })];
  });
}

/** Of the queue's name within a trigger. */
const QUEUE_NAME = ['triggerConfig', 'eventSourceConfig', 'eventSourceParameters', 'sourceMNSParameters', 'QueueName'];

const queueOf = (trigger: TriggerProps): string | null =>
  trigger.triggerType === 'eventbridge'
    ? trigger.triggerConfig.eventSourceConfig.eventSourceParameters.sourceMNSParameters.QueueName
    : null;

/** OSS refuses a trigger whose keys another one of the bucket may match too, for an event that both want. */
function checkOverlaps(deployments: readonly Deployment[]): Finding[] {
  const triggers = deployments.flatMap(({ name, props }) =>
    props.triggers.flatMap((trigger, index) =>
      trigger.triggerType === 'oss' ? [{ path: ['resources', name, 'props', 'triggers', index], trigger }] : [],
    ),
  );
  return triggers.flatMap(({ path, trigger }, index) =>
    triggers
      .slice(0, index)
      .filter((before) => overlap(before.trigger, trigger))
      .map((before) =>
        error(path, {
          code: 'oss-overlap',
          message: `its keys and events are also those of ${before.path.slice(1, 2)}'s ${before.trigger.triggerName}`,
          remedy: 'OSS takes one of them only: keep their prefixes apart.',
        }),
      ),
  );
}

type OssTrigger = Extract<TriggerProps, { triggerType: 'oss' }>;

function overlap(a: OssTrigger, b: OssTrigger): boolean {
  const [first, second] = [a.triggerConfig, b.triggerConfig];
  const [one, other] = [first.filter.key, second.filter.key];
  return (
    a.sourceArn === b.sourceArn &&
    first.events.some((event) => second.events.includes(event)) &&
    (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)) &&
    (one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix))
  );
}
