/** Blocks and addresses as the file writes them. Null, and told, where one is none. */
import { type Cidr, formatCidr, type Ipv4, parseCidr, parseIpv4 } from '../../cidr';
import { error, type Path } from '../finding';
import type { Context } from './context';

type Tell = Pick<Context, 'tell'>;

/** `anywhere`: 0.0.0.0/0 is allowed. */
export function readCidr({ tell }: Tell, text: string, path: Path, anywhere = false): Cidr | null {
  const refuse = (code: string, message: string, remedy: string): null => {
    tell(error(path, { code, message, remedy }));
    return null;
  };
  const range = parseCidr(text);
  if (range === null) {
    if (text.includes(':')) return refuse('ipv6', `${text} is IPv6, which is not supported`, 'Use an IPv4 block.');
    if (parseIpv4(text) !== null)
      return refuse('not-a-block', `${text} is an address and no block`, `Write ${text}/32 if one address is meant.`);
    return refuse('not-a-block', `${text} is no CIDR block`, 'Write it like 10.10.10.0/24.');
  }
  const block = formatCidr(range);
  if (block !== text)
    return refuse('host-bits', `${text} is an address within ${block}`, `Write ${block}, if the block is meant.`);
  if (range.prefixLength === 0 && !anywhere)
    return refuse('everywhere', '0.0.0.0/0 is every address there is', 'Name the blocks that are there.');
  return block;
}

export function readCidrs(context: Tell, texts: readonly string[], path: Path, anywhere = false): Cidr[] | null {
  return allOf(texts.map((text, index) => readCidr(context, text, [...path, index], anywhere)));
}

export function readAddress({ tell }: Tell, text: string, path: Path): Ipv4 | null {
  if (parseIpv4(text) !== null) return text as Ipv4;
  const refuse = (code: string, message: string, remedy: string): null => {
    tell(error(path, { code, message, remedy }));
    return null;
  };
  if (text.includes(':')) return refuse('ipv6', `${text} is IPv6, which is not supported`, 'Use an IPv4 address.');
  if (/[a-z]/i.test(text))
    return refuse(
      'dynamic-address',
      `${text} is no address: a customer gateway has a static one`,
      'Give the static public IPv4 address; offices with a changing one are not supported.',
    );
  if (text.includes('/'))
    return refuse('not-an-address', `${text} is a block`, 'Write one address, without its length.');
  return refuse('not-an-address', `${text} is no IPv4 address`, 'Write it like 203.0.113.11.');
}

/** All of them, or null. */
export const allOf = <T>(values: readonly (T | null)[]): T[] | null => {
  const found = values.filter((value) => value !== null);
  return found.length === values.length ? found : null;
};
