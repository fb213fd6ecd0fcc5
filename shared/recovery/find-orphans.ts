/**
 * What carries our deployment's tags and stands in no record: made before tables were lost, left by a life that nobody
 * remembers, or tagged by hand. Pure; it is shown, never removed: what nobody recorded nobody can prove to be ours (W6).
 */
import type { ResourceRecord } from '../engine/record';
import type { NetworkRow } from '../engine/run';
import type { Kind } from '../plan/desired';

export interface TaggedThing {
  kind: Kind;
  region: string | null;
  cloudId: string;
  tags: Readonly<Record<string, string>>;
}

export interface KnownNetwork {
  row: Pick<NetworkRow, 'name' | 'incarnation'>;
  records: readonly Pick<ResourceRecord, 'id' | 'cloudId' | 'generation' | 'marker'>[];
}

export interface Orphan {
  kind: Kind;
  region: string | null;
  cloudId: string;
  /** As its tags say; null where it has none. */
  network: string | null;
  resource: string | null;
  why: string;
  remedy: string;
  /** Whether it is paid for as long as it stands; null: by what goes through it. */
  billed: boolean | null;
}

/** `tagged` was read before `networks`: what was made in between is known by its record. */
export function findOrphans(tagged: readonly TaggedThing[], networks: readonly KnownNetwork[]): Orphan[] {
  const held = new Set(networks.flatMap(({ records }) => records.map(({ cloudId }) => cloudId)));
  const byName = new Map(networks.map((network) => [network.row.name, network]));
  return tagged.flatMap((thing) => {
    if (held.has(thing.cloudId)) return [];
    const { kind, region, cloudId, tags } = thing;
    const network = tags['trunkline:network'] ?? null;
    const known = network === null ? undefined : byName.get(network);
    if (known && isOnItsWay(tags, known)) return [];
    const resource = tags['trunkline:resource'] ?? null;
    return [{ kind, region, cloudId, network, resource, ...explain(tags, known), billed: BILLED[kind] ?? false }];
  });
}

/** Announced, and its id not recorded yet: a run may be at it this moment. */
const isOnItsWay = (tags: TaggedThing['tags'], { row, records }: KnownNetwork): boolean =>
  tags['trunkline:incarnation'] === row.incarnation &&
  records.some(
    ({ id, generation, marker }) =>
      marker !== null && id === tags['trunkline:resource'] && String(generation) === tags['trunkline:generation'],
  );

const LOOK = 'Look at what uses it; if nothing does, remove it at the console.';

function explain(tags: TaggedThing['tags'], known: KnownNetwork | undefined): Pick<Orphan, 'why' | 'remedy'> {
  const network = tags['trunkline:network'];
  if (network === undefined)
    return {
      why: 'its name is of a Trunkline, and no tag tells of which',
      remedy: `Another deployment may hold it. ${LOOK}`,
    };
  if (!known)
    return {
      why: `the tables know no network ${network}`,
      remedy: `If tables were lost, \`trunkline recover ${network}\` records it again. ${LOOK}`,
    };
  const incarnation = tags['trunkline:incarnation'];
  if (incarnation !== known.row.incarnation)
    return { why: `it is of the life ${incarnation} of ${network}, which is over`, remedy: LOOK };
  const record = known.records.find(({ id }) => id === tags['trunkline:resource']);
  if (record?.cloudId)
    return {
      why: `it was generation ${tags['trunkline:generation']}, and ${record.cloudId} is recorded now`,
      remedy: LOOK,
    };
  return {
    why: 'nothing is recorded of it',
    remedy: `\`trunkline recover ${network} --dry-run\` tells whether it would be recorded again. ${LOOK}`,
  };
}

/** The rest costs nothing by itself. Prices: the provider's pages of March 2026. */
const BILLED: { readonly [K in Kind]?: boolean | null } = {
  'vpn-gateway': true,
  'vpc-attachment': true,
  'peer-attachment': null,
  'pre-shared-key': true,
};
