import { stepHandler } from '../step-handler';
import { gatewayKinds } from './kinds';

export const handler = stepHandler(gatewayKinds);
