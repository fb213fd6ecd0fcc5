import { drawNetwork } from '../../../shared/network/picture';
import { exampleTopology, office, tcp } from './example';

test('offices, tunnels, VPCs and the backbone that joins them', () => {
  expect(drawNetwork(exampleTopology())).toBe(
    `                                                                       ┌─────┐
                                ┌ virginia ───────────── us-east-1 ┐   │     │
 office-1     10.10.10.0/24 ══╗ │ 192.168.0.0/16    VPN 100 Mbit/s │   │     │
 office-2     10.10.20.0/24 ══╩═╡ • orders                 tcp/443 ├───┤     │
                                └──────────────────────────────────┘   │     │
                                                                       │ CEN │
                                ┌ shanghai ─────────── cn-shanghai ┐   │     │
 office-3     10.20.10.0/24 ══╗ │ 172.16.0.0/16     VPN 100 Mbit/s │   │     │
 office-4     10.20.20.0/24 ══╩═╡ • crm           tcp/443 tcp/8443 ├───┤     │
                                └──────────────────────────────────┘   │     │
                                                                       └─────┘

 ══ IPsec tunnels, two a connection
 ── attachments to transit routers
 cn-shanghai ↔ us-east-1  10 Mbit/s, across mainland China's border
`,
  );
});

test('one VPC has no backbone, and a VPC without offices no tunnels', () => {
  const topology = exampleTopology();
  topology.vpcs.pop();
  topology.offices = [];
  expect(drawNetwork(topology)).toBe(
    `                                ┌ virginia ───────────── us-east-1 ┐
                                │ 192.168.0.0/16                   │
                                │ • orders                 tcp/443 │
                                └──────────────────────────────────┘

`,
  );
});

test('many offices, applications and VPCs are counted, and nothing is wider than 80 columns', () => {
  const topology = exampleTopology();
  const [first] = topology.vpcs;
  for (let index = 0; index < 30; index += 1) {
    topology.offices.push(office(`office-with-a-long-name-${index}`, 'virginia', `198.51.100.${index}`, '10.1.2.0/24'));
    topology.vpcs.push({ ...first!, name: `vpc-with-a-name-of-its-own-${index}`, region: 'ap-southeast-1' });
    topology.backbone.links.push({ ...topology.backbone.links[0]! });
  }
  first!.cidrs = ['192.168.0.0/16', '172.20.0.0/16', '172.21.0.0/16'] as never;
  first!.applications = Array.from({ length: 9 }, (_, index) => ({
    ...first!.applications[0]!,
    name: `application-number-${index}`,
    ports: [tcp(443), tcp(8000, 9000), tcp(9999)],
  }));
  const picture = drawNetwork(topology);
  expect(Math.max(...picture.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  expect(picture).toContain('… 27 more offices');
  expect(picture).toContain('… 5 more applications');
  expect(picture).toContain('… and 24 more VPCs with their offices');
  expect(picture).toContain('… and 19 more links');
});
