import { action } from '../rpc/action';

export const getCallerIdentity = action({
  product: 'sts',
  name: 'GetCallerIdentity',
  parameters: {},
  handle: ({ caller: { accountId, accessKeyId, roleArn } }) => {
    if (roleArn === null)
      return {
        IdentityType: 'Account',
        AccountId: accountId,
        PrincipalId: accountId,
        UserId: accountId,
        RoleId: '',
        Arn: `acs:ram::${accountId}:root`,
      };
    const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const arn = `acs:ram::${accountId}:assumed-role/${role}/${accessKeyId}`;
    return {
      IdentityType: 'AssumedRoleUser',
      AccountId: accountId,
      PrincipalId: `${role}:${accessKeyId}`,
      UserId: '',
      RoleId: role,
      Arn: arn,
    };
  },
});
