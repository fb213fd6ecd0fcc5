import { readFileSync } from 'node:fs';
import { interruptionsText } from '../../../cli/interruptions-view';
import { interruptionsOf } from '../../../shared/network/interruptions';
import { createPlan } from '../../../shared/plan/create-plan';
import { statesOf } from '../../../shared/plan/states';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { recordsAfter } from '../plan/records';

const TEXT = readFileSync('examples/global-network.yaml', 'utf8');

function told(change: (text: string) => string): string {
  const [before, after] = [TEXT, change(TEXT)].map((text) => parseTopology(Buffer.from(text), 'a.yaml').topology!);
  const recorded = recordsAfter(createPlan({ topology: before!, revision: 1, base: null, recorded: [] }));
  const plan = createPlan({ topology: after!, revision: 2, base: 1, recorded });
  const states = statesOf(plan, recorded);
  return interruptionsText(interruptionsOf({ before: before!, after: after!, states }), plan);
}

test('a gateway made anew is told with who loses their way, for how long about, and why', () => {
  const text = told((topology) => topology.replace('vpc-virginia', 'vpc-another'));
  expect(text).toMatch(/^\nInterrupts, for about (\d+ min )?\d+ s at most, and until the offices of new/);
  expect(text).toContain('\n  office-2 and ');
  expect(text).toMatch(/\nSince a packet stops meanwhile\n {2}at .+: .+\n/);
  expect(text).toMatch(/\nThat needs leave: apply it with --allow-outage\.\n$/);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('where nobody is interrupted there is nothing to say', () => {
  expect(told((topology) => topology.replace(/bandwidthMbps: \d+/, 'bandwidthMbps: 20'))).toBe('');
});
