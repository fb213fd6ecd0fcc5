import type { ResourceKinds } from '../../shared/engine/advance-resource';
import { vpnGateway } from '../../shared/resources/vpn-gateway';

export const gatewayKinds = (): ResourceKinds => ({ 'vpn-gateway': vpnGateway });
