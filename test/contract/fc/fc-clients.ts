/** The official clients, pointed at a local wire. */
import Fc2 from '@alicloud/fc2';
import Fc, * as models from '@alicloud/fc20230330';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { strToU8, zipSync } from 'fflate';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION } from '../local-wire';

export interface Key {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

const OWN: Key = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET };

export const fcClient = ({ host }: LocalWire, key: Partial<Key> = {}): Fc =>
  new Fc(new $OpenApiUtil.Config({ ...OWN, ...key, endpoint: host, protocol: 'HTTP' }) as never);

/** Of the API's first generation: the deployment tool fetches the temporary bucket's token with it. */
export const olderClient = ({ endpoint }: LocalWire, accessKeySecret = ACCESS_KEY_SECRET): Fc2 =>
  new Fc2(ACCOUNT_ID, { accessKeyID: ACCESS_KEY_ID, accessKeySecret, region: REGION, endpoint });

export const zipOf = (text: string): Buffer => Buffer.from(zipSync({ 'index.js': strToU8(text) }));

/** The least that makes a function. */
export const functionInput = (functionName: string, more: object = {}) =>
  new models.CreateFunctionRequest({
    body: new models.CreateFunctionInput({
      functionName,
      runtime: 'nodejs20',
      handler: 'index.handler',
      code: new models.InputCodeLocation({ zipFile: zipOf('1').toString('base64') }),
      ...more,
    }),
  });

/** `404 FunctionNotFound`, or `no error`. */
export const errorOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => null,
    (thrown: { statusCode: number; code: string }) => thrown,
  );
  return error ? `${error.statusCode} ${error.code}` : 'no error';
};
