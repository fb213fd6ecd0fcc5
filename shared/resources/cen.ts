/** A CEN instance: made, or one that the file names, which is adopted and never changed. */
import { type CenReading, listCens } from '../alicloud/reads/cens';
import { minutes, seconds } from '../clock';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { Cen } from '../plan/desired';
import { createWithToken } from './create-with-token';
import { absent, present } from './observation';
import { refusal } from './refusal';
import { tolerate } from './tolerate';
import { wireTagsOf } from './wire-tags';

export const cen: ResourceKind<Cen> = {
  kind: 'cen',
  clientToken: true,
  borrows: true,
  pollAfter: seconds(3),
  deadline: minutes(30),

  prepare: async ({ desired, identity }) =>
    desired.existingId === null
      ? // REDUCED admits CIDR blocks that overlap and differ; it is also the only level there is.
        { Name: identity.name, ProtectionLevel: 'REDUCED', Tag: wireTagsOf(identity) }
      : {},

  find: async ({ desired: { existingId }, identity, cloud }) => {
    if (existingId === null) return observation((await listCens(cloud)).find(({ Name }) => Name === identity.name));
    const adopted = observation((await listCens(cloud, existingId)).find(({ CenId }) => CenId === existingId));
    if (adopted.state === 'present') return adopted;
    const message = `the file names ${existingId}, and the account has no such CEN instance`;
    throw refusal('cbn', 'DescribeCens', 'CenMissing', message);
  },

  observe: async ({ cloudId, cloud }) =>
    observation((await listCens(cloud, cloudId)).find(({ CenId }) => CenId === cloudId)),

  create: async ({ parameters, token, cloud }) => {
    const request = { service: 'cbn', region: null, action: 'CreateCen', parameters } as const;
    return createWithToken(cloud, request, token, 'CenId');
  },

  differences: () => ({ kind: 'none' }),

  update: async () => undefined,

  remove: ({ cloudId, cloud }) =>
    tolerate('gone', cloud.call({ service: 'cbn', region: null, action: 'DeleteCen', parameters: { CenId: cloudId } })),
};

const observation = (seen: CenReading | undefined): Observation =>
  seen ? present({ cloudId: seen.CenId, settled: seen.Status === 'Active', attributes: { name: seen.Name } }) : absent;
