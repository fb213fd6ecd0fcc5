/**
 * The topology's tests. A test to an application without a port speaks of all its ports: reachable when each is,
 * blocked when none is. Between offices only what the cloud does counts: it never holds that one is blocked because
 * its device would do so.
 */
import { formatPort, type ReachabilityTest } from '../topology/topology';
import { createPortJudge, createSiteJudge } from './application-pairs';
import type { End, Ground } from './ground';
import type { Finding } from './judge';
import type { TestProof } from './proof';

export function proveTests(ground: Ground): TestProof[] {
  const { applications, sites, topology } = ground;
  const judgePort = createPortJudge(ground);
  const judgeSites = createSiteJudge(ground);
  const ends = new Map<string, End>([
    ...sites.map((site): [string, End] => [site.name, site]),
    ...[...applications.values()].map(({ end }): [string, End] => [end.name, end]),
  ]);
  const findingsOf = ({ from: fromName, to: toName, port }: ReachabilityTest): Finding[] => {
    const from = ends.get(fromName);
    const to = ends.get(toName);
    if (!from || !to) return [];
    const application = applications.get(toName)?.application;
    if (!application) return [judgeSites(from, to, port)];
    return (port ? [port] : application.ports).map((it) => judgePort(from, application, it));
  };
  return topology.tests.map((test) => {
    const passes = findingsOf(test).map(({ verdict }) => verdict === 'reachable' || verdict === 'assumed');
    const reachable = passes.length > 0 && passes.every(Boolean);
    return {
      from: test.from,
      to: test.to,
      port: test.port && formatPort(test.port),
      expect: test.expect,
      holds: test.expect === 'reachable' ? reachable : passes.length > 0 && !passes.some(Boolean),
    };
  });
}
