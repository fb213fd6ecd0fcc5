import type { Desired, ResourceId } from './desired';

/** The attributes that name another resource, whatever the kind. */
const REFERENCES = [
  'gateway',
  'customerGateway',
  'presharedKey',
  'connection',
  'cen',
  'router',
  'peerRouter',
  'attachment',
] as const;

export interface Reference {
  attribute: string;
  id: ResourceId;
}

/** What the desired attributes name, in a fixed order. */
export function referencesOf(desired: Desired): Reference[] {
  const named = desired as Partial<Record<(typeof REFERENCES)[number], ResourceId | null>>;
  return REFERENCES.flatMap((attribute) => {
    const id = named[attribute];
    return id ? [{ attribute, id }] : [];
  });
}
