/** What holds for every action that is registered, made from the action's own data: a new action is held at once. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cbnResources } from '../../../../local/world/cbn/permissions';
import { ecsResources } from '../../../../local/world/ecs/permissions';
import { eventBridgeResources } from '../../../../local/world/eventbridge/permissions';
import { kmsResources } from '../../../../local/world/kms/permissions';
import { ramResources } from '../../../../local/world/ram/permissions';
import { resourceManagerResources } from '../../../../local/world/resourcemanager/permissions';
import { type Action, type Product, VERSIONS } from '../../../../local/world/rpc/action';
import type { ResourceTable } from '../../../../local/world/rpc/permissions';
import { rpcActions, rpcEffects } from '../../../../local/world/rpc/registry';
import { type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import { stsResources } from '../../../../local/world/sts/permissions';
import { vpcResources } from '../../../../local/world/vpc/permissions';
import { type InProcess, inProcessWorld } from '../../../in-process/in-process-world';
import { breachesOf, type Flat, leastOf } from './sample-parameters';

const RESOURCES: Record<Product, ResourceTable> = {
  vpc: vpcResources,
  cbn: cbnResources,
  ecs: ecsResources,
  eventbridge: eventBridgeResources,
  kms: kmsResources,
  ram: ramResources,
  resourcemanager: resourceManagerResources,
  sts: stsResources,
};

/** What is not the request's: the counter of request ids, and the latest time. */
const OF_EVERY_REQUEST = 'world.meta';

let inProcess: InProcess;
beforeEach(() => {
  inProcess = inProcessWorld({ rpc: rpcService(rpcActions, rpcEffects) });
});

function ask({ product, name }: Action, parameters: Flat, version = VERSIONS[product]): RpcOutput {
  const input = { product, version, action: name, parameters };
  return inProcess.serve({ service: 'rpc', caller: inProcess.caller, input }) as RpcOutput;
}

const codeAndMessage = ({ status, body }: RpcOutput): string => `${status} ${body['Code']}: ${body['Message']}`;

const kept = (): string => {
  const changes = [...inProcess.world.state.snapshot()].filter(({ collection }) => collection !== OF_EVERY_REQUEST);
  return JSON.stringify(changes.map(({ collection, key }) => [collection, key]));
};

const named = rpcActions.map((action) => ({ title: `${action.product} ${action.name}`, action }));

test('no action is registered twice', () => {
  const titles = named.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

/** As docs/local-cloud.md calls the products. */
const SERVICES: Record<Product, string> = {
  vpc: 'VPC',
  cbn: 'CEN',
  ecs: 'ECS',
  eventbridge: 'EventBridge',
  kms: 'KMS',
  ram: 'RAM',
  resourcemanager: 'Resource Management',
  sts: 'STS',
};

test('docs/local-cloud.md lists every action, and no other', () => {
  const text = readFileSync(join(__dirname, '../../../../docs/local-cloud.md'), 'utf8');
  const rows = text
    .slice(text.indexOf('## The actions'))
    .split('\n')
    .flatMap((line) => /^\| ([A-Z][\w ]+) \| (.+) \|$/.exec(line)?.slice(1) ?? []);
  const listed = rows.flatMap((cell, index) =>
    index % 2 === 0 ? [] : cell.split(', ').map((name) => `${rows[index - 1]} ${name}`),
  );
  expect(listed.sort()).toEqual(rpcActions.map(({ product, name }) => `${SERVICES[product]} ${name}`).sort());
});

test('RAM is asked about every action: none is without a resource, and no resource is without its action', () => {
  const listed = Object.entries(RESOURCES).flatMap(([product, table]) =>
    Object.keys(table).map((name) => `${product} ${name}`),
  );
  expect(listed.sort()).toEqual(named.map(({ title }) => title).sort());
});

describe.each(named)('$title', ({ action }) => {
  const least = leastOf(action.parameters);

  test('lets the least request pass its validation', () => {
    expect(codeAndMessage(ask(action, least))).not.toMatch(/Parameter: The .*parameter "/);
  });

  test('refuses a parameter that it does not have', () => {
    const { status, body } = ask(action, { ...least, Unheard: 'of' });
    expect([status, body['Code']]).toEqual([400, 'UnsupportedParameter']);
    expect(body['Message']).toContain('"Unheard"');
  });

  test('refuses to go without what it needs', () => {
    const required = Object.entries(action.parameters).filter(([, each]) => each.required);
    for (const [name] of required) {
      const without = Object.fromEntries(Object.entries(least).filter(([key]) => key.split('.')[0] !== name));
      expect([name, codeAndMessage(ask(action, without))]).toEqual([
        name,
        expect.stringMatching(`^400 MissingParameter: .*"${name}`),
      ]);
    }
  });

  test('refuses each parameter of another type or outside of its bounds, names it, and changes nothing', () => {
    const before = kept();
    for (const { place, why, flat } of breachesOf(action.parameters)) {
      const name = place.split('.')[0] ?? '';
      const others = Object.fromEntries(Object.entries(least).filter(([key]) => key.split('.')[0] !== name));
      // The region is looked at before the parameters are.
      if (name === 'RegionId') continue;
      expect([place, why, codeAndMessage(ask(action, { ...others, ...flat }))]).toEqual([
        place,
        why,
        expect.stringMatching(`^400 InvalidParameter: .*"${place}"`),
      ]);
    }
    expect(kept()).toBe(before);
  });

  test('is not found under another version, and not in a region that is none', () => {
    expect(codeAndMessage(ask(action, least, '2000-01-01'))).toMatch(/^400 NoSuchVersion: /);
    expect(codeAndMessage(ask(action, { ...least, RegionId: 'us-nowhere-1' }))).toMatch(
      /^404 InvalidRegionId\.NotFound: /,
    );
  });
});
