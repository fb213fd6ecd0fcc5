/**
 * The zones of a region: what DescribeZones lists and CreateVSwitch takes. Letters as the services' pages had them in 2025,
 * from memory and unverified: Alibaba Cloud opens zones and closes them to new customers.
 */
import type { State } from '../state';
import { VPCS, type VpcRecord, VSWITCHES, type VSwitchRecord } from './records';

const LETTERS: Readonly<Record<string, string>> = {
  'cn-qingdao': 'bc',
  'cn-beijing': 'abcdefghijkl',
  'cn-zhangjiakou': 'abc',
  'cn-huhehaote': 'ab',
  'cn-wulanchabu': 'abc',
  'cn-hangzhou': 'bcdefghijk',
  'cn-shanghai': 'abcdefgklmn',
  'cn-nanjing': 'a',
  'cn-fuzhou': 'a',
  'cn-shenzhen': 'abcdef',
  'cn-heyuan': 'ab',
  'cn-guangzhou': 'ab',
  'cn-chengdu': 'ab',
  'cn-hongkong': 'bcd',
  'ap-southeast-1': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-6': 'ab',
  'ap-southeast-7': 'ab',
  'ap-northeast-1': 'abc',
  'ap-northeast-2': 'ab',
  'us-west-1': 'ab',
  'us-east-1': 'ab',
  'na-south-1': 'ab',
  'eu-central-1': 'abc',
  'eu-west-1': 'ab',
  'me-east-1': 'ab',
  'me-central-1': 'ab',
};

/** Those of the table, and any that the account's file puts a vSwitch into: it may know newer ones. */
export function zonesOf(state: State, region: string): string[] {
  // `us-east-1a`, but `cn-shanghai-b`.
  const stem = /\d$/.test(region) ? region : `${region}-`;
  const listed = [...(LETTERS[region] ?? '')].map((letter) => `${stem}${letter}`);
  const seeded = state
    .values<VSwitchRecord>(VSWITCHES)
    .filter(({ vpcId }) => state.get<VpcRecord>(VPCS, vpcId)?.region === region)
    .map(({ zone }) => zone);
  return [...new Set([...listed, ...seeded])].sort();
}
