/**
 * A pre-shared key in the key management service. The key itself is drawn inside `create`, goes into that one request
 * and is forgotten: parameters and attributes name the secret and the version (W7).
 *
 * One that the file names must exist; it is read by whoever needs it and never changed.
 *
 * Ours lie below the deployment's name: another deployment of the account may have a network and an office of the same
 * names, and below `psk/`, apart from the ticketing systems' (functions/permissions.ts closes `webhook/` to tunnels).
 */
import * as z from 'zod';
import { currentVersionOf } from '../alicloud/reads/secrets';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Identity, Observation, ResourceKind } from '../engine/resource-kind';
import type { PresharedKey } from '../plan/desired';
import type { Secret } from '../secret';
import { absent, present } from './observation';
import { refusal } from './refusal';
import { tolerate } from './tolerate';
import { keyVersion } from './tunnel-parameters';

export interface PresharedKeyOptions {
  /** 48 letters and digits, never the same twice. */
  randomKey(): Secret;
}

/** The plan knows the network and the office; the deployment comes with the identity. */
const nameOf = ({ secretName, provided }: PresharedKey, { deployment }: Identity): string =>
  provided ? secretName : `${deployment}/psk/${secretName}`;

const stored = z.object({ SecretName: z.string() });

export const presharedKey = ({ randomKey }: PresharedKeyOptions): ResourceKind<PresharedKey> => ({
  kind: 'pre-shared-key',
  // The service refuses a second secret of a name instead.
  clientToken: false,
  borrows: true,
  pollAfter: seconds(1),
  deadline: minutes(30),

  prepare: async ({ desired, identity }) => ({
    SecretName: nameOf(desired, identity),
    VersionId: versionIdOf(identity),
    Tags: tagsOf(identity),
  }),

  find: ({ desired, identity, cloud }) => observation(desired, nameOf(desired, identity), cloud),

  // Made under another name, it is another key: the file named one before.
  observe: async ({ desired, cloudId, cloud }) => {
    if (desired.provided) return observation(desired, desired.secretName, cloud);
    return cloudId.endsWith(`/${desired.secretName}`) ? observation(desired, cloudId, cloud) : absent;
  },

  create: async ({ desired, parameters, cloud }) => {
    await cloud.call({
      service: 'kms',
      region: desired.region,
      action: 'CreateSecret',
      parameters: { ...parameters, SecretDataType: 'text', SecretData: randomKey() },
    });
    return { cloudId: stored.parse(parameters).SecretName };
  },

  recognises: ({ desired, identity, attributes }) =>
    !desired.provided && keyVersion.parse(attributes).versionId === versionIdOf(identity),

  differences: ({ desired, identity, ownership, attributes }) => {
    const { secretName, versionId } = keyVersion.parse(attributes);
    // Our version ids tell whose it is, also where the record of its making was lost.
    if (desired.provided || ownership === 'ours' || versionId === versionIdOf(identity)) return { kind: 'none' };
    return {
      kind: 'refuse',
      reason: `the secret ${secretName} exists and is not Trunkline's: name it under presharedKey to use it, or remove it`,
    };
  },

  update: async () => undefined,

  remove: ({ desired, cloudId, cloud }) => {
    // A name in its recovery window cannot be used again, and a key whose tunnel is gone opens nothing.
    const parameters = { SecretName: cloudId, ForceDeleteWithoutRecovery: 'true' };
    return tolerate('gone', cloud.call({ service: 'kms', region: desired.region, action: 'DeleteSecret', parameters }));
  },
});

async function observation({ region, provided }: PresharedKey, secretName: string, cloud: Cloud): Promise<Observation> {
  const versionId = await currentVersionOf(cloud, region, secretName);
  if (versionId !== null) return present({ cloudId: secretName, settled: true, attributes: { secretName, versionId } });
  if (!provided) return absent;
  throw refusal(
    'kms',
    'ListSecretVersionIds',
    'ProvidedSecretMissing',
    `the file names the secret ${secretName}, and ${region} has none of that name: make it, or leave presharedKey out`,
  );
}

/** 56 characters of the service's 64; the incarnation makes it ours. */
const versionIdOf = ({ incarnation, generation }: Identity): string =>
  `trunkline-${incarnation.slice(0, 36)}-${generation}`.replace(/[^A-Za-z0-9-]/g, '-');

const tagsOf = ({ tags }: Identity): string =>
  JSON.stringify(tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })));
