/** Starts the local cloud as `trunkline local` and `trunkline demo` do. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DataFolderError } from '../local/runtime/data-folder';
import { type LocalCloud, startLocalCloud } from '../local/runtime/local-cloud';
import { type Account, parseAccount } from '../local/world/account';
import { TrunklineError } from '../shared/errors';
import { type CommandContext, type OptionDefinition, type Options, UsageError } from './command';
import { localFile } from './connection';
import { fillLocalCloud, hostFile } from './fill-local-cloud';
import { projectFolder } from './project-folder';
import { problemsText, unreadable } from './read-topology';

export const LOCAL_CLOUD_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--account <file>', summary: 'what exists in the account before (default: examples/account.yaml)' },
  { flags: '--port <port>', summary: 'the port; the next free one if it is taken (default: 4560)' },
  { flags: '--speed <factor>', summary: 'how much faster than ours its time runs, or realtime (default: 60)' },
  { flags: '--data <folder>', summary: 'keep everything there and go on from it' },
];

const DEFAULT_PORT = 4_560;
const DEFAULT_SPEED = 60;
const FASTEST = 1_000;
const CHOOSE = 'Give --data a folder that can be written and that no other local cloud uses.';

export const DEPLOYMENT = 'trunkline';

export async function startFromOptions(context: CommandContext, options: Options): Promise<LocalCloud> {
  const { folder, terminal, clock } = context;
  const dataFolder = options.data === undefined ? null : resolve(folder, String(options.data));
  const starting = startLocalCloud({
    account: await readAccount(context, options),
    port: options.port === undefined ? DEFAULT_PORT : portOf(String(options.port)),
    speed: speedOf(options),
    dataFolder,
    caFolder: dataFolder ?? dirname(localFile(folder)),
    hostFile: hostFile(),
    deployment: DEPLOYMENT,
    bucket: 'trunkline-topologies',
    tablestoreInstance: 'trunkline',
    bootstrap: (document) => fillLocalCloud(document, DEPLOYMENT, clock),
    log: (line) => terminal.note(`${line}\n`),
  });
  return starting.catch((error: unknown) => {
    throw unusable(error, dataFolder);
  });
}

/** A folder that cannot be used is the reader's to choose anew; everything else stays what it is. */
function unusable(error: unknown, dataFolder: string | null): unknown {
  if (error instanceof DataFolderError) return new UsageError(error.message, CHOOSE);
  const { code, path } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (dataFolder === null || code === undefined || !path?.startsWith(dataFolder)) return error;
  return new UsageError(`cannot use ${path}: ${code}`, CHOOSE);
}

async function readAccount({ folder, terminal }: CommandContext, options: Options): Promise<Account> {
  const stated = options.account === undefined ? null : String(options.account);
  const file = stated === null ? defaultAccount() : resolve(folder, stated);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw unreadable(stated ?? file, error);
  }
  const { account, problems } = parseAccount(bytes, stated ?? 'examples/account.yaml');
  if (account) return account;
  throw new TrunklineError('InputInvalid', `the account is not valid\n${problemsText(problems, terminal)}`);
}

const defaultAccount = (): string => join(projectFolder(), 'examples', 'account.yaml');

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port is a number from 0 (any free one) to 65535, and not ${text}`);
  return port;
}

function speedOf({ speed: stated }: Options): number {
  if (stated === undefined) return DEFAULT_SPEED;
  if (stated === 'realtime') return 1;
  const speed = Number(stated);
  if (!(speed >= 1 && speed <= FASTEST))
    throw new UsageError(`--speed is realtime or a number from 1 to ${FASTEST}, and not ${stated}`);
  return speed;
}

/** What all times that are shown are in, where that is not the reader's own; continues a sentence. */
export function paceOf(options: Options): string {
  const speed = speedOf(options);
  return speed === 1 ? '' : `, whose time runs ${speed} times as fast as yours`;
}
