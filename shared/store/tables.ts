/**
 * The tables, and how a row's key begins with a hash so that neighbours in time are not neighbours on disk.
 * Names are `<deployment>_<table>`: letters, digits and underscores are all that the service allows.
 */
import { type DurationMs, seconds } from '../clock';
import { hasCode } from '../errors';
import { sha256Hex } from '../json';
import type { PrimaryKey, TableClient, TableSchema } from './table-client';

const BY_NETWORK = [
  ['hash', 'string'],
  ['network', 'string'],
] as const;
const BY_RUN = [
  ['hash', 'string'],
  ['run', 'string'],
] as const;

const schemas = {
  networks: { key: BY_NETWORK },
  places: {
    key: [
      ['hash', 'string'],
      ['place', 'string'],
    ],
  },
  records: { key: [...BY_NETWORK, ['incarnation', 'string'], ['resource', 'string']] },
  runs: { key: BY_RUN },
  tasks: { key: [...BY_RUN, ['task', 'string']] },
  events: { key: [...BY_RUN, ['at', 'integer'], ['entry', 'string']] },
  open: {
    key: [
      ['shard', 'string'],
      ['kind', 'string'],
      ['id', 'string'],
    ],
  },
  deliveries: {
    key: [
      ['hash', 'string'],
      ['system', 'string'],
      ['delivery', 'string'],
    ],
  },
  submissions: {
    key: [
      ['hash', 'string'],
      ['submission', 'string'],
    ],
  },
  /** Which submissions wait for a run of the network to end. */
  waiting: { key: [...BY_NETWORK, ['submission', 'string']] },
} as const satisfies Record<string, { key: TableSchema['key'] }>;

export type Table = keyof typeof schemas;

export const tableName = (deployment: string, table: Table): string => `${deployment.replace(/-/g, '_')}_${table}`;

/** Eight hexadecimal digits: enough to spread, short enough to read. */
export const keyHash = (...parts: string[]): string => sha256Hex(parts.join('\n')).slice(0, 8);

export const networkKey = (network: string): PrimaryKey => [
  ['hash', keyHash(network)],
  ['network', network],
];

export const runKey = (run: string): PrimaryKey => [
  ['hash', keyHash(run)],
  ['run', run],
];

export const taskKey = (run: string, task: string): PrimaryKey => [...runKey(run), ['task', task]];

/** What a verb works with. */
export interface Tables {
  client: TableClient;
  name(table: Table): string;
}

export const tables = (client: TableClient, deployment: string): Tables => ({
  client,
  name: (table) => tableName(deployment, table),
});

/** All of a deployment's tables, as the cloud knows them. */
export const tableSchemas = (deployment: string): TableSchema[] =>
  Object.entries(schemas).map(([table, { key }]) => ({
    name: tableName(deployment, table as Table),
    key,
    timeToLive: -1,
  }));

/** A new table answers OTSTableNotReady for some seconds to a minute. */
const READY_TRIES = 60;

/** Makes a table where it is missing, and waits until it serves. */
export async function createTable(
  client: TableClient,
  schema: TableSchema,
  pause: (delay: DurationMs) => Promise<void>,
): Promise<void> {
  await client.ensureTable(schema);
  const nobody: PrimaryKey = schema.key.map(([column, type]) => [column, type === 'string' ? '-' : 0]);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.get(schema.name, nobody);
      return;
    } catch (error) {
      if (attempt >= READY_TRIES || !hasCode(error, 'StoreUnavailable')) throw error;
      await pause(seconds(1));
    }
  }
}
