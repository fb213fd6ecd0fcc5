import type { ResourceKinds } from '../../shared/engine/advance-resource';
import { customerGateway } from '../../shared/resources/customer-gateway';
import { presharedKey } from '../../shared/resources/pre-shared-key';
import { randomKey } from '../../shared/resources/random-key';
import { vpnConnection } from '../../shared/resources/vpn-connection';
import type { Surroundings } from '../surroundings';

export const tunnelKinds = ({ randomBytes }: Surroundings): ResourceKinds => ({
  'customer-gateway': customerGateway,
  'pre-shared-key': presharedKey({ randomKey: () => randomKey(randomBytes) }),
  'vpn-connection': vpnConnection,
});
