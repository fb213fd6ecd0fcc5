import { action } from '../rpc/action';
import { vSwitchOf } from './lookups';
import { FLAG, REQUIRED, TEXT } from './parameters';
import { vSwitchView } from './vswitch-view';

export const describeVSwitchAttributes = action({
  product: 'vpc',
  name: 'DescribeVSwitchAttributes',
  parameters: { RegionId: TEXT, VSwitchId: REQUIRED, DryRun: FLAG },
  handle: (context, { VSwitchId }) => vSwitchView(context, vSwitchOf(context, VSwitchId)),
});
