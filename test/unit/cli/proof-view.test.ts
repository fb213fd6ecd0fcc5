import { proofText } from '../../../cli/proof-view';
import { nothingOf } from '../../../shared/engine/revision';
import { plannedModel } from '../../../shared/network/planned-model';
import { prove } from '../../../shared/network/prove';

test('of a network that is down, there is nothing to be drawn and nothing to hold', () => {
  const down = nothingOf('acme');
  const text = proofText(prove(down, plannedModel(down, [])), { paint: (_, plain) => plain });
  expect(text).toBe('There are no two sites in it: nobody has anybody to reach.\n');
});
