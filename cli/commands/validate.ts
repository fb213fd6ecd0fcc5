import { isError } from '../../shared/problem';
import type { Command } from '../command';
import { problemsDocument, problemsText, readTopologyFile } from '../read-topology';

export const validate: Command = {
  summary: 'check a topology file: every problem with its line, cause and remedy',
  argument: '<file>',
  options: [],
  run: async ({ folder, terminal }, file) => {
    const { problems } = await readTopologyFile(folder, file);
    const errors = problems.filter(isError).length;
    const warnings = problems.length - errors;
    const verdict = errors > 0 ? terminal.paint('red', 'not valid') : terminal.paint('green', 'valid');
    return {
      exitCode: errors > 0 ? 2 : 0,
      document: problemsDocument(problems),
      text: `${problemsText(problems, terminal)}${file}: ${verdict}, ${count(errors, 'error')}, ${count(warnings, 'warning')}\n`,
    };
  },
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
