/**
 * Access between offices is not enforceable in the cloud: groups guard cloud interfaces only, and with cloud side
 * 0.0.0.0/0 the offices of a gateway reach each other on every port.
 */
import { type Finding, type Lint, warning } from './finding';

const SHOWN = 5;

export const accessBetweenOffices: Lint = ({ access, offices }) => {
  if (!access.stated || offices.length < 2) return [];
  const names = new Set<string>(offices.map(({ name }) => name));
  const allowed = new Set(
    access.rules.filter(({ from, to }) => names.has(from) && names.has(to)).map(({ from, to }) => `${from} to ${to}`),
  );
  const all = names.size * (names.size - 1);
  if (allowed.size === all) return [];
  const missing: string[] = [];
  for (const from of names)
    for (const to of names)
      if (from !== to && missing.length < SHOWN && !allowed.has(`${from} to ${to}`)) missing.push(`${from} to ${to}`);
  const more = all - allowed.size - missing.length;
  const finding: Finding = warning(
    ['access'],
    'access-held-by-devices',
    `the cloud cannot keep offices from each other (${missing.join(', ')}${more > 0 ? ` and ${more} more pairs` : ''}); only their devices can`,
    'Put these rules into the offices’ devices; their packs carry them.',
  );
  return [finding];
};
