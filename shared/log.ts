/**
 * The log: one JSON line an entry, fields that are known to be harmless. Nothing is logged that came from a request's
 * parameters or an answer's body (W7).
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export function jsonLog(write: (line: string) => void): Log {
  const entry =
    (level: 'info' | 'error') =>
    (message: string, fields: LogFields = {}) =>
      write(JSON.stringify({ level, message, ...fields }));
  return { info: entry('info'), error: entry('error') };
}
