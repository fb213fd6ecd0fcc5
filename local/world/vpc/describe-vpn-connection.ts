import { action } from '../rpc/action';
import { connectionTags, connectionView } from './connection-view';
import { connectionOf } from './lookups';
import { REGION, REQUIRED } from './parameters';

export const describeVpnConnection = action({
  product: 'vpc',
  name: 'DescribeVpnConnection',
  parameters: { ...REGION, VpnConnectionId: REQUIRED },
  handle: (context, { VpnConnectionId }) => {
    const connection = connectionOf(context, VpnConnectionId);
    return { ...connectionView(context, connection), ZoneNo: '', Tags: connectionTags(connection) };
  },
});
