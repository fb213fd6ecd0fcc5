import { cenRoute } from '../../shared/resources/cen-route';
import { vpcRoute } from '../../shared/resources/vpc-route';
import { vpnRoute } from '../../shared/resources/vpn-route';
import { stepHandler } from '../step-handler';

export const handler = stepHandler(() => ({ 'vpn-route': vpnRoute, 'vpc-route': vpcRoute, 'cen-route': cenRoute }));
