import { stepHandler } from '../step-handler';
import { cenKinds } from './kinds';

export const handler = stepHandler(cenKinds);
