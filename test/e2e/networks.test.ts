import { cloudCounts, example, type RunningCloud, startRunningCloud } from './running-cloud';

jest.setTimeout(120_000);

let running: RunningCloud;

beforeAll(async () => {
  running = await startRunningCloud();
});

afterAll(() => running?.stop());

test('two networks at once, one of them on a CEN of the basic edition, do not touch each other', async () => {
  const [basic, second] = await Promise.all([
    running.upload('topologies/basic.yaml', example('global-network-basic')),
    running.upload('topologies/second.yaml', example('second-network')),
  ]);
  const [basicRun, secondRun] = await Promise.all([running.ended(basic.run ?? ''), running.ended(second.run ?? '')]);
  expect([basicRun.outcome, secondRun.outcome]).toEqual(['succeeded', 'succeeded']);
  const proofs = await Promise.all([running.report(basicRun), running.report(secondRun)]);
  expect(proofs.map(({ proof }) => proof?.sitePairs)).toEqual([
    { total: 30, reachable: 30, assumed: 0 },
    { total: 12, reachable: 12, assumed: 0 },
  ]);
  for (const { proof } of proofs) expect(proof?.applications.reachable).toBe(proof?.applications.total);
  expect(cloudCounts(running.cloud)).toMatchObject({
    'vpc.vpn-gateways': 4,
    'vpc.customer-gateways': 6,
    'vpc.vpn-connections': 6,
    // The account's two, and the second network's.
    'cbn.cens': 3,
    'cbn.child-instances': 2,
    'cbn.vpc-attachments': 2,
    'cbn.published-routes': 6,
  });
});

test('a VPC that a network has is refused to another, and nothing changes', async () => {
  const before = cloudCounts(running.cloud);
  const answer = await running.upload(
    'topologies/greedy.yaml',
    example('global-network').replace('name: global-network', 'name: greedy'),
  );
  expect(answer.outcome).toBe('refused');
  expect(answer.problems.map(({ code }) => code)).toContain('place-taken');
  expect(cloudCounts(running.cloud)).toEqual(before);
});
