/**
 * The functions and the queues that start them, by name: what a name must match elsewhere. What a function is given
 * (memory, time, instances, triggers) is said in s.yaml alone; cli/deployment holds the two together.
 */

/** In the order of s.yaml; each is a folder beside this file. */
export const FUNCTIONS = [
  'intake',
  'webhook',
  'gateway',
  'tunnel',
  'cen',
  'routes',
  'security-group',
  'report',
  'callback',
  'sweep',
] as const;

/** Each is read by the function of its name. */
export const QUEUES = ['intake', 'gateway', 'tunnel', 'cen', 'routes', 'security-group', 'report', 'callback'] as const;
export type QueueName = (typeof QUEUES)[number];
