/** Whatever carries a deployment's tag, kind by kind: what nobody recorded is found by nothing else. */
import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { DEPLOYMENT_TAG } from '../../engine/identity';
import type { Kind } from '../../plan/desired';
import type { TaggedThing } from '../../recovery/find-orphans';
import { numberedPages, tokenPages } from '../all-pages';
import { listVpnGateways } from './vpn-gateways';

const listing = z.object({
  NextToken: z.string().nullish(),
  TagResources: z.object({
    TagResource: z.array(z.object({ ResourceId: z.string(), TagKey: z.string(), TagValue: z.string() })),
  }),
});
type Tag = z.infer<typeof listing>['TagResources']['TagResource'][number];

const OF_VPC = [
  ['vpn-gateway', 'VPNGATEWAY'],
  ['customer-gateway', 'CUSTOMERGATEWAY'],
  ['vpn-connection', 'VPNCONNECTION'],
] as const;

const OF_ROUTERS = [
  ['transit-router', 'TransitRouter'],
  ['vpc-attachment', 'TransitRouterVpcAttachment'],
  ['peer-attachment', 'TransitRouterPeerAttachment'],
] as const;

/** In one region. A gateway is told by its name until it has its tags. */
export async function taggedInRegion(cloud: Cloud, region: string, deployment: string): Promise<TaggedThing[]> {
  const listed = await Promise.all([
    ...OF_VPC.map(([kind, type]) => tagged(cloud, { service: 'vpc', kind, type, region, deployment })),
    ...OF_ROUTERS.map(([kind, type]) => tagged(cloud, { service: 'cbn', kind, type, region, deployment })),
    untaggedGateways(cloud, region),
    taggedSecrets(cloud, region, deployment),
  ]);
  return listed.flat();
}

/** A CEN instance is in no region. */
export const taggedCens = (cloud: Cloud, deployment: string): Promise<TaggedThing[]> =>
  tagged(cloud, { service: 'cbn', kind: 'cen', type: 'Cen', region: null, deployment });

interface Asked {
  service: 'vpc' | 'cbn';
  kind: Kind;
  /** As the tag actions call it. */
  type: string;
  region: string | null;
  deployment: string;
}

/** The service answers with the tag that was asked for alone: the others are asked for by id. */
async function tagged(cloud: Cloud, asked: Asked): Promise<TaggedThing[]> {
  const { kind, region, deployment } = asked;
  const byTag = await tagsOf(cloud, asked, { Tag: [{ Key: DEPLOYMENT_TAG, Value: deployment }] });
  const ids = [...new Set(byTag.map(({ ResourceId }) => ResourceId))];
  const all: Tag[] = [];
  for (let from = 0; from < ids.length; from += MOST_IDS)
    all.push(...(await tagsOf(cloud, asked, { ResourceId: ids.slice(from, from + MOST_IDS) })));
  return ids.map((cloudId) => {
    const own = all.filter(({ ResourceId }) => ResourceId === cloudId);
    return { kind, region, cloudId, tags: Object.fromEntries(own.map(({ TagKey, TagValue }) => [TagKey, TagValue])) };
  });
}

/** Of the service, a call. */
const MOST_IDS = 50;

type Filter = { Tag: { Key: string; Value: string }[] } | { ResourceId: string[] };

const tagsOf = (cloud: Cloud, { service, region, type }: Asked, filter: Filter): Promise<Tag[]> =>
  tokenPages(
    cloud,
    {
      service,
      // CEN is asked in one place; the region says what is asked about.
      region: service === 'cbn' ? null : region,
      action: 'ListTagResources',
      parameters: { ResourceType: type, ...(service === 'cbn' ? { RegionId: region } : {}), ...filter },
    },
    {
      schema: listing,
      items: ({ TagResources }) => TagResources.TagResource,
      pageSize: 50,
      sizeName: service === 'cbn' ? 'PageSize' : 'MaxResults',
    },
  );

/** Made a moment before its tags, or never given any: whose it is, only its name tells, and only that it is a Trunkline's. */
async function untaggedGateways(cloud: Cloud, region: string): Promise<TaggedThing[]> {
  const gateways = await listVpnGateways(cloud, region);
  return gateways
    .filter(({ Name, Tags }) => Name.startsWith('trunkline-') && Tags[DEPLOYMENT_TAG] === undefined)
    .map(({ VpnGatewayId }) => ({ kind: 'vpn-gateway', region, cloudId: VpnGatewayId, tags: {} }));
}

const secrets = z.object({
  TotalCount: z.number().optional(),
  SecretList: z.object({
    Secret: z.array(
      z.object({
        SecretName: z.string(),
        Tags: z
          .object({ Tag: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })).default([]) })
          .prefault({}),
      }),
    ),
  }),
});

async function taggedSecrets(cloud: Cloud, region: string, deployment: string): Promise<TaggedThing[]> {
  const all = await numberedPages(
    cloud,
    { service: 'kms', region, action: 'ListSecrets', parameters: { FetchTags: 'true' } },
    { schema: secrets, items: ({ SecretList }) => SecretList.Secret, pageSize: 100 },
  );
  return all
    .map(({ SecretName, Tags }): TaggedThing => {
      const tags = Object.fromEntries(Tags.Tag.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
      return { kind: 'pre-shared-key', region, cloudId: SecretName, tags };
    })
    .filter(({ tags }) => tags[DEPLOYMENT_TAG] === deployment);
}
