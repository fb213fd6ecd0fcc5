import { DOCUMENTS } from '../../../cli/documents';
import { driftDocument, driftText } from '../../../cli/drift-view';
import { healthDocument, healthLines } from '../../../cli/health-view';
import { epochMs } from '../../../shared/clock';
import type { Drift } from '../../../shared/drift/find-drift';
import type { ResourceId } from '../../../shared/plan/desired';

const plain = { paint: (_colour: unknown, text: string) => text };
const route = 'route-table-association/peer-attachment/us-east-1/us-west-1/us-east-1' as ResourceId;

const LOOKED = {
  kind: 'looked',
  row: { name: 'acme', latest: 3 },
  looked: 44,
  findings: [
    {
      resource: route,
      kind: 'route-table-association',
      cloudId: 'tr-attach-9m0cqdbchueus7pu9id0qf/vtb-dwo437d0j0lomc0j5rdgul',
      ownership: 'borrowed',
      what: 'gone',
      detail: 'tr-attach-9m0cqdbchueus7pu9id0qf/vtb-dwo437d0j0lomc0j5rdgul is gone',
      remedy: 'It was there before Trunkline, which never changes it: whoever owns it puts it back.',
      repair: null,
      version: 3,
    },
  ],
  notSeen: [{ resource: 'cen/acme' as ResourceId, why: 'DescribeCens is forbidden to this key' }],
} as unknown as Extract<Drift, { kind: 'looked' }>;

test('each finding says what, where, why and what to do, in 80 columns', () => {
  const text = driftText(LOOKED, null, plain);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80 + ' (borrowed)'.length);
  expect(text).toBe(`gone     ${route} (borrowed)
         tr-attach-9m0cqdbchueus7pu9id0qf/vtb-dwo437d0j0lomc0j5rdgul is gone
         → It was there before Trunkline, which never changes it: whoever owns
           it puts it back.
not seen cen/acme
         DescribeCens is forbidden to this key
acme revision 3: 44 looked at, 1 not as recorded
`);
  expect(DOCUMENTS.drift.parse(driftDocument(LOOKED, null))).toMatchObject({ network: 'acme', looked: 44, plan: null });
});

test('a tunnel says since when it is as it is, why, and what the office does about it', () => {
  const tunnel = {
    connection: 'vpn-connection/office-1' as ResourceId,
    tunnel: 'tun-2',
    role: 'slave',
    address: '47.1.2.3',
    state: 'never-up' as const,
    negotiation: 'ike_sa_not_established',
    since: epochMs(1_700_000_000_000),
    code: 'PskMismatch',
  };
  const master = { ...tunnel, role: 'master' };
  const other = { ...tunnel, connection: 'vpn-connection/office-2' as ResourceId, role: '' };
  expect(healthLines([master, tunnel, { ...other, state: 'up', code: null }, other], plain)).toEqual([
    'never-up vpn-connection/office-1 master and slave: PskMismatch',
    'up       vpn-connection/office-2 since 2023-11-14T22:13:20Z',
    'never-up vpn-connection/office-2: PskMismatch',
    'PskMismatch: the keys differ.',
    '         → Enter the key of this office again, without spaces around it; both',
    '           tunnels have the same.',
  ]);
  // Drift is told only once everything was looked at.
  expect(healthDocument(null, [tunnel])).toMatchObject({
    drift: null,
    tunnels: [{ since: '2023-11-14T22:13:20Z', code: 'PskMismatch', cause: 'the keys differ' }],
  });
});
