/** What stands where the sweep keeps what it found: read as it was written, found anew, or refused by its format. */
import * as fc from 'fast-check';
import { epochMs } from '../../../shared/clock';
import { type DriftReport, readDriftReport } from '../../../shared/drift/drift-report';
import { TrunklineError } from '../../../shared/errors';
import { withFormat } from '../../../shared/format';
import type { ResourceId } from '../../../shared/plan/desired';
import { expectDiscreet, hostile } from './hostile';
import { mutatedBytes, mutatedJson } from './mutations';

const finding: DriftReport['findings'][number] = {
  resource: 'cen/acme' as ResourceId,
  kind: 'cen',
  cloudId: 'cen-1',
  ownership: 'ours',
  what: 'gone',
  detail: 'cen-1 is gone',
  remedy: 'make it again',
  repair: 'make',
  version: 3,
};
const REPORT: DriftReport = {
  network: 'acme',
  incarnation: '1',
  revision: 1,
  run: 'acme.1.1',
  checkedAt: epochMs(1),
  looked: 1,
  findings: [finding],
  notSeen: [{ resource: finding.resource, why: 'no leave to look' }],
  tunnels: [
    {
      connection: 'vpn-connection/office-1' as ResourceId,
      tunnel: 'tun-1',
      role: 'master',
      address: '47.1.2.3',
      state: 'up',
      negotiation: 'ipsec_sa_established',
      since: epochMs(1),
    },
  ],
  repair: { at: epochMs(1), outcome: 'refused', run: null, why: 'somebody would be interrupted' },
  pass: { next: null, looked: 1, suspects: [finding], notSeen: [], againAt: epochMs(2) },
};

const read = (bytes: Uint8Array): Promise<DriftReport | null> =>
  readDriftReport({ objects: { get: async () => bytes } }, { name: 'acme', incarnation: '1' });

test('it is read as it was written', async () => {
  expect(await read(Buffer.from(JSON.stringify(withFormat(REPORT))))).toEqual(REPORT);
});

hostile(
  'drift report',
  fc.oneof(
    mutatedJson([withFormat(REPORT)]).map((text) => Buffer.from(text)),
    mutatedBytes([JSON.stringify(withFormat(REPORT))]),
  ),
  async (bytes) => {
    try {
      const report = await read(bytes);
      expect(report === null || report.incarnation === '1').toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(TrunklineError);
      const { code, message } = error as TrunklineError;
      expect(code).toBe('FormatUnknown');
      expectDiscreet(message);
    }
  },
);
