/** Tunnels over time, and why they are not up. */
import { epochMs } from '../../../shared/clock';
import { TUNNEL_CODES, tunnelCause } from '../../../shared/drift/tunnel-causes';
import { healthOf, type TunnelHealth } from '../../../shared/drift/tunnel-health';
import type { ResourceId } from '../../../shared/plan/desired';

const CONNECTION = 'vpn-connection/office-1' as ResourceId;

const seen = (negotiation: string) => ({
  tunnels: [{ id: 'tun-1', role: 'master', internetIp: '47.1.2.3', negotiation }],
});

/** States as the looks tell them one after another, with the time at which each began. */
function over(...negotiations: string[]): [string, number][] {
  let known: TunnelHealth[] = [];
  return negotiations.map((negotiation, minute) => {
    known = healthOf(CONNECTION, seen(negotiation), known, epochMs(minute));
    return known.map(({ state, since }) => [state, since] as [string, number])[0]!;
  });
}

const UP = 'ipsec_sa_established';

test.each([
  [
    'it never came up',
    ['ike_sa_not_established', 'ike_sa_not_established'],
    [
      ['never-up', 0],
      ['never-up', 0],
    ],
  ],
  [
    'phase 1 alone is not up',
    ['ike_sa_established', 'ipsec_sa_not_established'],
    [
      ['never-up', 0],
      ['never-up', 0],
    ],
  ],
  [
    'it came up, and stays',
    ['ike_sa_not_established', UP, UP],
    [
      ['never-up', 0],
      ['up', 1],
      ['up', 1],
    ],
  ],
  [
    'once up it goes down, and stays so',
    [UP, 'ike_sa_not_established', 'ike_sa_established'],
    [
      ['up', 0],
      ['down', 1],
      ['down', 1],
    ],
  ],
  [
    'it comes back',
    [UP, 'ike_sa_not_established', UP],
    [
      ['up', 0],
      ['down', 1],
      ['up', 2],
    ],
  ],
])('%s', (_why, negotiations, states) => {
  expect(over(...(negotiations as string[]))).toEqual(states);
});

test('what is no connection has no tunnels', () => {
  expect(healthOf(CONNECTION, {}, [], epochMs(1))).toEqual([]);
});

test('every code has its cause and a remedy of its own side, and a new one is told as it is', () => {
  expect(TUNNEL_CODES).toHaveLength(26);
  for (const code of TUNNEL_CODES) {
    const { cause, remedy } = tunnelCause(code);
    expect(cause).not.toContain(code);
    expect(remedy.length).toBeGreaterThan(20);
  }
  expect(tunnelCause('SomethingNew').cause).toBe('the service says SomethingNew');
});
