import { parseAccount } from '../../../local/world/account';
import { virtualCloud, type VirtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const materials = readMaterials('examples');
const things = ({ inProcess }: VirtualCloud): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { collection } of inProcess.world.state.snapshot())
    if (/^(vpc|cbn|kms|ecs)\./.test(collection)) counts[collection] = (counts[collection] ?? 0) + 1;
  return counts;
};
async function build(cloud: VirtualCloud, text: string) {
  const reply = await cloud.submit(text);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  const { run } = await cloud.runToEnd(reply.run);
  return run;
}
test('an office less', async () => {
  const { account } = parseAccount(materials.account, 'account.yaml');
  const cloud = await virtualCloud(account!);
  const more = materials.global.replace('  office-4:', '  office-5: {address: 203.0.113.15, cidrs: [10.10.50.0/24], vpc: virginia, country: US}\n  office-4:');
  const run0 = await build(cloud, materials.global);
  const before = things(cloud);
  await build(cloud, more);
  const from = cloud.asked.length;
  const run = await build(cloud, materials.global);
  console.log(run0.outcome, run, (await cloud.runs.readTasks(run.id)).map((t) => [t.id, t.action, t.state, t.failure?.message]));
  console.log(cloud.asked.slice(from).filter(({ action }) => !/^(Desc|List|Get|Check)/.test(action)).map(({ action }) => action));
  expect(things(cloud)).toEqual(before);
});
