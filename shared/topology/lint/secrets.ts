/**
 * One key for two offices: whoever has the one device can be the other. And those of ticketing systems, which the tunnel
 * function's role may not read: told before a gateway is made.
 */
import { error, warning } from '../finding';
import type { Lint } from './lint';

const OF_TICKETS = /\/webhook\//;

export const secrets: Lint = ({ topology: { offices } }) => {
  const seen = new Map<string, string>();
  return offices.flatMap(({ name, presharedKeySecret }) => {
    if (presharedKeySecret === null) return [];
    if (OF_TICKETS.test(presharedKeySecret))
      return error(['offices', name, 'presharedKey', 'secret'], {
        code: 'secret-reserved',
        message: `${presharedKeySecret} is the name of a ticketing system's secret: those have /webhook/ in it`,
        remedy: 'Name another one, or leave it out and Trunkline makes one.',
      });
    const before = seen.get(presharedKeySecret);
    seen.set(presharedKeySecret, before ?? name);
    if (before === undefined) return [];
    return warning(['offices', name, 'presharedKey', 'secret'], {
      code: 'secret-shared',
      message: `${name} and ${before} have one pre-shared key, ${presharedKeySecret}: who holds the one device can pose as the other`,
      remedy: 'Give each office its own, or leave it out and Trunkline makes one.',
      other: ['offices', before, 'presharedKey', 'secret'],
    });
  });
};
