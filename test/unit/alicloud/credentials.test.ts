import { type Credentials, chainCredentials, functionCredentials } from '../../../shared/alicloud/credentials';
import { revealed } from '../../../shared/secret';

const ENVIRONMENT = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'env-id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'env-secret',
};

const textsOf = ({ accessKeyId, accessKeySecret, securityToken }: Credentials) => ({
  accessKeyId,
  accessKeySecret: revealed(accessKeySecret),
  securityToken: securityToken && revealed(securityToken),
});

test("a function takes its role's, whatever its environment holds", () => {
  const context = { accessKeyId: 'role-id', accessKeySecret: 'role-secret', securityToken: 'role-token' };
  expect(textsOf(functionCredentials(context, ENVIRONMENT))).toEqual(context);
});

test.each([
  ['without a role', undefined],
  ['with a role whose fields are undefined', { accessKeyId: undefined, accessKeySecret: undefined }],
])('a function %s takes the environment', (_what, context) => {
  expect(textsOf(functionCredentials(context, ENVIRONMENT))).toEqual({
    accessKeyId: 'env-id',
    accessKeySecret: 'env-secret',
    securityToken: null,
  });
});

test('a function with neither fails with what to do', () => {
  expect(() => functionCredentials(undefined, {})).toThrow(
    expect.objectContaining({
      code: 'CredentialsMissing',
      remedy: expect.stringContaining('Give the function a role'),
    }),
  );
});

test('half a key is none', () => {
  expect(() => functionCredentials(undefined, { ALIBABA_CLOUD_ACCESS_KEY_ID: 'env-id' })).toThrow('credentials');
});

test('the command line takes the environment before any other provider', async () => {
  const found = await chainCredentials({ ...ENVIRONMENT, ALIBABA_CLOUD_SECURITY_TOKEN: 'env-token' });
  expect(textsOf(found)).toEqual({
    accessKeyId: 'env-id',
    accessKeySecret: 'env-secret',
    securityToken: 'env-token',
  });
});
