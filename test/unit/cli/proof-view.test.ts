import { proofText } from '../../../cli/proof-view';
import { nothingOf } from '../../../shared/engine/revision';
import { plannedModel } from '../../../shared/network/planned-model';
import { prove } from '../../../shared/network/prove';

test('of a network that is down, there is nothing to be drawn and nothing to hold', () => {
  const down = nothingOf('acme');
  const text = proofText(prove(down, plannedModel(down, [])), { paint: (_, plain) => plain });
  expect(text).toBe('The network is down: there is nobody left to reach anybody.\n');
});
