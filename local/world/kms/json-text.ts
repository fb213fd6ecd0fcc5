/** What a parameter carries as a JSON text; null where it is none, which no schema here takes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
