/**
 * Where keys and values stand. A tree in the shape of the values, because paths as text would cost the length of every
 * key once more for each value below it: one long key over many values would fill the memory.
 */
import type { Path } from './finding';

/** Both from 1. */
export interface Place {
  line: number;
  column: number;
}

export interface PlaceTree {
  /** Of the key that the value belongs to; null for the root and in lists. */
  key: Place | null;
  value: Place;
  /** Null for a plain value. */
  children: Map<string | number, PlaceTree> | null;
}

/**
 * A plain value's own place; a mapping or list stands where its key does (its first line may be far below). A path
 * that leads nowhere stands where its nearest ancestor does: what is missing has no place of its own.
 */
export function placeOf(root: PlaceTree, path: Path, atKey: boolean): Place {
  let tree = root;
  for (const part of path) {
    const child = tree.children?.get(part);
    if (!child) return atKeyOf(tree, false);
    tree = child;
  }
  return atKeyOf(tree, atKey);
}

const atKeyOf = ({ key, value, children }: PlaceTree, wanted: boolean): Place =>
  key !== null && (wanted || children !== null) ? key : value;
