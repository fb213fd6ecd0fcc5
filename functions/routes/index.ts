import { stepHandler } from '../step-handler';
import { routeKinds } from './kinds';

export const handler = stepHandler(routeKinds);
