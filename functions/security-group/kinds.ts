import type { ResourceKinds } from '../../shared/engine/advance-resource';
import { securityGroupRules } from '../../shared/resources/security-group-rules';

export const securityGroupKinds = (): ResourceKinds => ({ 'security-group-rules': securityGroupRules });
