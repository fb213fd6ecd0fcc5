/** A world with Function Compute and what its triggers read from; requests by the account's own key. */
import { strToU8, zipSync } from 'fflate';
import {
  type FcInput,
  type FcOutput,
  fcRequest,
  type OperationName,
  type Operations,
} from '../../../../local/world/fc/operations';
import { fc } from '../../../../local/world/fc/service';
import { type OssInput, type OssOutput, ossRequest } from '../../../../local/world/oss/operations';
import { oss } from '../../../../local/world/oss/service';
import { seedRole } from '../../../../local/world/ram/seed-role';
import { smqRequest } from '../../../../local/world/smq/operations';
import { smq } from '../../../../local/world/smq/service';
import { type Caller, World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';
import type { JsonObject } from '../../../../shared/json';

export const ACCOUNT_ID = '1234567890123456';
export const ROLE = `acs:ram::${ACCOUNT_ID}:role/worker`;
export const START = Date.UTC(2026, 10, 23);
const ROOT: Caller = { accountId: ACCOUNT_ID, accessKeyId: 'LTAI', roleArn: null };

/** The same bytes for the same text. */
export const zipOf = (text: string): string =>
  Buffer.from(zipSync({ 'index.js': strToU8(text) }, { mtime: new Date('2023-11-01') })).toString('base64');

export const FUNCTION = {
  functionName: 'f',
  runtime: 'nodejs20',
  handler: 'index.handler',
  code: { zipFile: zipOf('1') },
};

export function fcWorld() {
  const settings = { seed: 's', accountId: ACCOUNT_ID, region: 'us-east-1', quotas: {}, durationFactor: 1 };
  const world = new World(settings, { fc, oss, smq });
  let now = epochMs(START);
  seedRole(world.state, { accountId: ACCOUNT_ID, name: 'worker', now });
  const ask = <K extends OperationName>(operation: K, input: Operations[K]): FcOutput =>
    // A name is paired with its own input by the signature.
    world.handle(now, fcRequest(ROOT, { operation, ...input } as unknown as FcInput)).response.output as FcOutput;
  /** The body; an error where it was refused. */
  const done = <K extends OperationName>(operation: K, input: Operations[K]): JsonObject => {
    const output = ask(operation, input);
    if (!output.ok) throw new Error(refusalOf(output));
    return output.body ?? {};
  };
  const askOss = (input: OssInput, caller: Caller = ROOT): OssOutput =>
    world.handle(now, ossRequest(caller, input)).response.output as OssOutput;
  return {
    state: world.state,
    ask,
    done,
    /** `400 InvalidArgument: …`, or what was answered. */
    refusal: <K extends OperationName>(operation: K, input: Operations[K]): string => refusalOf(ask(operation, input)),
    oss: askOss,
    bucket: (bucket: string) => askOss({ operation: 'PutBucket', bucket, acl: null, storageClass: null }),
    queue: (queue: string) => world.handle(now, smqRequest(ROOT, { operation: 'CreateQueue', queue, attributes: {} })),
    advance: (ms: number) => {
      now = epochMs(now + ms);
      world.tick(now);
    },
  };
}

const refusalOf = (output: FcOutput): string =>
  output.ok ? `answered ${JSON.stringify(output.body)}` : `${output.status} ${output.code}: ${output.message}`;
