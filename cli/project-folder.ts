import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the project's own files are, whether this runs from the sources or from the bundle in dist/. */
export function projectFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'package.json'))) return folder;
  return process.cwd();
}
