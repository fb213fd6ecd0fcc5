/** What a process prints, a line at a time. */
import type { ChildProcess } from 'node:child_process';

/** A line that is not finished is given after so many characters. */
const LONGEST_REST = 64 * 1_024;

export function forwardLines(child: ChildProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) log(line);
      if (rest.length > LONGEST_REST) {
        log(rest);
        rest = '';
      }
    });
    stream?.on('end', () => {
      if (rest !== '') log(rest);
    });
  }
}

/** The last lines of a call: as many as the service gives with `x-fc-log-type: Tail`. */
export function tailOf(): { add(line: string): void; lines(): readonly string[] } {
  const kept: string[] = [];
  let characters = 0;
  return {
    lines: () => [...kept],
    add: (line) => {
      kept.push(line);
      characters += line.length + 1;
      while (kept.length > 1 && characters - ((kept[0]?.length ?? 0) + 1) >= TAIL_CHARACTERS)
        characters -= (kept.shift()?.length ?? 0) + 1;
    },
  };
}

/** 4 KB, of which the wire takes the last bytes. */
const TAIL_CHARACTERS = 4_096;
