/** The client of the API's first generation, with its signature, and the upload that follows its one call of the tool. */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import Fc2 from '@alicloud/fc2';
import * as models from '@alicloud/fc20230330';
import OSS from 'ali-oss';
import { fc } from '../../../local/world/fc/service';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from '../local-wire';
import { fcClient, functionInput, olderClient, zipOf } from './fc-clients';

interface Token {
  credentials: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string };
  ossBucket: string;
  objectName: string;
}

let wire: LocalWire;

beforeEach(async () => {
  wire = await startLocalWire({
    services: { fc },
    invoke: async ({ event }) => ({ outcome: 'answered', result: event, instanceId: 'c-1', log: [] }),
  });
});
afterEach(() => wire.close());

const tokenOf = async (): Promise<Token> => (await olderClient(wire).getTempBucketToken()).data as Token;

/** As the deployment tool makes it: the endpoint is an IP, so the bucket goes into the Host header. */
const uploader = ({ credentials, ossBucket }: Token): OSS =>
  new OSS({
    endpoint: wire.endpoint,
    bucket: ossBucket,
    accessKeyId: credentials.AccessKeyId,
    accessKeySecret: credentials.AccessKeySecret,
    stsToken: credentials.SecurityToken,
    refreshSTSToken: async () => {
      throw new Error('not needed within a test');
    },
  });

const ownOss = (): OSS =>
  new OSS({
    endpoint: wire.endpoint,
    region: `oss-${REGION}`,
    accessKeyId: ACCESS_KEY_ID,
    accessKeySecret: ACCESS_KEY_SECRET,
  });

test('code goes by way of the service’s bucket, which nobody sees and which is empty afterwards', async () => {
  const token = await tokenOf();
  expect(token.credentials.SecurityToken).not.toBe('');
  const key = `${ACCOUNT_ID}/${token.objectName}`;
  const zip = zipOf('exports.handler = async () => 1');
  await uploader(token).put(key, zip);
  const { buckets } = (await ownOss().listBuckets({})) as unknown as { buckets: unknown };
  expect(buckets ?? []).toEqual([]);
  const code = new models.InputCodeLocation({ ossBucketName: token.ossBucket, ossObjectName: key });
  const { body } = await fcClient(wire).createFunction(functionInput('uploaded', { code }));
  expect(body).toMatchObject({ codeSize: zip.length, codeChecksum: expect.stringMatching(/^\d+$/) });
  expect(wire.world.state.keysBetween(`oss.objects/${token.ossBucket}`)).toEqual([]);
});

test('its credentials put nothing else, and read nothing', async () => {
  const token = await tokenOf();
  const oss = uploader(token);
  await expect(oss.put('elsewhere', zipOf('1'))).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
  const key = `${ACCOUNT_ID}/${token.objectName}`;
  await oss.put(key, zipOf('1'));
  await expect(oss.get(key)).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
  await expect(oss.delete(key)).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
  oss.useBucket('trunkline-topologies');
  await ownOss().putBucket('trunkline-topologies');
  await expect(oss.put(key, zipOf('1'))).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
});

test('the account’s own key has no business in the service’s bucket', async () => {
  const { ossBucket } = await tokenOf();
  const oss = ownOss();
  oss.useBucket(ossBucket);
  await expect(oss.listV2({}, {})).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
  await expect(oss.put('k', zipOf('1'))).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
});

test('set to the current version, it reads and invokes', async () => {
  await fcClient(wire).createFunction(functionInput('f'));
  const client = olderClient(wire);
  client.version = '2023-03-30';
  const { data } = await client.get('/functions/f/triggers', { limit: 10 });
  expect(data).toEqual({ triggers: [] });
  const answer = await client.post('/functions/f/invocations', 'hello', { 'x-fc-invocation-type': 'Sync' });
  expect(answer.data).toBe('hello');
});

test('an address in an answer is where the cloud listens, though this client’s Host names no port', async () => {
  const own = fcClient(wire);
  await own.createFunction(functionInput('f'));
  await own.createTrigger(
    'f',
    new models.CreateTriggerRequest({
      body: new models.CreateTriggerInput({
        triggerName: 'web',
        triggerType: 'http',
        triggerConfig: JSON.stringify({ authType: 'anonymous', methods: ['GET'] }),
      }),
    }),
  );
  const client = olderClient(wire);
  client.version = '2023-03-30';
  const { data } = await client.get('/functions/f/triggers/web');
  const url = `${wire.endpoint}/fcapp/f/`;
  expect(data).toMatchObject({ httpTrigger: { urlInternet: url, urlIntranet: url } });
});

test('a wrong secret is refused', async () => {
  await expect(olderClient(wire, 'wrong').getTempBucketToken()).rejects.toThrow('failed with 403');
});

/** Signed as the client signs, over other headers than are sent where the test says so. */
function send(
  path: string,
  { body = '', signedBody = body, at = new Date() }: { body?: string; signedBody?: string; at?: Date },
) {
  const md5 = digest(signedBody);
  const headers = { date: at.toUTCString(), 'content-type': 'application/octet-stream', 'content-md5': md5 };
  const signature = (Fc2 as unknown as { getSignature(...given: unknown[]): string }).getSignature(
    ACCESS_KEY_ID,
    ACCESS_KEY_SECRET,
    'POST',
    path,
    headers,
  );
  return new Promise<string>((resolve, reject) => {
    const call = request(
      `${wire.endpoint}${path}`,
      { method: 'POST', headers: { ...headers, authorization: signature } },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

const digest = (text: string): string => Buffer.from(createHash('md5').update(text).digest('hex')).toString('base64');

test.each([
  ['as signed', { body: 'b' }, /^200 b$/],
  ['with another body than was signed', { body: 'b', signedBody: 'a' }, /^403 .*SignatureNotMatch/],
  ['signed an hour ago', { body: 'b', at: new Date(Date.now() - 3_600_000) }, /^403 .*RequestTimeTooSkewed/],
])('an invocation %s', async (_, given, expected) => {
  await fcClient(wire).createFunction(functionInput('f'));
  expect(await send('/2023-03-30/functions/f/invocations', given)).toMatch(expected);
});
