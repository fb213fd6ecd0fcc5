import { action } from '../rpc/action';
import { takeCen } from './cen-lock';
import { attachedChild, childKey } from './child-instance';
import { CHILD_INSTANCE, OWNER } from './parameters';
import { CHILD_INSTANCES } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

export const detachCenChildInstance = action({
  product: 'cbn',
  name: 'DetachCenChildInstance',
  parameters: { ...CHILD_INSTANCE, CenOwnerId: OWNER, ChildInstanceOwnerId: OWNER },
  handle(context, input) {
    takeCen(context, input.CenId, 'ParameterCenInstanceId');
    const child = attachedChild(context, input);
    if (child.status !== 'Attached') throw refusal('InvalidOperation.ChildInstanceStatus');
    const key = childKey(input);
    context.state.put(CHILD_INSTANCES, key, { ...child, status: 'Detaching' });
    settleAfter(context, 'childDetach', { collection: CHILD_INSTANCES, key, from: 'Detaching', to: null });
    return {};
  },
});
