import { action } from '../rpc/action';
import { DESCRIPTION, NAME, TAGS, TEXT } from './parameters';
import { quota } from './quotas';
import { CENS, type CenRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { tagsOf } from './tags';

/** A new CEN is of the enterprise edition: the basic one can no longer be had. */
export const createCen = action({
  product: 'cbn',
  name: 'CreateCen',
  parameters: {
    ClientToken: TEXT,
    Name: NAME,
    Description: DESCRIPTION,
    ProtectionLevel: { type: 'string', values: ['REDUCED'] },
    ResourceGroupId: TEXT,
    Tag: TAGS,
  },
  handle(context, input) {
    if (context.state.size(CENS) >= quota(context, 'cens')) throw refusal('QuotaExceeded.CenCountExceeded');
    const cen: CenRecord = {
      id: context.newId('cen-'),
      name: input.Name ?? '',
      description: input.Description ?? '',
      protectionLevel: 'REDUCED',
      status: 'Creating',
      edition: 'Enterprise',
      createdAt: context.now,
      tags: tagsOf(input.Tag),
    };
    context.state.put(CENS, cen.id, cen);
    settleAfter(context, 'cenCreate', { collection: CENS, key: cen.id, from: 'Creating', to: 'Active' });
    return { CenId: cen.id };
  },
});
