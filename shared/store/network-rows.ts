import * as z from 'zod';
import { type NetworkQuestion, type NetworkRow, OUTCOMES, type RunId } from '../engine/run';
import type { PlaceHolder, RunStore } from '../engine/store';
import { epoch } from '../engine/stored-shapes';
import { TrunklineError } from '../errors';
import { checkStored, fromStored, withFormat } from '../format';
import { canonicalJson, type Json } from '../json';
import type { Columns } from './table-client';
import { keyHash, networkKey, type Tables } from './tables';

const columnsSchema = z.looseObject({ version: z.number(), document: z.string() });

const runId = z.custom<RunId>((value) => typeof value === 'string');

const voiceSchema = z.object({
  by: z.string(),
  at: epoch,
  agrees: z.boolean(),
  reason: z.string().nullable(),
});

const questionSchema: z.ZodType<NetworkQuestion> = z.object({
  plan: z.string(),
  reasons: z.array(z.string()),
  people: z.int(),
  validHours: z.int(),
  askedAt: epoch,
  voices: z.array(voiceSchema),
  asker: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('file'), key: z.string() }),
    z.object({ kind: z.literal('submission'), id: z.string() }),
    z.object({ kind: z.literal('destroy'), base: z.int() }),
    z.object({ kind: z.literal('rollback'), base: z.int(), revision: z.int() }),
  ]),
  revision: z.int().nullable(),
});

const documentSchema: z.ZodType<NetworkRow> = z.object({
  name: z.string(),
  incarnation: z.string(),
  source: z.string(),
  latest: z.int().min(0),
  latestHash: z.string(),
  latestObject: z.string(),
  live: z.int().nullable(),
  liveObject: z.string().nullable(),
  activeRun: runId.nullable(),
  runs: z.int().min(0),
  lastRun: runId.nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  question: questionSchema.nullable(),
  version: z.int(),
});

const holderSchema: z.ZodType<PlaceHolder> = z.object({
  network: z.string(),
  incarnation: z.string(),
  attempt: z.string(),
  at: epoch,
});

const rowOf = (columns: Columns): NetworkRow => {
  const { version, document } = checkStored(columnsSchema, columns, 'the row of a network');
  return { ...fromStored(documentSchema, document, 'the row of a network'), version };
};

export const readNetwork =
  ({ client, name }: Tables): RunStore['readNetwork'] =>
  async (network) => {
    const columns = await client.get(name('networks'), networkKey(network));
    return columns && rowOf(columns);
  };

export const listNetworks =
  ({ client, name }: Tables): RunStore['listNetworks'] =>
  async () => {
    const rows = (await client.range(name('networks'), [])).map((row) => rowOf(row.columns));
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  };

/** Compare-and-set on the version; see writeRecord for why a refusal is read back. */
export const writeNetwork =
  ({ client, name }: Tables): RunStore['writeNetwork'] =>
  async (row) => {
    const key = networkKey(row.name);
    const next: NetworkRow = { ...row, version: row.version + 1 };
    const text = canonicalJson(withFormat(next) as unknown as Json);
    const columns = { version: next.version, document: text };
    const written =
      row.version === 0
        ? await client.put(name('networks'), key, columns, { row: 'expect-absent' })
        : await client.update(name('networks'), key, columns, {
            row: 'expect-exist',
            columns: { version: row.version },
          });
    if (written) return next;
    const standing = await client.get(name('networks'), key);
    return standing?.document === text ? next : null;
  };

const placeKey = (place: string) =>
  [
    ['hash', keyHash(place)],
    ['place', place],
  ] as const;

/** Places are left between a look and the next; more than twice in a row nobody is. */
const TRIES = 3;

/**
 * A place that its network has already is taken again all the same, under this attempt's name: whoever of the same
 * network is about to leave it, refused for another place, then leaves what is no longer its own.
 */
export const takePlace =
  ({ client, name }: Tables): RunStore['takePlace'] =>
  async (place, by) => {
    const ours = { network: by.network, incarnation: by.incarnation };
    const columns = { ...by };
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (await client.put(name('places'), placeKey(place), columns, { row: 'expect-absent' })) return by;
      if (await client.put(name('places'), placeKey(place), columns, { row: 'expect-exist', columns: ours })) return by;
      const row = await client.get(name('places'), placeKey(place));
      const holder = row && checkStored(holderSchema, row, `the row of ${place}`);
      if (holder && !(holder.network === by.network && holder.incarnation === by.incarnation)) return holder;
    }
    throw new TrunklineError('StoreUnavailable', `${place} was taken and left ${TRIES} times while it was asked for`);
  };

export const takeOverPlace =
  ({ client, name }: Tables): RunStore['takeOverPlace'] =>
  (place, from, to) =>
    client.put(name('places'), placeKey(place), { ...to }, { row: 'expect-exist', columns: { ...from } });

export const leavePlace =
  ({ client, name }: Tables): RunStore['leavePlace'] =>
  async (place, { network, incarnation, attempt }) => {
    const columns = { network, incarnation, attempt };
    await client.delete(name('places'), placeKey(place), { row: 'expect-exist', columns });
  };
