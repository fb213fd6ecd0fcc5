import { stepHandler } from '../step-handler';
import { tunnelKinds } from './kinds';

export const handler = stepHandler(tunnelKinds);
