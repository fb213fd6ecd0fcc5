/** The width of a terminal nobody has widened. */
export const WIDTH = 80;

/** Breaks at spaces; a word longer than a line is cut. Lines after the first are indented by `hanging`. */
export function wrap(text: string, indent: number, hanging = indent): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let empty = true;
  const flush = (): void => {
    lines.push(line.trimEnd());
    line = ' '.repeat(hanging);
    empty = true;
  };
  for (const word of text.split(' ')) {
    let rest = word;
    if (!empty && line.length + 1 + rest.length > WIDTH) flush();
    while (empty && line.length + rest.length > WIDTH) {
      const room = WIDTH - line.length;
      line += rest.slice(0, room);
      rest = rest.slice(room);
      flush();
    }
    line += empty ? rest : ` ${rest}`;
    empty = false;
  }
  flush();
  return lines;
}
