/** Nested input as the wire carries it: `Tag.1.Key`. What is null or undefined is left out, as the SDKs do. */
export function flatParameters(input: object): Record<string, string> {
  const flat: Record<string, string> = {};
  flatten(input, '', flat);
  return flat;
}

function flatten(value: unknown, name: string, flat: Record<string, string>): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') {
    flat[name] = String(value);
    return;
  }
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index) => [index + 1, item] as const)
    : Object.entries(value);
  for (const [key, item] of entries) flatten(item, name ? `${name}.${key}` : String(key), flat);
}
