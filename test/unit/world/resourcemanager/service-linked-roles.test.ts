import { ACCOUNT_ID, localAccount } from '../rpc/local-account';

const FC = { ServiceName: 'sendevent-fc.eventbridge.aliyuncs.com' };

test('a service-linked role is there once it was made, and RAM has it with its policy', () => {
  const local = localAccount('resourcemanager');
  expect(local.call('CheckServiceLinkedRoleExistence', FC)).toEqual({ Exists: false });
  expect(local.call('CreateServiceLinkedRole', FC)).toEqual({
    Role: {
      RoleId: expect.stringMatching(/^3\d{17}$/),
      RoleName: 'AliyunServiceRoleForEventBridgeSendToFC',
      Arn: `acs:ram::${ACCOUNT_ID}:role/aliyunserviceroleforeventbridgesendtofc`,
      Description:
        'Service Linked Role for Event Bridge - Send to Function Compute. Event Bridge - Send to Function Compute will use this role to access your resources in other services.',
      AssumeRolePolicyDocument:
        '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["sendevent-fc.eventbridge.aliyuncs.com"]}}],"Version":"1"}',
      CreateDate: '2026-11-22T00:00:00Z',
      IsServiceLinkedRole: true,
    },
  });
  expect(local.call('CheckServiceLinkedRoleExistence', FC)).toEqual({ Exists: true });
  const other = { ServiceName: 'sendevent-mns.eventbridge.aliyuncs.com' };
  expect(local.call('CheckServiceLinkedRoleExistence', other)).toEqual({ Exists: false });
});

const refused: [why: string, parameters: Record<string, string>, code: string][] = [
  ['a second time', FC, '409 EntityAlreadyExists.Role'],
  ['of a service that has none', { ServiceName: 'nothing.aliyuncs.com' }, '404 EntityNotExist.Service'],
  ['with a suffix', { ...FC, CustomSuffix: 'Mine' }, '400 InvalidParameter.CustomSuffix.NotAllowed'],
  ['with a description', { ...FC, Description: 'mine' }, '400 InvalidParameter.Description.NotAllowed'],
];

test.each(refused)('a service-linked role is not made %s', (_why, parameters, code) => {
  const local = localAccount('resourcemanager');
  local.call('CreateServiceLinkedRole', FC);
  expect(local.refused('CreateServiceLinkedRole', parameters)).toBe(code);
});

test('a service that has none has none', () => {
  const local = localAccount('resourcemanager');
  expect(local.call('CheckServiceLinkedRoleExistence', { ServiceName: 'nothing.aliyuncs.com' })).toEqual({
    Exists: false,
  });
});
