/** What is adopted is something of this file, named once; and a tunnel's key cannot be, since no answer tells it. */

import { desiredResources } from '../../plan/desired-resources';
import { error, type Finding } from '../finding';
import { didYouMean } from '../suggest';
import type { Lint } from './lint';

export const adoptions: Lint = ({ topology, gaps }) => {
  // What was left out would be missed here once more.
  if (topology.adopt.length === 0 || gaps.sections.size > 0 || gaps.names === null || gaps.names.size > 0) return [];
  const wanted = new Map(desiredResources(topology).map(({ id, desired }) => [id as string, desired]));
  const named = new Map<string, string>();
  return topology.adopt.flatMap(({ resource, cloudId }): Finding[] => {
    const path = ['adopt', resource];
    const desired = wanted.get(resource);
    if (!desired) return [unknown(path, resource, [...wanted.keys()])];
    // Tuples of two kinds may be the same.
    const thing = `${desired.kind} ${cloudId}`;
    const before = named.get(thing);
    named.set(thing, before ?? resource);
    const findings: Finding[] = [];
    if (before !== undefined)
      findings.push(
        error(path, {
          code: 'adopted-twice',
          message: `${cloudId} is adopted as ${before} and as ${resource}`,
          remedy: 'Name it once.',
          other: ['adopt', before],
        }),
      );
    if (desired.kind === 'pre-shared-key')
      findings.push(
        error(path, {
          code: 'adopted-key',
          message: `${resource} is a key, and keys are not adopted`,
          remedy: 'Say presharedKey: kept, or name its secret.',
        }),
      );
    if (desired.kind === 'vpn-connection' && desired.presharedKey !== null)
      findings.push(
        error(path, {
          code: 'adopted-with-another-key',
          message: `${resource} is adopted with its tunnels' key, and the file wants another one`,
          remedy: 'Say presharedKey: kept for its office, and give it another key in a later revision.',
          other: ['offices', resource.slice(resource.indexOf('/') + 1)],
        }),
      );
    if (desired.kind === 'cen' && desired.existingId !== null)
      findings.push(
        error(path, {
          code: 'adopted-cen',
          message: `backbone.cen names ${desired.existingId}, which is used and never changed`,
          remedy: 'Leave backbone.cen out to adopt it, or leave it out here.',
          other: ['backbone', 'cen'],
        }),
      );
    return findings;
  });
};

function unknown(path: string[], resource: string, known: readonly string[]): Finding {
  return error(path, {
    code: 'adopted-unknown',
    message: `${resource} is no resource of this file${didYouMean(resource, known)}`,
    remedy: 'Name it as `trunkline plan FILE --all` does.',
    atKey: true,
  });
}
