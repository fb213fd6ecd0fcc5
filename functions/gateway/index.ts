import { vpnGateway } from '../../shared/resources/vpn-gateway';
import { stepHandler } from '../step-handler';

export const handler = stepHandler(() => ({ 'vpn-gateway': vpnGateway }));
