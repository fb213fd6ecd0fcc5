/** Blocks that no route may lead to: the cloud uses them itself, or nobody can. */
import { rangeOf } from '../../cidr';
import { error } from '../finding';
import { notRoutable } from '../special-blocks';
import type { Lint } from './lint';

export const siteBlocks: Lint = ({ topology: { vpcs, offices } }) =>
  [
    ...vpcs.map(({ name, cidrs }) => ({ section: 'vpcs', name, cidrs })),
    ...offices.map(({ name, cidrs }) => ({ section: 'offices', name, cidrs })),
  ].flatMap(({ section, name, cidrs }) =>
    cidrs.flatMap((cidr, index) => {
      const block = notRoutable(rangeOf(cidr));
      if (!block) return [];
      return error([section, name, 'cidrs', index], {
        code: 'cidr-not-routable',
        message: `${cidr} of ${name} cannot be routed: ${cidr === block.cidr ? 'it' : `${block.cidr}`} ${block.what}`,
        remedy: 'Renumber the site, or leave out what is not its own.',
      });
    }),
  );
