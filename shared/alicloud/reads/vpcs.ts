import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { goneAsNull } from '../gone-as-null';
import { callFor, integer, text } from '../parse-response';

const vpc = z.object({
  VpcId: z.string(),
  VpcName: text,
  CidrBlock: z.string(),
  SecondaryCidrBlocks: z.object({ SecondaryCidrBlock: z.array(z.string()).default([]) }).prefault({}),
  AssociatedCens: z
    .object({ AssociatedCen: z.array(z.object({ CenId: z.string(), CenStatus: text })).default([]) })
    .prefault({}),
});
export type VpcReading = z.infer<typeof vpc>;

/** Null where there is none of that id in the region. */
export const readVpc = (cloud: Cloud, region: string, id: string): Promise<VpcReading | null> =>
  goneAsNull(
    callFor(cloud, { service: 'vpc', region, action: 'DescribeVpcAttribute', parameters: { VpcId: id } }, vpc),
  );

const vSwitch = z.object({
  VSwitchId: z.string(),
  ZoneId: z.string(),
  CidrBlock: z.string(),
  AvailableIpAddressCount: integer.default(0),
  /** The bound table; left out by some answers, where the table's own list of vSwitches says it. */
  RouteTable: z.object({ RouteTableId: text }).prefault({}),
});
export type VSwitchReading = z.infer<typeof vSwitch>;

const listing = z.object({ TotalCount: z.number(), VSwitches: z.object({ VSwitch: z.array(vSwitch) }) });

export const listVSwitches = (cloud: Cloud, region: string, vpcId: string): Promise<VSwitchReading[]> =>
  numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeVSwitches', parameters: { VpcId: vpcId } },
    { schema: listing, items: ({ VSwitches }) => VSwitches.VSwitch, pageSize: 50 },
  );
