/** Where a system's requests may come from, as the operator registered it: addresses and blocks, IPv4 and IPv6. */
import { BlockList, isIP } from 'node:net';

const ENTRY = /^([0-9A-Fa-f:.]{2,45})(?:\/(\d{1,3}))?$/;

export function isAddressBlock(text: string): boolean {
  const [, address = '', length] = ENTRY.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && (length === undefined || Number(length) <= bitsOf(family));
}

/** `allowed`: null where it does not matter. An address that is none is no member of any list. */
export function mayComeFrom(allowed: readonly string[] | null, address: string): boolean {
  if (allowed === null) return true;
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const entry of allowed) {
    const [, first = '', length] = ENTRY.exec(entry) ?? [];
    const of = isIP(first);
    list.addSubnet(first, length === undefined ? bitsOf(of) : Number(length), typeOf(of));
  }
  return list.check(address, typeOf(family));
}

const bitsOf = (family: number): number => (family === 4 ? 32 : 128);
const typeOf = (family: number): 'ipv4' | 'ipv6' => (family === 4 ? 'ipv4' : 'ipv6');
