import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { DESCRIPTION, NAME, REQUIRED } from './parameters';
import { CENS } from './records';

export const modifyCenAttribute = action({
  product: 'cbn',
  name: 'ModifyCenAttribute',
  parameters: {
    CenId: REQUIRED,
    Name: NAME,
    Description: DESCRIPTION,
    ProtectionLevel: { type: 'string', values: ['REDUCED'] },
  },
  handle(context, input) {
    const cen = takeCen(context, input.CenId, 'ParameterCenInstanceId');
    const name = input.Name ?? cen.name;
    const description = input.Description ?? cen.description;
    context.state.put(CENS, cen.id, { ...cen, name, description });
    return {};
  },
});
