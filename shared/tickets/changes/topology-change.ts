/** A change to the topology that stands, as a ticket carries it. The shape alone is checked here; the rest by apply-change.ts. */
import * as z from 'zod';
import type { Json } from '../../json';

export type TopologyChange =
  | { change: 'add-office'; network: string; name: string; office: Json }
  | { change: 'remove-office'; network: string; name: string }
  /** Of a VPC's gateway, or of the link between two VPCs' regions: one of the two. */
  | {
      change: 'change-bandwidth';
      network: string;
      gateway?: string | undefined;
      link?: [string, string] | undefined;
      bandwidthMbps: number;
    };

const network = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const name = z.string().min(1).max(200);

/** In full or in one line, as the file writes it. */
const office = z.union([z.string().max(2_000), z.record(z.string(), z.json())]);

export const changeSchema: z.ZodType<TopologyChange> = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('add-office'), network, name, office }),
  z.strictObject({ change: z.literal('remove-office'), network, name }),
  z.strictObject({
    change: z.literal('change-bandwidth'),
    network,
    gateway: name.optional(),
    link: z.tuple([name, name]).optional(),
    bandwidthMbps: z.number(),
  }),
]);
