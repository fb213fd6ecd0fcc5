/** What a change does to the file's value. Paths are those of the value before all edits. */
import type { Json } from '../../json';

export type Path = readonly (string | number)[];

export type Edit =
  /** A key of a mapping that is there; what stood under it is replaced. */
  { kind: 'put'; path: Path; value: Json } | { kind: 'drop'; path: Path };

export function at(value: Json | undefined, path: Path): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (here === null || typeof here !== 'object') return undefined;
    here = Array.isArray(here) ? here[Number(step)] : Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** The value after all edits; the one before stays as it is. */
export function edited(value: Json, edits: readonly Edit[]): Json {
  const next = structuredClone(value);
  // From the back, so that a list's numbers still say what they said.
  for (const edit of [...edits].reverse()) {
    const parent = at(next, edit.path.slice(0, -1));
    const last = edit.path.at(-1) ?? '';
    if (edit.kind === 'drop' && Array.isArray(parent)) parent.splice(Number(last), 1);
    else if (edit.kind === 'drop' && isMapping(parent)) delete parent[last];
    else if (edit.kind === 'put' && isMapping(parent)) parent[last] = edit.value;
  }
  return next;
}

export const isMapping = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
