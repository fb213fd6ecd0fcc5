import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { childView } from './child-instance';
import { PAGE, REQUIRED, TEXT } from './parameters';
import { CENS, CHILD_INSTANCES, type ChildInstanceRecord } from './records';
import { refusal } from './refusals';

/** The basic edition's attachments. Whether the service also lists those of transit routers is unverified. */
export const describeCenAttachedChildInstances = action({
  product: 'cbn',
  name: 'DescribeCenAttachedChildInstances',
  parameters: { ...PAGE, CenId: REQUIRED, ChildInstanceRegionId: TEXT, ChildInstanceType: TEXT },
  handle(context, input) {
    const { state } = context;
    if (!state.get(CENS, input.CenId)) throw refusal('ParameterCenInstanceId');
    const children = state
      .values<ChildInstanceRecord>(CHILD_INSTANCES)
      .filter(({ cenId }) => cenId === input.CenId)
      .filter(({ region }) => (input.ChildInstanceRegionId ?? region) === region)
      .filter(({ instanceType }) => (input.ChildInstanceType ?? instanceType) === instanceType);
    const { items, paging } = byNumber(children, input);
    return { ...paging, ChildInstances: { ChildInstance: items.map((child) => childView(context, child)) } };
  },
});
