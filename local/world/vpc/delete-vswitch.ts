import { action } from '../rpc/action';
import { unlessDry } from './dry-run';
import { vSwitchOf } from './lookups';
import { FLAG, REQUIRED, TEXT } from './parameters';
import { wantQuietVpc } from './quiet-vpc';
import { VSWITCHES, type VSwitchRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** Pending for a moment. Whoever holds one of its addresses keeps it: an instance, a gateway, an attachment. */
export const deleteVSwitch = action({
  product: 'vpc',
  name: 'DeleteVSwitch',
  parameters: { RegionId: TEXT, VSwitchId: REQUIRED, DryRun: FLAG },
  handle: (context, input) =>
    unlessDry(input, () => {
      const { state } = context;
      const vSwitch = vSwitchOf(context, input.VSwitchId);
      if (vSwitch.status === 'Pending') throw refusal('IncorrectVSwitchStatus');
      wantQuietVpc(state, vSwitch.vpcId, 'OperationDenied.OtherSubnetProcessing');
      if (vSwitch.usedAddresses.length > 0) throw refusal('DependencyViolation');
      state.put(VSWITCHES, vSwitch.id, { ...vSwitch, status: 'Pending' } satisfies VSwitchRecord);
      settleAfter(context, 'vSwitchDelete', { collection: VSWITCHES, key: vSwitch.id, from: 'Pending', to: null });
      return {};
    }),
});
