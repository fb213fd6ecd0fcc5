import { error, type Path } from '../finding';
import type { PortRange } from '../topology';
import type { Context } from './context';
import { allOf } from './read-address';

const PORT = /^(tcp|udp)\/(\d{1,5})(?:-(\d{1,5}))?$/i;
const HIGHEST = 65_535;

/** `tcp/443`, `udp/500-600`, `icmp`, `all`; null where the text is none of them. */
function parsePort(text: string): PortRange | null {
  const word = text.toLowerCase();
  if (word === 'icmp' || word === 'all') return { protocol: word, first: 0, last: HIGHEST };
  const match = PORT.exec(text);
  if (!match) return null;
  const first = Number(match[2]);
  const last = match[3] === undefined ? first : Number(match[3]);
  if (first < 1 || last > HIGHEST || last < first) return null;
  return { protocol: match[1]?.toLowerCase() === 'udp' ? 'udp' : 'tcp', first, last };
}

export function readPort({ tell }: Pick<Context, 'tell'>, text: string, path: Path): PortRange | null {
  const port = parsePort(text);
  if (port) return port;
  const isNumber = /^\d{1,5}(-\d{1,5})?$/.test(text);
  const remedy = isNumber
    ? `Name the protocol: tcp/${text} or udp/${text}.`
    : 'Write tcp/443, udp/500-600, icmp or all; ports are 1 to 65535.';
  tell(error(path, { code: 'not-a-port', message: `${text} is no port`, remedy }));
  return null;
}

export const readPorts = (context: Pick<Context, 'tell'>, texts: readonly string[], path: Path): PortRange[] | null =>
  allOf(texts.map((text, index) => readPort(context, text, [...path, index])));
