import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isError, type Problem } from '../shared/problem';
import { parseTopology } from '../shared/topology/parse-topology';
import type { Topology } from '../shared/topology/topology';
import { type Result, UsageError } from './command';
import type { Terminal } from './terminal';

export interface TopologyFile {
  bytes: Uint8Array;
  topology: Topology | null;
  problems: Problem[];
}

export async function readTopologyFile(folder: string, file: string): Promise<TopologyFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(folder, file));
  } catch (error) {
    throw unreadable(file, error);
  }
  return { bytes, ...parseTopology(bytes, file) };
}

/** Node's code, and what it means to who typed the name. */
export function unreadable(file: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new UsageError(
    `cannot read ${file}: ${code}`,
    code === 'ENOENT' ? 'There is no such file: check the path.' : 'Name a file that can be read.',
  );
}

/** `acme.yaml:12:5 error overlapping-cidrs: …` and the remedy below. */
export function problemsText(problems: readonly Problem[], { paint }: Pick<Terminal, 'paint'>): string {
  return problems
    .map(({ severity, code, message, remedy, file, line, column }) => {
      const place = file === null ? '' : `${[file, line, column].filter((part) => part !== null).join(':')} `;
      const label = severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning');
      return `${place}${label} ${code}: ${message}\n    ${paint('dim', remedy)}\n`;
    })
    .join('');
}

export const problemsDocument = (problems: readonly Problem[]) => ({
  ok: !problems.some(isError),
  problems: problems.map(({ severity, code, message, remedy, file, line, column }) => ({
    severity,
    code,
    message,
    remedy,
    file,
    line,
    column,
  })),
});

/** For commands that need a topology and got problems instead. */
export const problemsResult = (problems: readonly Problem[], screen: Terminal): Result => ({
  exitCode: 2,
  document: problemsDocument(problems),
  text: problemsText(problems, screen),
  complaint: true,
});
