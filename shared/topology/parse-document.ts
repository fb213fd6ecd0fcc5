/**
 * YAML or JSON text becomes plain values and the place of each, within bounds: depth, size after aliases, keys that
 * would reach an object's prototype, tags that would make anything but plain data. JSON is read as the YAML that it is.
 */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Json } from '../json';
import type { Problem } from '../problem';

export interface Place {
  line: number;
  column: number;
}

export type Path = readonly (string | number)[];

/** Where values and keys stand; asked for a path that has no place, the nearest parent's. */
export class Places {
  private readonly places = new Map<string, Place>();

  set(path: Path, place: Place): void {
    this.places.set(keyOf(path), place);
  }

  at(path: Path): Place | null {
    for (let length = path.length; length >= 0; length -= 1) {
      const place = this.places.get(keyOf(path.slice(0, length)));
      if (place) return place;
    }
    return null;
  }
}

const keyOf = (path: Path): string => path.map((part) => `${typeof part === 'number' ? '#' : '.'}${part}`).join('\n');

export interface ParsedDocument {
  value: Json;
  places: Places;
}

const DEEPEST = 32;
/** Values, with every alias counted as often as it stands: ten nested aliases of ten make ten thousand million. */
const MOST_VALUES = 200_000;
const MOST_PROBLEMS = 50;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export function parseYaml(text: string, file: string): { document: ParsedDocument } | { problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  });
  if (document.errors.length > 0)
    return {
      problems: document.errors.slice(0, MOST_PROBLEMS).map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        const code =
          error.code === 'DUPLICATE_KEY'
            ? 'duplicate-key'
            : error.code === 'MULTIPLE_DOCS'
              ? 'several-documents'
              : 'syntax';
        return problem(file, { line, column: col }, code, firstLine(error.message), remedyOf(code));
      }),
    };
  const reader = new Reader(document, lines, file);
  const value = document.contents === null ? null : reader.read(document.contents as Node, [], 0);
  if (reader.problems.length > 0) return { problems: reader.problems };
  return { document: { value: value ?? null, places: reader.places } };
}

class Reader {
  readonly places = new Places();
  readonly problems: Problem[] = [];
  private values = 0;

  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly file: string,
  ) {}

  read(node: Node | null, path: Path, depth: number): Json {
    this.values += 1;
    if (this.problems.length >= MOST_PROBLEMS) return null;
    if (this.values > MOST_VALUES) {
      this.refuse(
        node,
        'too-many-values',
        `more than ${MOST_VALUES} values, aliases counted as often as they stand`,
        'Write the values out, or fewer of them.',
      );
      this.problems.length = MOST_PROBLEMS;
      return null;
    }
    if (depth > DEEPEST) {
      this.refuse(node, 'too-deep', `nested deeper than ${DEEPEST} levels`, 'No topology needs that.');
      return null;
    }
    if (node === null) return null;
    if (!isAlias(node)) this.note(path, node);
    return this.plain(node, path, depth);
  }

  private plain(node: Node, path: Path, depth: number): Json {
    if (node.tag?.startsWith('!') || (node.tag && !node.tag.startsWith('tag:yaml.org,2002:'))) {
      this.refuse(node, 'tag', `the tag ${node.tag} is not allowed`, 'Write the plain value.');
      return null;
    }
    if (isAlias(node)) return this.read(this.target(node), path, depth + 1);
    if (isMap(node)) return this.map(node.items as Pair<Node, Node | null>[], path, depth);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item as Node, [...path, index], depth + 1));
    return isScalar(node) ? this.scalar(node) : null;
  }

  private target(alias: Alias): Node | null {
    const target = alias.resolve(this.document);
    if (!target)
      this.refuse(
        alias,
        'unknown-alias',
        `there is no anchor &${alias.source}`,
        'Define it before, or write the value out.',
      );
    return (target as Node | undefined) ?? null;
  }

  private map(items: readonly Pair<Node, Node | null>[], path: Path, depth: number): Json {
    const entries: [string, Json][] = [];
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (FORBIDDEN_KEYS.has(name)) {
        this.refuse(key, 'forbidden-key', `the key ${name} is not allowed`, 'Use another name.');
        continue;
      }
      this.note([...path, name], key);
      entries.push([name, this.read(value, [...path, name], depth + 1)]);
    }
    return Object.fromEntries(entries);
  }

  private scalar(node: { value: unknown } & Node): Json {
    const { value } = node;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.refuse(node, 'not-plain', `${String(value)} is no text, number, true, false or null`, 'Write a plain value.');
    return null;
  }

  /** A value's own place; a map's value keeps its key's where it has none. */
  private note(path: Path, node: Node): void {
    const offset = node.range?.[0];
    if (offset === undefined) return;
    const { line, col } = this.lines.linePos(offset);
    this.places.set(path, { line, column: col });
  }

  private refuse(node: Node | null, code: string, message: string, remedy: string): void {
    const offset = node?.range?.[0] ?? 0;
    const { line, col } = this.lines.linePos(offset);
    this.problems.push(problem(this.file, { line, column: col }, code, message, remedy));
  }
}

const problem = (file: string, place: Place, code: string, message: string, remedy: string): Problem => ({
  severity: 'error',
  code,
  message,
  remedy,
  file,
  ...place,
});

function remedyOf(code: string): string {
  if (code === 'duplicate-key') return 'Keep one of the two.';
  if (code === 'several-documents') return 'One file is one topology: remove what follows `---`.';
  return 'See https://yaml.org; an editor with the schema shows it as you type.';
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
