/**
 * YAML's nodes become plain values and the tree of their places. Aliases are followed, each as often as it stands, so
 * what comes out is counted: ten nested aliases of ten would make ten thousand million values. Keys are looked at
 * here and not by the parser, whose own search for duplicates compares each key with all before it.
 */
import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node, type YAMLMap } from 'yaml';
import type { Json } from '../json';
import type { Place, PlaceTree } from './places';
import type { Refusal } from './scan-tokens';

const DEEPEST = 32;
const MOST_VALUES = 200_000;
const LONGEST_KEY = 200;
/** They would reach an object's prototype in code that is less careful. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Read {
  value: Json;
  places: PlaceTree;
}

export function readValues(root: Node | null, lines: LineCounter, refuse: (refusal: Refusal) => void): Read {
  const anchors = new Map<string, Node>();
  let values = 0;
  let stopped = false;
  const placeOf = (node: unknown): Place => {
    const { line, col } = lines.linePos(offsetOf(node));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const leaf = (node: unknown, value: Json): Read => ({
    value,
    places: { key: null, value: placeOf(node), children: null },
  });
  const stop = (node: unknown, code: string, message: string, remedy: string): Read => {
    if (!stopped) refuse({ offset: offsetOf(node), code, message, remedy });
    stopped = true;
    return leaf(node, null);
  };

  /** `inAlias`: what is read again is not anchored again, so that a later alias means what its reader sees above it. */
  function read(node: unknown, depth: number, inAlias: boolean): Read {
    if (stopped) return leaf(node, null);
    values += 1;
    if (values > MOST_VALUES)
      return stop(node, 'too-many-values', `aliases make more than ${MOST_VALUES} values`, 'Write fewer of them.');
    if (depth > DEEPEST)
      return stop(node, 'too-deep', `nested deeper than ${DEEPEST} levels`, 'Nothing in such a file needs that.');
    if (!isNode(node)) return leaf(node, null);
    if (isAlias(node)) return followed(node, depth);
    if (node.anchor !== undefined && !inAlias) anchors.set(node.anchor, node);
    if (isMap(node)) return mapping(node, depth, inAlias);
    if (isSeq(node)) return list(node.items, node, depth, inAlias);
    return isScalar(node) ? scalar(node, node.value) : leaf(node, null);
  }

  function followed(alias: Alias, depth: number): Read {
    const target = anchors.get(alias.source);
    if (target) return { ...read(target, depth + 1, true) };
    const remedy = 'Define it above, or write the value out.';
    refuse({ offset: offsetOf(alias), code: 'unknown-alias', message: `there is no &${alias.source} above`, remedy });
    return leaf(alias, null);
  }

  function list(items: readonly unknown[], node: Node, depth: number, inAlias: boolean): Read {
    const children: PlaceTree['children'] = new Map();
    const value = items.map((item, index) => {
      const child = read(item, depth + 1, inAlias);
      children.set(index, child.places);
      return child.value;
    });
    return { value, places: { key: null, value: placeOf(node), children } };
  }

  function mapping(node: YAMLMap, depth: number, inAlias: boolean): Read {
    const children = new Map<string | number, PlaceTree>();
    const entries: [string, Json][] = [];
    for (const pair of node.items) {
      const key = keyOf(pair.key, children);
      const child = read(pair.value, depth + 1, inAlias);
      if (key === null) continue;
      children.set(key, { ...child.places, key: placeOf(pair.key) });
      entries.push([key, child.value]);
    }
    return { value: Object.fromEntries(entries), places: { key: null, value: placeOf(node), children } };
  }

  function keyOf(node: unknown, before: ReadonlyMap<string | number, PlaceTree>): string | null {
    // Anything else has been refused by the parser: it takes keys that are text only.
    const key = isScalar(node) ? String(node.value) : '';
    const refused = (code: string, message: string, remedy: string): null => {
      if (!stopped) refuse({ offset: offsetOf(node), code, message, remedy });
      return null;
    };
    if (key.length > LONGEST_KEY)
      return refused('key-too-long', `a key has ${key.length} characters; the limit is ${LONGEST_KEY}`, 'Shorten it.');
    if (key === '<<')
      return refused('merge-key', 'merge keys are not YAML 1.2', 'Write the keys out, or an alias for a whole value.');
    if (FORBIDDEN_KEYS.has(key)) return refused('forbidden-key', `${key} is not allowed as a key`, 'Use another name.');
    const first = before.get(key);
    if (!first) return key;
    const line = first.key?.line ?? first.value.line;
    return refused('duplicate-key', `${key} is there already, in line ${line}`, 'Keep one of the two.');
  }

  function scalar(node: Node, value: unknown): Read {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return leaf(node, value);
    if (typeof value === 'number' && Number.isFinite(value)) return leaf(node, value);
    const message = `${String(value)} is no text, number, true, false or null`;
    refuse({ offset: offsetOf(node), code: 'not-plain', message, remedy: 'Write a plain value.' });
    return leaf(node, null);
  }

  return read(root, 0, false);
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
