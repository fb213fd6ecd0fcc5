import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { wantRouterService } from './lookups';
import { newRouter } from './new-router';
import { DESCRIPTION, FLAG, NAME, REQUIRED, TAGS, TEXT, WRITE } from './parameters';
import { refusal } from './refusals';
import { tagsOf } from './tags';

/** Neither multicast nor the router's own address blocks (for VPN attachments) are modelled: both are refused. */
export const createTransitRouter = action({
  product: 'cbn',
  name: 'CreateTransitRouter',
  parameters: {
    ...WRITE,
    CenId: REQUIRED,
    RegionId: REQUIRED,
    TransitRouterName: NAME,
    TransitRouterDescription: DESCRIPTION,
    SupportMulticast: FLAG,
    TransitRouterCidrList: TEXT,
    Tag: TAGS,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      wantRouterService(context);
      if (input.SupportMulticast) throw refusal('OperationUnsupported.SupportMulticast');
      if ((input.TransitRouterCidrList ?? '[]') !== '[]') throw refusal('OperationUnsupported.TransitRouterCidrList');
      const router = newRouter(context, {
        cen: takeCen(context, input.CenId),
        region: input.RegionId,
        name: input.TransitRouterName ?? '',
        description: input.TransitRouterDescription ?? '',
        tags: tagsOf(input.Tag),
      });
      return { TransitRouterId: router.id };
    }),
});
