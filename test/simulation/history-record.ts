import { createHash } from 'node:crypto';
import type { Violation } from './checks/check';

/** What was seen, line by line, and what must not have been. */
export class HistoryRecord {
  readonly violations: Violation[] = [];
  private readonly hash = createHash('sha256');
  /** Since the start, in seconds; set with the stage. */
  seconds: () => number = () => 0;

  constructor(private readonly hear?: (line: string) => void) {}

  note(line: string): void {
    const text = `${this.seconds().toFixed(3)} ${line}`;
    this.hash.update(`${text}\n`);
    this.hear?.(text);
  }

  violated(violation: Violation): void {
    this.note(`VIOLATION ${violation.check}: ${violation.what}`);
    this.violations.push(violation);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}
