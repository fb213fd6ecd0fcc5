/**
 * Access between offices is not enforceable in the cloud: groups guard cloud interfaces only, and with cloud side
 * 0.0.0.0/0 the offices of a gateway reach each other on every port.
 */
import { warning } from '../finding';
import type { Lint } from './lint';

const SHOWN = 3;

export const accessBetweenOffices: Lint = ({ topology: { access, offices }, gaps }) => {
  if (!access.stated || gaps.sections.has('access') || gaps.sections.has('offices')) return [];
  const allowed = new Map(offices.map(({ name }) => [name, new Set<string>()]));
  for (const { from, to } of access.rules) if (allowed.has(to)) allowed.get(from)?.add(to);
  const count = [...allowed.values()].reduce((sum, targets) => sum + targets.size, 0);
  const kept = offices.length * (offices.length - 1) - count;
  if (kept === 0) return [];
  const examples: string[] = [];
  for (const [from, targets] of allowed) {
    if (examples.length === SHOWN) break;
    for (const { name: to } of offices)
      if (from !== to && !targets.has(to) && examples.length < SHOWN) examples.push(`${from} to ${to}`);
  }
  const more = kept > examples.length ? ` and ${kept - examples.length} more` : '';
  return [
    warning(['access'], {
      code: 'access-held-by-devices',
      message: `access keeps offices from each other (${examples.join(', ')}${more}), which the cloud cannot enforce: only their devices can`,
      remedy: 'Filter on the offices’ devices; the proof says of such pairs "by the office’s device".',
    }),
  ];
};
