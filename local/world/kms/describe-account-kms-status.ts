import { isClosed } from '../account/closed-services';
import { action } from '../rpc/action';

/** Answers even where the service was never opened: that is what it is for. */
export const describeAccountKmsStatus = action({
  product: 'kms',
  name: 'DescribeAccountKmsStatus',
  parameters: {},
  handle: (context) => ({ AccountStatus: isClosed(context, 'kms') ? 'NotEnabled' : 'Enabled' }),
});
