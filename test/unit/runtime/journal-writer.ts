/** The process that journal.test.ts kills: appends, tells its parent after each append, compacts often. */
import { writeSync } from 'node:fs';
import { openJournal } from '../../../local/runtime/journal';
import { apply, changesOf } from './journal-model';

const [, , folder = ''] = process.argv;
/** So small that a snapshot is written every few dozen changes. */
const SMALL = 4_096;

const journal = openJournal(folder, SMALL);
const held = new Map<string, unknown>();
apply(held, journal.restored);

for (let step = Number(held.get('step') ?? 0) + 1; ; step += 1) {
  const changes = changesOf(step);
  apply(held, changes);
  journal.append(changes);
  if (journal.large) journal.compact([...held].map(([key, value]) => ({ collection: 'model', key, value })));
  tell(`${step}\n`);
}

/** The parent's pipe may be full. */
function tell(text: string): void {
  for (;;) {
    try {
      writeSync(1, text);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
