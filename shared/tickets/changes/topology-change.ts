/** A change to the topology that stands, as a ticket carries it. The shape alone is checked here; the rest by apply-change.ts. */
import * as z from 'zod';
import type { Json } from '../../json';
import { listOf } from '../../list-of';

export type TopologyChange =
  | { change: 'add-office'; network: string; name: string; office: Json }
  | { change: 'remove-office'; network: string; name: string }
  /** To an earlier revision; left out: to the last good one. */
  | { change: 'rollback'; network: string; revision?: number | undefined }
  /** Of a VPC's gateway, or of the link between two VPCs' regions: one of the two. */
  | {
      change: 'change-bandwidth';
      network: string;
      gateway?: string | undefined;
      link?: [string, string] | undefined;
      bandwidthMbps: number;
    };

/** What edits the text that stands. */
export type TextChange = Exclude<TopologyChange, { change: 'rollback' }>;

const network = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const name = z.string().min(1).max(200);

/** No deeper than the file writes one: a schema that follows any depth ends on the stack, whoever signed it. */
const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const plainOrList = z.union([plain, listOf(plain)]);

const MOST_KEYS = 100;
/** Counted before they are looked at: of a megabyte of bad ones, every one is told of, which takes five seconds. */
const few = z.custom<object>(
  (value) => typeof value === 'object' && value !== null && Object.keys(value).length <= MOST_KEYS,
);

/** In full or in one line, as the file writes it. */
const office: z.ZodType<Json> = z.union([
  z.string().max(2_000),
  few.pipe(z.record(z.string(), z.union([plainOrList, few.pipe(z.record(z.string(), plainOrList))]))),
]);

export const changeSchema: z.ZodType<TopologyChange> = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('add-office'), network, name, office }),
  z.strictObject({ change: z.literal('remove-office'), network, name }),
  z.strictObject({ change: z.literal('rollback'), network, revision: z.int().min(1).optional() }),
  z.strictObject({
    change: z.literal('change-bandwidth'),
    network,
    gateway: name.optional(),
    link: z.tuple([name, name]).optional(),
    bandwidthMbps: z.number(),
  }),
]);
