/** Every effect of a history, as the checks see it: rows before and after, changes of the cloud, texts that were kept. */
import type { Cloud, CloudRequest } from '../../shared/engine/cloud';
import type { Columns, PrimaryKey, TableClient } from '../../shared/store/table-client';
import type { Check, RowChange, Violation } from './checks/check';
import type { Invocation } from './invocation';

export interface EffectsOptions {
  deployment: string;
  tables: TableClient;
  checks: readonly Check[];
  now(): number;
  /** Called for each violation, once. */
  violated(violation: Violation): void;
  /** A message came: whoever delivers looks. */
  poke(queue: string): void;
}

export class Effects {
  private readonly rows = new Map<string, { columns: Columns; text: string }>();
  /** Every change of a row so far. */
  readonly heard: RowChange[] = [];

  constructor(private readonly options: EffectsOptions) {}

  /** What happened in another history, which this one goes on from: it was judged there. */
  recall(changes: readonly RowChange[]): void {
    for (const change of changes) {
      const { table, key, after } = change;
      const name = nameOf(table, key);
      if (after) this.rows.set(name, { columns: after, text: JSON.stringify(after) });
      else this.rows.delete(name);
      for (const check of this.options.checks) check.row?.(change);
    }
  }

  poke(queue: string): void {
    this.options.poke(queue);
  }

  async write<T>(by: Invocation, table: string, keys: readonly PrimaryKey[], serve: () => Promise<T>): Promise<T> {
    const written = await serve();
    for (const key of keys) {
      const parts = key.slice(1).map(([, part]) => String(part));
      const short = table.slice(this.options.deployment.length + 1);
      const name = nameOf(short, parts);
      const was = this.rows.get(name);
      const after = await this.options.tables.get(table, key);
      const text = after && JSON.stringify(after);
      if ((was?.text ?? null) === text) continue;
      if (after && text) this.rows.set(name, { columns: after, text });
      else this.rows.delete(name);
      const before = was?.columns ?? null;
      const change = { by, table: short, key: parts, before, after, at: this.options.now() };
      this.heard.push(change);
      this.each((check) => check.row?.(change));
      if (text) this.text(`a row of ${short}`, text);
    }
    return written;
  }

  async change(by: Invocation, request: CloudRequest, serve: () => ReturnType<Cloud['call']>): Promise<unknown> {
    this.each((check) => check.asked?.({ by, request, at: this.options.now() }));
    try {
      return await serve();
    } finally {
      this.each((check) => check.changed?.());
    }
  }

  sent(queue: string, body: string): void {
    this.text(`a message of ${queue}`, Buffer.from(body, 'base64').toString('utf8'));
  }

  stored(key: string, bytes: Uint8Array): void {
    this.text(`the object ${key}`, new TextDecoder().decode(bytes));
  }

  logged(line: string): void {
    this.text('a log', line);
  }

  private text(where: string, text: string): void {
    this.each((check) => check.text?.(where, text));
  }

  private each(ask: (check: Check) => string | null | undefined): void {
    for (const check of this.options.checks) {
      const found = ask(check);
      if (found) this.options.violated({ check: check.name, what: found });
    }
  }
}

const nameOf = (table: string, key: readonly string[]): string => [table, ...key].join('/');
