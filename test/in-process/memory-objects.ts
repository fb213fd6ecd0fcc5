import type { Listing, Objects } from '../../shared/engine/objects';

export interface MemoryObjects extends Objects, Listing {
  readonly all: ReadonlyMap<string, Uint8Array>;
  text(key: string): string | null;
  remove(key: string): Promise<void>;
}

export function memoryObjects(stored: Iterable<readonly [string, Uint8Array]> = []): MemoryObjects {
  const all = new Map(stored);
  return {
    all,
    get: async (key) => all.get(key) ?? null,
    list: async (prefix) => [...all.keys()].filter((key) => key.startsWith(prefix)).sort(),
    put: async (key, body) => {
      all.set(key, typeof body === 'string' ? new TextEncoder().encode(body) : body);
    },
    remove: async (key) => {
      all.delete(key);
    },
    text: (key) => {
      const body = all.get(key);
      return body ? new TextDecoder().decode(body) : null;
    },
  };
}
