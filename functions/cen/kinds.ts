import type { ResourceKinds } from '../../shared/engine/advance-resource';
import { bandwidthPackage } from '../../shared/resources/bandwidth-package';
import { cen } from '../../shared/resources/cen';
import { cenChildInstance } from '../../shared/resources/cen-child-instance';
import { interRegionBandwidth } from '../../shared/resources/inter-region-bandwidth';
import { peerAttachment } from '../../shared/resources/peer-attachment';
import { routeTableAssociation } from '../../shared/resources/route-table-association';
import { routeTablePropagation } from '../../shared/resources/route-table-propagation';
import { transitRouter } from '../../shared/resources/transit-router';
import { vpcAttachment } from '../../shared/resources/vpc-attachment';

export const cenKinds = (): ResourceKinds => ({
  cen,
  'transit-router': transitRouter,
  'vpc-attachment': vpcAttachment,
  'peer-attachment': peerAttachment,
  'route-table-association': routeTableAssociation,
  'route-table-propagation': routeTablePropagation,
  'cen-child-instance': cenChildInstance,
  'bandwidth-package': bandwidthPackage,
  'inter-region-bandwidth': interRegionBandwidth,
});
