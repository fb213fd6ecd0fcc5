/**
 * What is deployed: one entry a function, with what starts it. The local cloud deploys by this list.
 */

export type Trigger =
  /** Uploads and removals under `prefix`; nothing that a function writes may begin with it. */
  | { type: 'oss'; prefix: string }
  /** An SMQ queue, through an EventBridge stream: batches of one, synchronous delivery. */
  | { type: 'queue'; queue: QueueName }
  | { type: 'http'; methods: readonly string[] }
  | { type: 'timer'; everySeconds: number };

export interface FunctionDefinition {
  name: string;
  timeoutSeconds: number;
  memoryMb: number;
  /** The most instances at once: paces the calls against the cloud's limits. */
  maximumInstances: number;
  triggers: readonly Trigger[];
}

export const QUEUES = ['intake', 'gateway', 'tunnel', 'cen', 'routes', 'security-group', 'report', 'callback'] as const;
export type QueueName = (typeof QUEUES)[number];

const step = (name: QueueName, maximumInstances: number): FunctionDefinition => ({
  name,
  timeoutSeconds: 60,
  memoryMb: 512,
  maximumInstances,
  triggers: [{ type: 'queue', queue: name }],
});

export const FUNCTIONS: readonly FunctionDefinition[] = [
  {
    name: 'intake',
    timeoutSeconds: 120,
    memoryMb: 512,
    maximumInstances: 4,
    triggers: [
      { type: 'oss', prefix: 'topologies/' },
      { type: 'queue', queue: 'intake' },
    ],
  },
  {
    name: 'webhook',
    timeoutSeconds: 30,
    memoryMb: 512,
    maximumInstances: 4,
    triggers: [{ type: 'http', methods: ['GET', 'POST'] }],
  },
  step('gateway', 4),
  step('tunnel', 4),
  step('cen', 4),
  step('routes', 4),
  step('security-group', 4),
  { ...step('report', 2), timeoutSeconds: 300 },
  { ...step('callback', 2), timeoutSeconds: 60 },
  {
    name: 'sweep',
    timeoutSeconds: 300,
    memoryMb: 512,
    maximumInstances: 1,
    triggers: [{ type: 'timer', everySeconds: 60 }],
  },
];
