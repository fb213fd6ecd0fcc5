/**
 * Proves a network: every ordered pair of sites, every application on each of its ports, and the topology's tests.
 * The topology says what is wanted and which addresses a site has; the model says what forwards.
 *
 * Measured on 1,000 offices in 20 VPCs of 20 regions (1,039,380 site pairs, 20,380 application pairs; bundled, two
 * shared cores): 2.0 s and 560 MB resident where all is well, 1.1 to 2.1 s and 600 MB where every gateway, every
 * selector or a table is broken. Pairs are not grouped beforehand: ways and explanations are shared, so a pair costs
 * a few reads.
 */
import type { Topology } from '../topology/topology';
import { proveApplications } from './application-pairs';
import { ASSUMPTIONS } from './assumptions';
import { type Ground, surveyGround } from './ground';
import type { NetworkModel } from './model';
import { pairProof } from './pair-proof';
import type { Count, PairProof, Proof } from './proof';
import { proveTests } from './test-pairs';

export function prove(topology: Topology, model: NetworkModel): Proof {
  const ground = surveyGround(topology, model);
  const sitePairs = proveSites(ground);
  const applicationPairs = proveApplications(ground);
  const tests = proveTests(ground);
  // Not spread: a million arguments do not fit on the stack.
  const pairs = sitePairs.concat(applicationPairs);
  const used = new Set<string>();
  for (const pair of pairs) for (const id of pair.assumptions) used.add(id);
  return {
    network: topology.name,
    ok: tests.every((test) => test.holds) && pairs.every((pair) => pair.reachable || !pair.wanted),
    pairs,
    tests,
    assumptions: ASSUMPTIONS.filter((assumption) => used.has(assumption.id)),
    summary: {
      sitePairs: count(sitePairs),
      applications: count(applicationPairs.filter((pair) => pair.wanted)),
      tests: { total: tests.length, hold: tests.filter((test) => test.holds).length },
    },
  };
}

function proveSites({ sites, access, judge }: Ground): PairProof[] {
  const pairs: PairProof[] = [];
  for (const from of sites)
    for (const to of sites) {
      if (from === to) continue;
      const finding = judge(from, to);
      pairs.push(pairProof({ from, to, port: null, wanted: access.wantsSites(from.name, to.name), finding, access }));
    }
  return pairs;
}

function count(pairs: readonly PairProof[]): Count {
  let reachable = 0;
  let assumed = 0;
  for (const pair of pairs) {
    if (pair.reachable) reachable += 1;
    if (pair.verdict === 'assumed') assumed += 1;
  }
  return { total: pairs.length, reachable, assumed };
}
