/**
 * Edits a file's text and leaves every other byte of it: comments, spaces, the order of keys, how lines are broken. The
 * places come from YAML's Document; where the text is cut by hand. What comes out is read again, and has to say what was
 * wanted: where it does not (an anchor that others refer to, a layout that nobody foresaw), the Document writes the file
 * anew, which keeps comments but not every line's form; where that does not either, nothing is changed.
 *
 * Not chosen: the Document's own writing for all files. Of the six examples it changes two: it joins mappings over
 * several lines into one and moves comments that stand in columns.
 */
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { canonicalJson, type Json } from '../../json';
import { parseDocument as readDocument } from '../../topology/parse-document';
import { type Edit, edited, type Path } from './edit';

interface Cut {
  from: number;
  to: number;
  text: string;
}

/** Null where the text cannot be made to say it. `value`: what the text says now. */
export function editText(text: string, value: Json, edits: readonly Edit[]): string | null {
  const wanted = canonicalJson(edited(value, edits));
  const says = (candidate: string | null): candidate is string => {
    const read = candidate === null ? null : readDocument(candidate, '');
    return read !== null && 'document' in read && canonicalJson(read.document.value) === wanted;
  };
  const cut = cutText(text, edits);
  if (says(cut)) return cut;
  const written = writtenAnew(text, edits);
  return says(written) ? written : null;
}

const compose = (text: string): Document.Parsed =>
  parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false });

function cutText(text: string, edits: readonly Edit[]): string | null {
  const root = compose(text).contents;
  const cuts: Cut[] = [];
  for (const edit of edits.filter(({ kind }) => kind === 'put')) {
    const cut = edit.kind === 'put' ? putCut(text, root, edit.path, edit.value) : null;
    if (cut === null) return null;
    cuts.push(cut);
  }
  for (const [parent, lasts] of byParent(edits)) {
    const found = dropCuts(text, nodeAt(root, parent), lasts);
    if (found === null) return null;
    cuts.push(...found);
  }
  let result = text;
  for (const { from, to, text: inserted } of cuts.sort((a, b) => b.from - a.from))
    result = result.slice(0, from) + inserted + result.slice(to);
  return result;
}

function byParent(edits: readonly Edit[]): [Path, Set<string | number>][] {
  const groups = new Map<string, [Path, Set<string | number>]>();
  for (const { kind, path } of edits) {
    if (kind !== 'drop') continue;
    const parent = path.slice(0, -1);
    const key = JSON.stringify(parent);
    const group = groups.get(key) ?? [parent, new Set()];
    groups.set(key, [group[0], group[1].add(path.at(-1) ?? '')]);
  }
  return [...groups.values()];
}

function nodeAt(root: unknown, path: Path): unknown {
  let node = root;
  for (const step of path) node = isCollection(node) ? node.get(step, true) : undefined;
  return node;
}

/** In place where something stands there; else behind the last key of its mapping. */
function putCut(text: string, root: unknown, path: Path, value: Json): Cut | null {
  const parent = nodeAt(root, path.slice(0, -1));
  const last = path.at(-1) ?? '';
  if (!isMap(parent)) return null;
  const standing = parent.get(last, true);
  const asJson = isMap(root) && root.flow === true;
  if (standing !== undefined) {
    if (!isScalar(standing) || !standing.range || standing.source === undefined) return null;
    return { from: standing.range[0], to: standing.range[1], text: flowText(value, asJson) };
  }
  const entry = `${flowText(last, asJson)}: ${flowText(value, asJson)}`;
  return parent.flow === true ? intoFlow(text, parent, entry) : intoBlock(text, parent, entry);
}

function intoFlow(text: string, map: YAMLMap, entry: string): Cut | null {
  if (!map.range) return null;
  const last = map.items.at(-1);
  if (!last) return { from: map.range[0] + 1, to: map.range[0] + 1, text: entry };
  const end = endOf(last);
  const start = startOf(last);
  if (end === null || start === null) return null;
  // A key with a line of its own, as JSON is mostly written.
  const margin = marginOf(text, start);
  return { from: end, to: end, text: margin === null ? `, ${entry}` : `,\n${margin}${entry}` };
}

function intoBlock(text: string, map: YAMLMap, entry: string): Cut | null {
  const [first, last] = [startOf(map.items[0]), endOf(map.items.at(-1))];
  const margin = first === null ? null : marginOf(text, first);
  if (last === null || margin === null) return null;
  const from = endOfLine(text, last);
  return { from, to: from, text: `\n${margin}${entry}` };
}

/** Those that go; what stays keeps its lines and its commas. */
function dropCuts(text: string, parent: unknown, lasts: ReadonlySet<string | number>): Cut[] | null {
  if (!isCollection(parent)) return null;
  const { items } = parent as YAMLMap | YAMLSeq;
  const goes = items.map((item, index) => lasts.has(isPair(item) ? keyOf(item.key) : index));
  if (goes.every(Boolean)) return null;
  const ends = items.map((item) => [startOf(item), endOf(item)] as const);
  const cuts = items.flatMap((_, index): (Cut | null)[] => {
    if (!goes[index]) return [];
    const [start, end] = ends[index] ?? [null, null];
    if (start === null || end === null) return [null];
    return [parent.flow === true ? outOfFlow(ends, goes, index) : outOfBlock(text, start, end)];
  });
  return cuts.includes(null) ? null : (cuts as Cut[]);
}

/** With the comma behind it; behind the last one that stays, with the comma before. */
function outOfFlow(
  ends: readonly (readonly [number | null, number | null])[],
  goes: readonly boolean[],
  index: number,
): Cut | null {
  const isTail = goes.slice(index).every(Boolean);
  const from = isTail ? ends[index - 1]?.[1] : ends[index]?.[0];
  const to = isTail ? ends[index]?.[1] : ends[index + 1]?.[0];
  return typeof from === 'number' && typeof to === 'number' ? { from, to, text: '' } : null;
}

/** Whole lines, from its dash or key to its end; a comment above it stays. */
function outOfBlock(text: string, start: number, end: number): Cut | null {
  const dash = /-[ \t]*$/.exec(text.slice(startOfLine(text, start), start));
  const begin = dash ? startOfLine(text, start) + dash.index : start;
  if (marginOf(text, begin) === null) return null;
  const from = startOfLine(text, begin);
  const to = endOfLine(text, end);
  // The last line of a file may have no end.
  return to < text.length ? { from, to: to + 1, text: '' } : { from: Math.max(from - 1, 0), to, text: '' };
}

function startOf(item: unknown): number | null {
  const node = isPair(item) ? item.key : item;
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

/** Of its last sign: a block's own range goes on over the comments behind it. */
function endOf(item: unknown): number | null {
  const node = isPair(item) ? (item.value ?? item.key) : item;
  if (isCollection(node) && node.flow !== true) return endOf(node.items.at(-1));
  return isNode(node) ? (node.range?.[1] ?? null) : null;
}

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : '');
const startOfLine = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
const endOfLine = (text: string, offset: number): number => {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
};
/** The spaces before it; null where something else stands before it in its line. */
function marginOf(text: string, offset: number): string | null {
  const margin = text.slice(startOfLine(text, offset), offset);
  return /^ *$/.test(margin) ? margin : null;
}

const flowText = (value: Json, asJson: boolean): string =>
  asJson
    ? JSON.stringify(value)
    : stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd();

function writtenAnew(text: string, edits: readonly Edit[]): string | null {
  const document = compose(text);
  try {
    for (const edit of [...edits].reverse()) {
      if (edit.kind === 'put') document.setIn(edit.path, document.createNode(edit.value));
      else document.deleteIn(edit.path);
    }
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  } catch {
    // An alias whose anchor went with what was taken out, or a path through something that is no mapping.
    return null;
  }
}
