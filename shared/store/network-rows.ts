import * as z from 'zod';
import type { NetworkRow } from '../engine/run';
import type { RunStore } from '../engine/store';
import { canonicalJson, type Json } from '../json';
import type { Columns } from './table-client';
import { keyHash, networkKey, type Tables } from './tables';

const columnsSchema = z.looseObject({ version: z.number(), document: z.string() });

const rowOf = (columns: Columns): NetworkRow => {
  const { version, document } = columnsSchema.parse(columns);
  return { ...(JSON.parse(document) as NetworkRow), version };
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
    const text = canonicalJson(next as unknown as Json);
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

export const takePlace =
  ({ client, name }: Tables): RunStore['takePlace'] =>
  async (place, owner) => {
    const columns = { network: owner.network, incarnation: owner.incarnation };
    if (await client.put(name('places'), placeKey(place), columns, { row: 'expect-absent' }))
      return { holder: owner, fresh: true };
    const row = await client.get(name('places'), placeKey(place));
    const holder = row ? { network: String(row.network), incarnation: String(row.incarnation) } : owner;
    return { holder, fresh: false };
  };

export const leavePlace =
  ({ client, name }: Tables): RunStore['leavePlace'] =>
  async (place, owner) => {
    const columns = { network: owner.network, incarnation: owner.incarnation };
    await client.delete(name('places'), placeKey(place), { row: 'expect-exist', columns });
  };
