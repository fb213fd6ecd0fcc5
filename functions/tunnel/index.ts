import { customerGateway } from '../../shared/resources/customer-gateway';
import { presharedKey } from '../../shared/resources/pre-shared-key';
import { randomKey } from '../../shared/resources/random-key';
import { vpnConnection } from '../../shared/resources/vpn-connection';
import { stepHandler } from '../step-handler';

export const handler = stepHandler(({ randomBytes }) => ({
  'customer-gateway': customerGateway,
  'pre-shared-key': presharedKey({ randomKey: () => randomKey(randomBytes) }),
  'vpn-connection': vpnConnection,
}));
