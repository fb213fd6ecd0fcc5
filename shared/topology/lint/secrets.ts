/** One key for two offices: whoever has the one device can be the other. */
import { warning } from '../finding';
import type { Lint } from './lint';

export const secrets: Lint = ({ topology: { offices } }) => {
  const seen = new Map<string, string>();
  return offices.flatMap(({ name, presharedKeySecret }) => {
    if (presharedKeySecret === null) return [];
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
