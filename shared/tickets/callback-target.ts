/**
 * Which addresses a callback may go to. Only the operator registers them, and never a request; and yet none reaches what
 * a function's own network would answer: the metadata service hands out the role's keys to whoever asks.
 *
 * A name is judged by its addresses when it is called (`mayBeReached`), not when it is registered.
 */
import { type Cidr, contains, parseIpv4, rangeOf } from '../cidr';
import type { Secret } from '../secret';

export interface CallbackTarget {
  /** What is called, or of a system with an API of its own the address that its paths stand below. */
  url: string;
  /** Whose token the key is; null where it needs none, and in the generic form, which signs. */
  user: string | null;
  key: Secret;
}

/** `http` for what runs on this machine, beside the local cloud; everywhere else the ticket's body is nobody's business. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Alibaba Cloud's metadata service, link-local addresses (other clouds' metadata), and what is no address at all. */
const NEVER = ['100.100.100.200/32', '169.254.0.0/16', '0.0.0.0/8'].map((block) => rangeOf(block as Cidr));
/** Link-local; no address, and IPv4 within IPv6: mapped, compatible, NAT64, 6to4, Teredo. */
const NEVER_V6 = /^\[(fe[89ab][0-9a-f]:|::(?!1\])|64:ff9b:|2002:|2001:0?:)/;

export function mayBeCalled(text: string): boolean {
  if (!URL.canParse(text)) return false;
  // The parser has brought every notation of an IPv4 address (hexadecimal, one number) into the usual one.
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.test(hostname))) return false;
  if (NEVER_V6.test(hostname)) return false;
  const address = parseIpv4(hostname);
  return address === null || !NEVER.some((block) => contains(block, { ...block, first: address, last: address }));
}

/** An address that a name was resolved to. */
export const mayBeReached = (address: string): boolean =>
  mayBeCalled(`https://${address.includes(':') ? `[${address}]` : address}/`);
