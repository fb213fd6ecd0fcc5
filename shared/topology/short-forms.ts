/**
 * Short forms become full ones before anything else is checked. There are two:
 *
 * - an office as one line: `203.0.113.11 10.10.10.0/24[,10.10.11.0/24…] via virginia [in US]`, which is its address,
 *   CIDRs, VPC and country;
 * - one value for a list of one: `cidrs: 10.10.10.0/24`, `ports: tcp/443`, `addresses: …`, `from: …`, `to: …`.
 */
const LONGEST = 2_000;
const OFFICE = /^\s*(\S+)\s+([^\s,]+(?:\s*,\s*[^\s,]+)*)\s+via\s+(\S+)(?:\s+in\s+(\S+))?\s*$/;

interface FullOffice {
  address: string;
  cidrs: string[];
  vpc: string;
  country?: string;
}

/** Null where the text is no office in short form. */
export function expandOffice(text: string): FullOffice | null {
  const match = text.length > LONGEST ? null : OFFICE.exec(text);
  if (!match) return null;
  const [, address = '', cidrs = '', vpc = '', country] = match;
  const office = { address, cidrs: cidrs.split(',').map((part) => part.trim()), vpc };
  return country === undefined ? office : { ...office, country };
}

export const listOfOne = (value: unknown): unknown => (typeof value === 'string' ? [value] : value);
