/** The entries that tables hold without anyone having made them one by one. */

/** An entry of a VPC route table, as DescribeRouteEntryList shows it. */
export interface VpcTableEntry {
  id: string;
  destination: string;
  nextHopType: string;
  nextHopId: string;
  nextHopRegion: string | null;
  type: 'System' | 'Custom' | 'CEN' | 'BGP';
  status: string;
  /** `TR` for what a transit router synchronised. */
  serviceType: string | null;
  name: string;
  description: string;
}
