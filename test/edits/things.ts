import type { VirtualCloud } from '../in-process/virtual-run';

/**
 * All that stands in the cloud. Not the service's own: its locks, and the routers of the basic edition, which it makes
 * with the first attachment in a region and keeps.
 */
export const things = ({ inProcess }: VirtualCloud): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { collection, value } of inProcess.world.state.snapshot()) {
    if (!/^(vpc|cbn|kms|ecs)\./.test(collection) || collection === 'cbn.locks') continue;
    if (collection === 'cbn.transit-routers' && (value as { type: string }).type === 'Basic') continue;
    counts[collection] = (counts[collection] ?? 0) + 1;
  }
  return counts;
};
