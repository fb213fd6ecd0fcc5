import type { PortRange } from './topology';

const PORT = /^(tcp|udp)\/(\d{1,5})(?:-(\d{1,5}))?$/i;
const HIGHEST = 65_535;

/** `tcp/443`, `udp/500-600`, `icmp`, `all`; null where the text is none of them. */
export function parsePort(text: string): PortRange | null {
  const word = text.toLowerCase();
  if (word === 'icmp' || word === 'all') return { protocol: word, first: 0, last: HIGHEST };
  const match = PORT.exec(text);
  if (!match) return null;
  const first = Number(match[2]);
  const last = match[3] === undefined ? first : Number(match[3]);
  if (first < 1 || last > HIGHEST || last < first) return null;
  return { protocol: match[1]?.toLowerCase() as 'tcp' | 'udp', first, last };
}
