/** What the real `s` and its component said to the local cloud, and were answered with: fixtures/recording.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, Names } from './call';

export interface Command {
  /** Of `s`. */
  arguments: readonly string[];
  calls: readonly Call[];
}

export interface Recording {
  /** ISO, the day. */
  recorded: string;
  versions: Readonly<Record<string, string>>;
  /** `zip 1`: its bytes. What the tool packed that day; a replay packs other code. */
  zipBytes: Readonly<Record<string, number>>;
  commands: readonly Command[];
}

const FILE = join(__dirname, 'fixtures', 'recording.json');

export const readRecording = (): Recording => JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

/** One call a line: what changed is seen in a diff. */
export function writeRecording({ commands, ...head }: Recording): void {
  const lines = (calls: readonly Call[]): string => calls.map((call) => JSON.stringify(call)).join(',\n');
  const texts = commands.map(
    (one) => `{"arguments":${JSON.stringify(one.arguments)},"calls":[\n${lines(one.calls)}\n]}`,
  );
  writeFileSync(FILE, `${JSON.stringify(head).slice(0, -1)},"commands":[\n${texts.join(',\n')}\n]}\n`);
}

export interface Place {
  accountId: string;
  /** Of the proxy, of what is behind it. */
  endpoints: readonly string[];
}

export const namesIn = ({ accountId, endpoints }: Place): Names =>
  new Names([['account', accountId], ...endpoints.map((endpoint) => ['endpoint', endpoint] as const)]);
