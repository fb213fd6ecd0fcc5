import type { Objects } from '../../shared/engine/objects';

export interface MemoryObjects extends Objects {
  readonly all: ReadonlyMap<string, Uint8Array>;
  text(key: string): string | null;
}

export function memoryObjects(): MemoryObjects {
  const all = new Map<string, Uint8Array>();
  return {
    all,
    get: async (key) => all.get(key) ?? null,
    put: async (key, body) => {
      all.set(key, typeof body === 'string' ? new TextEncoder().encode(body) : body);
    },
    text: (key) => {
      const body = all.get(key);
      return body ? new TextDecoder().decode(body) : null;
    },
  };
}
