import type { Colour, Terminal } from '../terminal';

const KIND = 8;
const ROOM_FOR_OUTCOME = 14;

const COLOURS: Readonly<Record<string, Colour>> = { there: 'dim', created: 'green', changed: 'yellow', removed: 'red' };

/** One line an item; a name that is too long loses its end. */
export function itemTable(
  items: readonly { kind: string; name: string; outcome: string }[],
  { columns, paint }: Pick<Terminal, 'columns' | 'paint'>,
): string {
  const room = Math.max(8, columns - KIND - ROOM_FOR_OUTCOME - 2);
  return items
    .map(({ kind, name, outcome }) => {
      const shown = name.length <= room ? name.padEnd(room) : `${name.slice(0, room - 1)}…`;
      return `${kind.padEnd(KIND)} ${shown} ${paint(COLOURS[outcome] ?? 'cyan', outcome.replace('-', ' '))}\n`;
    })
    .join('');
}
