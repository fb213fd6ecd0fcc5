import { createPlan } from '../../../shared/plan/create-plan';
import { criticalPath } from '../../../shared/plan/critical-path';
import { recordsAfter } from './records';
import { example } from './topologies';

const plan = createPlan({ topology: example(), revision: 1, base: null, recorded: [] });

test('with slow gateways the way leads through one of them to the last publication', () => {
  const seconds = { 'vpn-gateway': 1000, 'vpn-connection': 100, 'vpn-route': 10, 'cen-route': 1 } as Record<
    string,
    number
  >;
  expect(criticalPath(plan, (kind) => seconds[kind] ?? 0)).toEqual({
    // The gateway, its two connections, two of its routes, and the publications behind them.
    seconds: 1223,
    path: [
      'vpn-gateway/virginia',
      'vpn-connection/office-1',
      'vpn-connection/office-2',
      'vpn-route/office-1/10.10.10.0/24',
      'vpn-route/office-2/10.10.20.0/24',
      'cen-route/office-2/10.10.20.0/24',
      'cen-route/office-3/10.20.10.0/24',
      'cen-route/office-4/10.20.20.0/24',
    ],
  });
});

test('where nothing is to be done there is no way', () => {
  const kept = createPlan({ topology: example(), revision: 1, base: 1, recorded: recordsAfter(plan) });
  expect(criticalPath(kept, () => 60)).toEqual({ seconds: 0, path: [] });
});
