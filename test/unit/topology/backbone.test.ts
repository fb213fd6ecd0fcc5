import { type Case, changed, parse, problemsAfter, topologyOf } from './a-file';

/** A third region, whose VPC has no application and no office. */
const withTokyo = (f: Parameters<Case[1]>[0]) => {
  f.vpcs.tokyo = {
    region: 'ap-northeast-1',
    id: 'vpc-tokyo',
    cidrs: ['10.60.0.0/16'],
    vSwitches: [
      { id: 'vsw-to-a', zone: 'ap-northeast-1a', cidr: '10.60.1.0/24' },
      { id: 'vsw-to-b', zone: 'ap-northeast-1b', cidr: '10.60.2.0/24' },
    ],
  };
};

const CASES: Case[] = [
  ['no link at all', (f) => delete f.backbone, ['error link-missing']],
  ['a link without bandwidth', (f) => delete f.backbone.links[0].bandwidthMbps, ['error link-without-bandwidth']],
  ['a link to nowhere', (f) => (f.backbone.links[0].between = ['virginia', 'frankfort']), ['error unknown-name']],
  [
    'a link of a VPC with itself',
    (f) => f.backbone.links.push({ between: ['virginia', 'virginia'], bandwidthMbps: 5 }),
    ['error link-within-region'],
  ],
  [
    'two links of one pair',
    (f) => f.backbone.links.push({ between: ['frankfurt', 'virginia'], bandwidthMbps: 5 }),
    ['error link-twice'],
  ],
  ['a third region without links', withTokyo, ['error link-missing', 'error link-missing']],
  [
    'transit over a third region is not relied on',
    (f) => {
      withTokyo(f);
      f.backbone.links.push({ between: ['virginia', 'tokyo'], bandwidthMbps: 5 });
    },
    ['error link-missing'],
  ],
  [
    'regions that access keeps apart need no link',
    (f) => {
      withTokyo(f);
      f.backbone.links.push({ between: ['virginia', 'tokyo'], bandwidthMbps: 5 });
      f.access = [
        { from: 'all', to: ['virginia.orders', 'offices'] },
        { from: 'offices', to: 'applications' },
      ];
      f.access[0].from = ['offices', 'virginia', 'frankfurt'];
    },
    [],
  ],
  [
    'two that a test joins',
    (f) => {
      withTokyo(f);
      f.access = [{ from: 'offices', to: 'all' }];
      f.tests = [{ from: 'tokyo', to: 'frankfurt', expect: 'reachable' }];
    },
    ['error link-missing'],
  ],
  [
    'two VPCs of one region need no link',
    (f) => {
      withTokyo(f);
      f.vpcs.tokyo.region = 'us-east-1';
      f.vpcs.tokyo.vSwitches[0].zone = 'us-east-1a';
      f.vpcs.tokyo.vSwitches[1].zone = 'us-east-1b';
    },
    [],
  ],
  ['basic without a CEN', (f) => (f.backbone.edition = 'basic'), ['error basic-needs-cen']],
  [
    'basic with one',
    (f) => Object.assign(f.backbone, { edition: 'basic', cen: 'cen-acme', bandwidthPackage: 'cenbwp-1' }),
    [],
  ],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test('a missing link says who would talk over it', () => {
  const messageOf = (change: Case[1]) =>
    parse(changed(change)).problems.find(({ code }) => code === 'link-missing')?.message;
  expect(messageOf((f) => (f.backbone.links = []))).toBe(
    'there is no link between eu-central-1 and us-east-1, and without access everybody talks to everybody; nothing passes through a third region',
  );
  expect(
    messageOf((f) => {
      f.backbone.links = [];
      f.access = [
        { from: 'office-1', to: 'office-2' },
        { from: 'office-1', to: 'frankfurt.crm' },
      ];
    }),
  ).toBe(
    'there is no link between eu-central-1 and us-east-1, and access lets office-1 reach frankfurt.crm; nothing passes through a third region',
  );
});

test.each([
  ['mainland China and America', 'cn-shanghai', 'us-east-1', true],
  ['mainland China and Hong Kong', 'cn-hangzhou', 'cn-hongkong', true],
  ['Hong Kong and Europe', 'cn-hongkong', 'eu-central-1', false],
  ['two mainland regions', 'cn-beijing', 'cn-shanghai', false],
])('%s: whether a link crosses the border', (_, first, second, crossBorder) => {
  const country = (region: string) => (region.startsWith('cn-') && region !== 'cn-hongkong' ? 'CN' : 'US');
  const file = changed((f) => {
    for (const [name, region] of [
      ['virginia', first],
      ['frankfurt', second],
    ] as const) {
      f.vpcs[name].region = region;
      f.vpcs[name].vSwitches[0].zone = `${region}-a`;
      f.vpcs[name].vSwitches[1].zone = `${region}-b`;
      for (const office of Object.values<{ vpc: string; country: string }>(f.offices))
        if (office.vpc === name) office.country = country(region);
    }
  });
  expect(parse(file).problems.map(({ code }) => code)).toEqual(crossBorder ? ['cross-border-link'] : []);
  const [link] = topologyOf(file).backbone.links;
  expect(link).toEqual({
    regions: [first, second].sort(),
    vpcs: first < second ? ['virginia', 'frankfurt'] : ['frankfurt', 'virginia'],
    bandwidthMbps: 10,
    crossBorder,
  });
});
