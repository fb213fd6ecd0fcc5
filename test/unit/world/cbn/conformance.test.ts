/** Every action's parameters and answers, held to the published ones. */
import { cbnActions } from '../../../../local/world/cbn/actions';
import type { Parameter } from '../../../../local/world/rpc/action';
import { type ResponseShape, readActionSchema } from './action-schema';
import {
  child,
  type LocalCen,
  localCen,
  openService,
  putBasicCen,
  putEntry,
  putPackage,
  withTwoVpcs,
} from './local-cen';
import { publication, twoRegionNetwork } from './two-region-network';

const schema = readActionSchema();
const held = cbnActions.flatMap((action) => {
  const found = schema?.get(`cbn.${action.name}`);
  return found ? [{ name: action.name, parameters: action.parameters, found }] : [];
});

/** Of newer releases than the metadata. */
const NEWER = new Set([
  'CreateCen ResourceGroupId',
  'CreateTransitRouterVpcAttachment Options',
  'UpdateTransitRouterVpcAttachmentAttribute Options',
]);
const TYPES: Record<string, Parameter['type']> = {
  String: 'string',
  Json: 'string',
  Integer: 'integer',
  Long: 'integer',
  Boolean: 'boolean',
  RepeatList: 'list',
  Struct: 'object',
};

if (schema === null)
  test.skip('SKIPPED: there is no action-schema.json in a folder beside the project', () => undefined);
else holdToMetadata();

function holdToMetadata(): void {
  test('the metadata knows 45 of the actions', () => {
    expect(held).toHaveLength(45);
  });

  test.each(held)('$name takes exactly the published parameters', ({ name, parameters, found }) => {
    const own = Object.entries(parameters)
      .filter(([parameter]) => !NEWER.has(`${name} ${parameter}`))
      .map(([parameter, { type }]) => `${parameter} ${type}`);
    expect(own.sort()).toEqual(found.params.map((each) => `${each.name} ${TYPES[each.type]}`).sort());
    const required = found.params.filter((each) => each.required).map((each) => each.name);
    for (const parameter of required) expect([parameter, parameters[parameter]?.required]).toEqual([parameter, true]);
  });

  test.each(held)('$name answers nothing but published fields of the published types', ({ name, found }) => {
    const answers = answersOf(name);
    expect(answers.length).toBeGreaterThan(0);
    for (const body of answers) expect(strangers(body, found.response, name)).toEqual([]);
  });

  test.each(held)('$name always answers the top of the published shape', ({ name, found }) => {
    const top = Object.keys(found.response)
      .filter((field) => field !== 'RequestId')
      .sort();
    for (const body of answersOf(name).filter((each) => Object.keys(each).length > 0))
      expect(Object.keys(body).sort()).toEqual(top);
  });
}

let collected: LocalCen['answers'] | undefined;
function answersOf(action: string): object[] {
  collected ??= [...enterpriseAnswers(), ...basicAnswers()];
  return collected.filter((answer) => answer.action === action).map(({ body }) => body);
}

function enterpriseAnswers(): LocalCen['answers'] {
  const network = twoRegionNetwork();
  const { cen, routers, tables, attachments, peer } = network.ids;
  const { TransitRouterRouteEntryId } = network.settled('CreateTransitRouterRouteEntry', {
    TransitRouterRouteTableId: tables[0],
    TransitRouterRouteEntryDestinationCidrBlock: '10.0.0.0/8',
    TransitRouterRouteEntryNextHopType: 'BlackHole',
  });
  network.settled('TagResources', { ResourceType: 'Cen', ResourceId: [cen], Tag: [{ Key: 'k', Value: 'v' }] });
  network.call('DescribeCens');
  network.call('ListTransitRouters');
  network.call('ListTransitRouterVpcAttachments');
  network.call('ListTransitRouterPeerAttachments');
  network.call('ListTransitRouterRouteTableAssociations');
  network.call('ListTransitRouterRouteTablePropagations', { TransitRouterRouteTableId: tables[0] });
  network.call('ListTransitRouterRouteEntries', { TransitRouterRouteTableId: tables[0] });
  network.call('UntagResources', { ResourceType: 'Cen', ResourceId: [cen], All: true });
  network.settled('ModifyCenAttribute', { CenId: cen, Name: 'new' });
  network.settled('DeleteTransitRouterRouteEntry', { TransitRouterRouteEntryId: TransitRouterRouteEntryId! });
  const both = { TransitRouterAttachmentId: attachments[0], TransitRouterRouteTableId: tables[0] };
  network.settled('DissociateTransitRouterAttachmentFromRouteTable', both);
  network.settled('DisableTransitRouterRouteTablePropagation', both);
  network.settled('UpdateTransitRouterVpcAttachmentAttribute', { TransitRouterAttachmentId: attachments[0] });
  network.settled('UpdateTransitRouterPeerAttachmentAttribute', { TransitRouterAttachmentId: peer });
  network.settled('UpdateTransitRouterVpcAttachmentZones', {
    TransitRouterAttachmentId: attachments[0],
    RemoveZoneMappings: [{ ZoneId: 'us-east-1b', VSwitchId: 'vsw-1b' }],
  });
  network.settled('DeleteTransitRouterPeerAttachment', { TransitRouterAttachmentId: peer, Force: true });
  network.settled('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: attachments[0] });
  network.settled('UpdateTransitRouter', { TransitRouterId: routers[0], RegionId: 'us-east-1' });
  network.settled('DeleteTransitRouter', { TransitRouterId: routers[0] });
  return network.answers;
}

function basicAnswers(): LocalCen['answers'] {
  const cen = withTwoVpcs(localCen());
  openService(cen.state, 'transit-router');
  putBasicCen(cen.state, 'cen-basic');
  putPackage(cen.state, { id: 'cenbwp-1' });
  putEntry(cen.state, { id: 'rte-1', routeTableId: 'vtb-vpc-1', destination: '10.10.10.0/24' });
  putEntry(cen.state, { id: 'rte-2', routeTableId: 'vtb-vpc-2', destination: '10.10.10.0/24' });
  const [first, second] = [child('cen-basic', 'vpc-1', 'us-east-1'), child('cen-basic', 'vpc-2', 'cn-shanghai')];
  const bound = { CenId: 'cen-basic', CenBandwidthPackageId: 'cenbwp-1' };
  const limit = { CenId: 'cen-basic', LocalRegionId: 'us-east-1', OppositeRegionId: 'cn-shanghai' };
  const bought = cen.settled('CreateCenBandwidthPackage', {
    Bandwidth: 2,
    GeographicRegionAId: 'Europe',
    GeographicRegionBId: 'North-America',
    BandwidthPackageChargeType: 'POSTPAY',
  });
  const own = { CenBandwidthPackageId: bought['CenBandwidthPackageId']! };
  cen.settled('ModifyCenBandwidthPackageAttribute', { ...own, Name: 'new' });
  cen.settled('ModifyCenBandwidthPackageSpec', { ...own, Bandwidth: 3 });
  cen.settled('DeleteCenBandwidthPackage', own);
  cen.settled('AttachCenChildInstance', first);
  cen.settled('AttachCenChildInstance', second);
  cen.settled('AssociateCenBandwidthPackage', bound);
  cen.settled('SetCenInterRegionBandwidthLimit', { ...limit, BandwidthLimit: 4 });
  cen.settled('PublishRouteEntries', publication('cen-basic', 0));
  cen.settled('PublishRouteEntries', { ...publication('cen-basic', 1), DestinationCidrBlock: '10.10.10.0/24' });
  cen.call('DescribeCens');
  cen.call('DescribeCenAttachedChildInstances', { CenId: 'cen-basic' });
  cen.call('DescribeCenAttachedChildInstanceAttribute', first);
  cen.call('DescribeCenBandwidthPackages');
  cen.call('DescribeCenInterRegionBandwidthLimits', { CenId: 'cen-basic' });
  cen.call('DescribePublishedRouteEntries', second);
  cen.settled('WithdrawPublishedRouteEntries', publication('cen-basic', 0));
  cen.settled('SetCenInterRegionBandwidthLimit', { ...limit, BandwidthLimit: 0 });
  cen.settled('UnassociateCenBandwidthPackage', bound);
  cen.settled('DetachCenChildInstance', first);
  cen.settled('DetachCenChildInstance', second);
  cen.settled('DeleteCen', { CenId: 'cen-basic' });
  return cen.answers;
}

/** Places in an answer that the metadata does not know, or knows as another type. */
function strangers(value: unknown, shape: ResponseShape, place: string): string[] {
  if (typeof shape === 'string') return isOf(value, shape) ? [] : [`${place}: ${JSON.stringify(value)} is no ${shape}`];
  if (Array.isArray(shape))
    return Array.isArray(value)
      ? value.flatMap((item, index) => strangers(item, shape[0]!, `${place}.${index}`))
      : [`${place} is no list`];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [`${place} is no object`];
  return Object.entries(value).flatMap(([field, inner]) => {
    const known = shape[field];
    return known === undefined ? [`${place}.${field} is unknown`] : strangers(inner, known, `${place}.${field}`);
  });
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'bool') return typeof value === 'boolean';
  return type === 'string' ? typeof value === 'string' : Number.isSafeInteger(value);
}
