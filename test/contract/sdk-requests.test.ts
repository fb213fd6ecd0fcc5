/**
 * The other half of world-conformance.test.ts: what the SDKs can send, the local cloud takes. Every parameter that a
 * typed client knows, at any depth, is known here too, and stands where the wire looks for it.
 */
import Ecs, * as ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import Sts, * as sts from '@alicloud/sts20150401';
import Vpc, * as vpc from '@alicloud/vpc20160428';
import { type Parameter, VERSIONS } from '../../local/world/rpc/action';
import { rpcActions } from '../../local/world/rpc/registry';
import { type SdkRequest, sdkRequests } from './sdk-requests';

const HELD = ['vpc', 'ecs', 'sts'] as const;
type Held = (typeof HELD)[number];

/** Taken by every action: whose resources they are is nothing that one account's cloud has to tell apart. */
const COMMON = new Set(['RegionId', 'OwnerId', 'OwnerAccount', 'ResourceOwnerId', 'ResourceOwnerAccount']);

const config = () =>
  new $OpenApiUtil.Config({ endpoint: '127.0.0.1:1', accessKeyId: 'k', accessKeySecret: 's', regionId: 'us-east-1' });

let known: Record<Held, Map<string, SdkRequest>>;
beforeAll(async () => {
  known = {
    vpc: await sdkRequests(vpc, new Vpc(config())),
    ecs: await sdkRequests(ecs, new Ecs(config())),
    sts: await sdkRequests(sts, new Sts(config())),
  };
});

test('the SDKs were read: 403 actions of VPC, 380 of ECS', () => {
  expect([known.vpc.size, known.ecs.size]).toEqual([403, 380]);
});

const actions = rpcActions.flatMap((action) => {
  const product = HELD.find((held) => held === action.product);
  return product
    ? [{ title: `${product} ${action.name}`, name: action.name, product, parameters: action.parameters }]
    : [];
});

describe.each(actions)('$title', ({ product, name, parameters }) => {
  const request = (): SdkRequest => {
    const found = known[product].get(name);
    if (!found) throw new Error(`the SDK does not have ${name}`);
    return found;
  };

  test('is an action of the SDK, of this version', () => {
    expect(request().version).toBe(VERSIONS[product]);
  });

  test('knows whatever a typed client can send', () => {
    const { query, form } = request();
    const places = Object.keys({ ...query, ...form }).filter((place) => !COMMON.has(place));
    expect(places.filter((place) => !knows({ type: 'object', fields: parameters }, place.split('.')))).toEqual([]);
  });

  test('finds in the form only what is a tunnel’s', () => {
    expect(Object.keys(request().form).filter((place) => !place.startsWith('TunnelOptionsSpecification.1.'))).toEqual(
      [],
    );
  });
});

test('two of the actions have a form', () => {
  const withForm = actions.filter(({ product, name }) => Object.keys(known[product].get(name)?.form ?? {}).length > 0);
  expect(withForm.map(({ name }) => name)).toEqual(['CreateVpnConnection', 'ModifyVpnConnectionAttribute']);
});

function knows(parameter: Parameter, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return parameter.type !== 'list' && parameter.type !== 'object';
  if (parameter.type === 'list') return /^[1-9]\d*$/.test(name) && knows(parameter.items, rest);
  if (parameter.type !== 'object') return false;
  const field = parameter.fields[name];
  return field !== undefined && knows(field, rest);
}
