/** Tests that can never hold, whatever is built. */
import { formatPort, type PortRange, type ReachabilityTest, type Topology } from '../topology';
import { error, type Finding, type Lint } from './finding';

export const tests: Lint = (topology) => {
  const judge = judgeOf(topology);
  return topology.tests.flatMap((test, index) => judge(test, ['tests', index]));
};

function judgeOf(topology: Topology): (test: ReachabilityTest, path: (string | number)[]) => Finding[] {
  const { vpcs, offices, access } = topology;
  const applications = new Map<string, PortRange[]>(
    vpcs.flatMap((vpc) => vpc.applications.map(({ ref, ports }) => [ref as string, ports])),
  );
  const officeNames = new Set(offices.map(({ name }) => name));
  const never = (path: (string | number)[], message: string, remedy: string) => [
    error(path, 'test-never-holds', message, remedy),
  ];
  return ({ from, to, port, expect }, path) => {
    if (from === to) return never(path, `the test leads from ${from} to itself`, 'Name two sites.');
    const ports = applications.get(to);
    if (ports && port && !ports.some((range) => covers(range, port)) && expect === 'reachable')
      return never(
        [...path, 'port'],
        `${to} does not listen on ${formatPort(port)}`,
        `Its ports are ${ports.map(formatPort).join(', ')}.`,
      );
    if (!ports && port && !officeNames.has(to))
      return never(
        [...path, 'port'],
        `${to} is a VPC: ports belong to its applications`,
        `Write ${to}.<application>, or leave the port out.`,
      );
    const allowed = allows(topology, { from, to, port, expect });
    if (expect === 'reachable' && ports && !allowed)
      return never(
        path,
        `access does not let ${from} reach ${to}${port ? ` on ${formatPort(port)}` : ''}`,
        'Allow it in access, or expect blocked.',
      );
    if (expect === 'blocked' && ports && allowed)
      return never(
        path,
        `access lets ${from} reach ${to}${port ? ` on ${formatPort(port)}` : ''}`,
        access.stated
          ? 'Remove it from access, or expect reachable.'
          : 'State access; without it everything is allowed.',
      );
    if (expect === 'blocked' && !ports)
      return never(
        path,
        `the cloud keeps no site from another: ${from} is routed to ${to}`,
        'Only an application’s security group blocks; test an application’s port.',
      );
    return [];
  };
}

function allows({ access, vpcs }: Topology, { from, to, port }: ReachabilityTest): boolean {
  const vpcOf = vpcs.find((vpc) => from.startsWith(`${vpc.name}.`))?.name;
  return access.rules.some(
    (rule) =>
      rule.to === to &&
      (rule.from === from || rule.from === vpcOf) &&
      (port === null || rule.ports.some((range) => covers(range, port))),
  );
}

const covers = (range: PortRange, port: PortRange): boolean =>
  range.protocol === 'all' ||
  (range.protocol === port.protocol && range.first <= port.first && port.last <= range.last);
