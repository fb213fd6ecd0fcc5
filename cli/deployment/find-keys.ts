/** No account id, key or secret stands in s.yaml: what looks like one, as the file has it and before it is expanded. */
import type { Json } from '../../shared/json';
import { error, type Finding, type Path } from '../../shared/topology/finding';

const NAMES = /secret|password|passwd|token|private_?key|access_?key|account_?id|credential/i;
const VALUES: readonly [RegExp, string][] = [
  [/\b(LTAI|STS\.)[A-Za-z0-9]{8,}/, "an access key's id"],
  [/\b\d{16}\b/, "an account's id"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
];

/** What is found is never repeated: problems end in logs. */
export function findKeys(value: Json, path: Path = []): Finding[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const found = VALUES.find(([pattern]) => pattern.test(String(value)));
    return found ? [keyAt(path, `${found[1]} stands here`)] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, child]) => {
    const at = [...path, key];
    const named = typeof key === 'string' && NAMES.test(key) ? [keyAt(at, `${key} is named as a key is`)] : [];
    return [...named, ...findKeys(child, at)];
  });
}

const keyAt = (path: Path, message: string): Finding =>
  error(path, {
    code: 'secret',
    message,
    remedy: "Functions get keys by their roles; write config('AccountID') for the account, and keep secrets in KMS.",
  });
