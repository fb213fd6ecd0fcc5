import { stepHandler } from '../step-handler';
import { securityGroupKinds } from './kinds';

export const handler = stepHandler(securityGroupKinds);
