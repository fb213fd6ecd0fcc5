import { cidr } from '../../../shared/cidr';
import { aggregateRules } from '../../../shared/plan/desired/aggregate-rules';
import { formatPort, type PortRange } from '../../../shared/topology/topology';

const PROTOCOL = /^(tcp|udp|icmp|all)(?:\/(\d+)(?:-(\d+))?)?$/;

function port(text: string): PortRange {
  const [, protocol, first, last] = PROTOCOL.exec(text) ?? [];
  const from = Number(first ?? 0);
  return { protocol: protocol as PortRange['protocol'], first: from, last: Number(last ?? first ?? 65_535) };
}

/** `10.0.0.0/8 tcp/443` */
const aggregated = (...rules: string[]): string[] =>
  aggregateRules(
    rules.map((rule) => {
      const [source = '', ports = ''] = rule.split(' ');
      return { source: cidr(source), port: port(ports) };
    }),
  ).map((rule) => `${rule.source} ${formatPort(rule.port)}`);

test.each<[reason: string, given: string[], expected: string[]]>([
  ['a rule stated twice is one rule', ['10.0.0.0/24 tcp/443', '10.0.0.0/24 tcp/443'], ['10.0.0.0/24 tcp/443']],
  [
    'sources stand in the order of addresses, not of letters',
    ['100.0.0.0/24 tcp/1', '9.0.0.0/24 tcp/1', '10.0.0.0/24 tcp/1'],
    ['9.0.0.0/24 tcp/1', '10.0.0.0/24 tcp/1', '100.0.0.0/24 tcp/1'],
  ],
  ['overlapping ports are joined', ['10.0.0.0/24 tcp/80-90', '10.0.0.0/24 tcp/85-99'], ['10.0.0.0/24 tcp/80-99']],
  ['adjacent ports are joined', ['10.0.0.0/24 tcp/81', '10.0.0.0/24 tcp/80'], ['10.0.0.0/24 tcp/80-81']],
  [
    'ports with one between stay apart',
    ['10.0.0.0/24 tcp/80', '10.0.0.0/24 tcp/82'],
    ['10.0.0.0/24 tcp/80', '10.0.0.0/24 tcp/82'],
  ],
  ['protocols stay apart', ['10.0.0.0/24 udp/53', '10.0.0.0/24 tcp/53'], ['10.0.0.0/24 tcp/53', '10.0.0.0/24 udp/53']],
  [
    'all leaves nothing else to say',
    ['10.0.0.0/24 tcp/53', '10.0.0.0/24 all', '10.0.0.0/24 icmp'],
    ['10.0.0.0/24 all'],
  ],
  [
    'a block within a wider one needs no rule for the same port',
    ['10.1.0.0/16 tcp/443', '10.1.2.0/24 tcp/443'],
    ['10.1.0.0/16 tcp/443'],
  ],
  [
    'nor for a port that the wider one admits among others',
    ['10.1.0.0/16 all', '10.1.2.3/32 icmp'],
    ['10.1.0.0/16 all'],
  ],
  [
    'a block within a wider one keeps the ports that are its own',
    ['10.1.0.0/16 tcp/443', '10.1.2.0/24 tcp/22'],
    ['10.1.0.0/16 tcp/443', '10.1.2.0/24 tcp/22'],
  ],
  [
    'the widest of three counts through the one between',
    ['10.0.0.0/8 icmp', '10.1.0.0/16 tcp/22', '10.1.2.0/24 icmp'],
    ['10.0.0.0/8 icmp', '10.1.0.0/16 tcp/22'],
  ],
  [
    'a block after the end of a wider one stands for itself',
    ['10.0.0.0/16 icmp', '10.1.0.0/24 icmp'],
    ['10.0.0.0/16 icmp', '10.1.0.0/24 icmp'],
  ],
  [
    'siblings are not merged into a block that no office has',
    ['10.0.0.0/24 icmp', '10.0.1.0/24 icmp'],
    ['10.0.0.0/24 icmp', '10.0.1.0/24 icmp'],
  ],
  ['nothing admits nothing', [], []],
])('%s', (_reason, given, expected) => {
  expect(aggregated(...given)).toEqual(expected);
});
