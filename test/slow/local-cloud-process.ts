/** `trunkline local` in a process of its own, which can be killed like any other, and started again on its folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Connection, connectTo, type LocalCloudDocument, targetOfLocal } from '../../cli/connection';
import { systemClock } from '../../shared/clock';

const ROOT = join(__dirname, '..', '..');

export interface LocalCloudProcess {
  document: LocalCloudDocument;
  connection: Connection;
  /** SIGKILL to so many of its function processes, in the order drawn; how many there were. */
  killFunctions(count: number, draw: () => number): number;
  /** SIGKILL to the local cloud itself. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProcessOptions {
  /** Runs there; keeps everything below `data`. */
  folder: string;
  account: string;
  port: number;
  speed: number;
}

export async function startProcess({ folder, account, port, speed }: ProcessOptions): Promise<LocalCloudProcess> {
  const options = [
    '--account',
    account,
    '--data',
    join(folder, 'data'),
    '--port',
    String(port),
    '--speed',
    String(speed),
    '--json',
  ];
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'cli', 'trunkline.js'), 'local', ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const document = await firstLine(child, () => said);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    document,
    connection: connectTo(targetOfLocal(document, 'trunkline'), systemClock()),
    killFunctions: (count, draw) => {
      const children = childrenOf(child.pid ?? 0);
      const chosen = Array.from({ length: Math.min(count, children.length) }, () =>
        Number(children.splice(Math.floor(draw() * children.length), 1)[0]),
      );
      for (const one of chosen) killOne(one);
      return chosen.length;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function firstLine(child: ChildProcess, said: () => string): Promise<LocalCloudDocument> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).once('line', (line) =>
      resolve(JSON.parse(line) as LocalCloudDocument),
    );
    child.once('close', () => reject(new Error(`the local cloud ended: ${said()}`)));
  });
}

/** Linux tells; elsewhere none are found, and the test says how many were killed. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
