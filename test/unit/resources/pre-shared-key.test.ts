import { kmsActions } from '../../../local/world/kms/actions';
import { rpcService } from '../../../local/world/rpc/service';
import type { DesiredResource, ResourceId } from '../../../shared/plan/desired';
import { inProcessWorld } from '../../in-process/in-process-world';
import { Builder } from './build';
import { type WorldCloud, worldCloud } from './world-cloud';

const OURS = 'test/psk/acme/office-1';
const THEIRS = 'acme/key-of-office-1';

const key = (provided: boolean): DesiredResource => ({
  id: 'pre-shared-key/office-1' as ResourceId,
  desired: {
    kind: 'pre-shared-key',
    region: 'us-east-1',
    secretName: provided ? THEIRS : 'acme/office-1',
    provided,
  },
  needs: [],
});

let cloud: WorldCloud;
let builder: Builder;

beforeEach(() => {
  const inProcess = inProcessWorld({ rpc: rpcService(kmsActions, {}) });
  cloud = worldCloud(inProcess);
  builder = new Builder(cloud, inProcess.clock);
});

const theirs = (name: string) =>
  cloud.call({
    service: 'kms',
    region: 'us-east-1',
    action: 'CreateSecret',
    parameters: { SecretName: name, VersionId: 'v7', SecretData: 'a-key-of-theirs' },
  });

test('a key is made once, stored, and known by its version only', async () => {
  const { observation, parameters, ownership } = await builder.build(key(false));
  const made = cloud.asked.filter(({ action }) => action === 'CreateSecret');
  expect(made).toHaveLength(1);
  const { SecretData } = made[0]?.parameters ?? {};
  expect(SecretData).toMatch(/^[A-Za-z0-9]{48}$/);
  expect(ownership).toBe('ours');
  expect(observation.attributes).toEqual({ secretName: OURS, versionId: 'trunkline-i1-1' });
  expect(JSON.stringify({ observation, parameters })).not.toContain(SecretData);
  const read = { SecretName: OURS, VersionId: 'trunkline-i1-1' };
  await expect(
    cloud.call({ service: 'kms', region: 'us-east-1', action: 'GetSecretValue', parameters: read }),
  ).resolves.toMatchObject({ SecretData });
});

test('a secret of that name that is not ours is refused, not used', async () => {
  await theirs(OURS);
  await expect(builder.build(key(false))).rejects.toThrow("is not Trunkline's: name it under presharedKey");
});

test('one whose record was lost is known by its version', async () => {
  await builder.build(key(false));
  const again = await new Builder(cloud, builder.clock).build(key(false));
  expect(again.ownership).toBe('borrowed');
  expect(cloud.asked.filter(({ action }) => action === 'CreateSecret')).toHaveLength(1);
});

test('one that the file names is found with its version and never read', async () => {
  await theirs(THEIRS);
  const { observation, ownership } = await builder.build(key(true));
  expect(ownership).toBe('borrowed');
  expect(observation.attributes).toEqual({ secretName: THEIRS, versionId: 'v7' });
  expect(cloud.asked.map(({ action }) => action)).not.toContain('GetSecretValue');
});

test('one that the file names and nobody made is fatal, with what to do', async () => {
  await expect(builder.build(key(true))).rejects.toMatchObject({
    detail: { code: 'ProvidedSecretMissing', class: 'fatal' },
    message:
      'the file names the secret acme/key-of-office-1, and us-east-1 has none of that name: make it, or leave presharedKey out',
  });
  expect(cloud.asked.map(({ action }) => action)).not.toContain('CreateSecret');
});

test('removing is whole, so that the name is free again, and a second time changes nothing', async () => {
  const { parameters } = await builder.build(key(false));
  const { desired } = key(false);
  const kind = builder.kindOf(desired);
  const removal = { desired, cloudId: OURS, parameters, token: 't', cloud };
  await kind.remove(removal);
  await kind.remove(removal);
  expect((await new Builder(cloud, builder.clock).build(key(false))).ownership).toBe('ours');
});

test('two deployments of an account with a network and an office of the same names have a key each', async () => {
  await theirs('other/psk/acme/office-1');
  await theirs('test/webhook/office-1');
  const { ownership, observation } = await builder.build(key(false));
  expect(ownership).toBe('ours');
  expect(observation.attributes).toEqual({ secretName: OURS, versionId: 'trunkline-i1-1' });
});

test('where the file named one before, ours is not there yet', async () => {
  await theirs(THEIRS);
  const { parameters } = await builder.build(key(true));
  const { desired } = key(false);
  const look = { desired, cloudId: THEIRS, parameters, cloud };
  expect(await builder.kindOf(desired).observe(look)).toEqual({ state: 'absent' });
});
