/** The regions that the services are offered in. Any of them works at the one endpoint. */
export const REGIONS: readonly string[] = [
  'cn-qingdao',
  'cn-beijing',
  'cn-zhangjiakou',
  'cn-huhehaote',
  'cn-wulanchabu',
  'cn-hangzhou',
  'cn-shanghai',
  'cn-nanjing',
  'cn-fuzhou',
  'cn-shenzhen',
  'cn-heyuan',
  'cn-guangzhou',
  'cn-chengdu',
  'cn-hongkong',
  'ap-southeast-1',
  'ap-southeast-3',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ap-northeast-1',
  'ap-northeast-2',
  'us-west-1',
  'us-east-1',
  'na-south-1',
  'eu-central-1',
  'eu-west-1',
  'me-east-1',
  'me-central-1',
];

const KNOWN = new Set(REGIONS);

export const isRegion = (region: string): boolean => KNOWN.has(region);
