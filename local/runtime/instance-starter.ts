/** How an instance comes to be: its role taken, its code on disk, its environment told. */
import { randomUUID } from 'node:crypto';
import { CODE, type FunctionRecord } from '../world/fc/records';
import type { CodeFolders } from './code-folders';
import type { CredentialIssuer } from './function-credentials';
import { type FunctionInstance, startInstance } from './function-instance';
import { contextOf, environmentOf, type Place } from './function-surroundings';
import type { Reaper } from './reaper';
import type { WorldShell } from './world-shell';

export interface StarterOptions extends Place {
  shell: WorldShell;
  hostFile: string;
  platformEnvironment: Readonly<Record<string, string>>;
  folders: CodeFolders;
  issue: CredentialIssuer;
  reaper: Reaper;
  log(name: string, line: string): void;
}

/** The one that this process is of, as the functions are built for it. */
const RUNTIME = 'nodejs20';

/** Throws an Error that says why the function cannot be run. What it takes of the code's folder the caller gives back. */
export function startFunction(options: StarterOptions, record: FunctionRecord): FunctionInstance {
  const { shell, folders, issue, hostFile, platformEnvironment, reaper } = options;
  if (record.runtime !== RUNTIME) throw new Error(`the local cloud runs ${RUNTIME}, and not ${record.runtime}`);
  const credentials = issue(record);
  const codeFolder = folders.take(record.codeChecksum, () => codeOf(shell, record));
  // biome-ignore lint/plugin: an instance's name, which nothing depends on.
  const id = `c-${randomUUID()}`;
  const facts = { record, credentials, instanceId: id, codeFolder, platform: platformEnvironment };
  try {
    return startInstance({
      id,
      record,
      hostFile,
      codeFolder,
      environment: environmentOf(options, facts),
      reaper,
      context: () => contextOf(options, { record, credentials, requestId: newRequestId(), retryCount: 0 }),
      log: (line) => options.log(record.name, line),
    });
  } catch (error) {
    folders.release(record.codeChecksum);
    throw error;
  }
}

function codeOf({ world }: WorldShell, { name, codeChecksum }: FunctionRecord): Buffer {
  const zip = world.state.get<string>(CODE, codeChecksum);
  if (zip === undefined) throw new Error(`there is no code ${codeChecksum} for function '${name}'`);
  return Buffer.from(zip, 'base64');
}

// biome-ignore lint/plugin: the runtime numbers its invocations.
export const newRequestId = (): string => randomUUID();
