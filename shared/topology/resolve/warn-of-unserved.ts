/** Ports in `access` that nothing listens on: they would stand open all the same. */
import { type Path, warning } from '../finding';
import { type Application, formatPort, type PortRange } from '../topology';
import type { Context } from './context';

const SHOWN = 5;

/** `icmp` and `all` are admitted beside an application's ports. */
export function warnOfUnserved(
  { tell }: Context,
  ports: readonly PortRange[],
  applications: readonly Application[],
  path: Path,
): void {
  for (const [index, port] of ports.entries()) {
    if (port.protocol === 'icmp' || port.protocol === 'all') continue;
    const without = applications.filter((one) => !one.ports.some((own) => meets(own, port)));
    if (without.length === 0) continue;
    const more = without.length > SHOWN ? ` and ${without.length - SHOWN} more` : '';
    tell(
      warning([...path, index], {
        code: 'port-not-served',
        message: `${formatPort(port)} would be opened, and is no port of ${without
          .slice(0, SHOWN)
          .map(({ ref }) => ref)
          .join(', ')}${more}`,
        remedy: 'Leave it out, or add it to the application’s ports.',
      }),
    );
  }
}

const meets = (own: PortRange, port: PortRange): boolean =>
  own.protocol === 'all' || (own.protocol === port.protocol && own.first <= port.last && port.first <= own.last);
