import { securityGroupRules } from '../../shared/resources/security-group-rules';
import { stepHandler } from '../step-handler';

export const handler = stepHandler(() => ({ 'security-group-rules': securityGroupRules }));
