import type { Cidr } from '../../cidr';
import type { OfficeEntry } from '../file-schema';
import { error, type Path } from '../finding';
import type { Office } from '../topology';
import { type Context, isGap, leaveOut, tellUnknown } from './context';
import { readAddress, readCidrs } from './read-address';

const ANYWHERE = '0.0.0.0/0' as Cidr;

/** Null, and left out, where something of it cannot be read. `vpcs`: those that could. */
export function resolveOffice(
  context: Context,
  name: string,
  entry: OfficeEntry,
  vpcs: ReadonlySet<string>,
): Office | null {
  const path: Path = ['offices', name];
  const isNamed = checkName(context, name, path);
  const cidrs = readCidrs(context, entry.cidrs, [...path, 'cidrs']);
  const address = readAddress(context, entry.address, [...path, 'address']);
  const selectors = cidrs && selectorsOf(context, entry.selectors ?? 'office', cidrs, [...path, 'selectors']);
  if (!context.names.isVpc(entry.vpc) && !isGap(context.gaps, entry.vpc))
    tellUnknown(context, 'VPC', [...path, 'vpc'], entry.vpc, context.names.vpcs);
  if (!isNamed || !address || !selectors || !vpcs.has(entry.vpc)) {
    leaveOut(context, 'offices', name);
    return null;
  }
  return {
    name,
    vpc: entry.vpc,
    address,
    cidrs,
    device: entry.device ?? null,
    country: entry.country ?? null,
    selectors,
    presharedKeySecret: typeof entry.presharedKey === 'object' ? entry.presharedKey.secret : null,
    keepsKey: entry.presharedKey === 'kept',
    protect: entry.protect ?? false,
  };
}

/** Sites share one namespace, with the groups. */
export function checkName({ tell, names }: Context, name: string, path: Path): boolean {
  if (names.isGroup(name)) {
    tell(
      error(path, {
        code: 'name-reserved',
        message: `${name} names a group`,
        remedy: 'Use another name.',
        atKey: true,
      }),
    );
    return false;
  }
  if (path[0] === 'vpcs' || !names.isVpc(name)) return true;
  const message = `${name} names an office and a VPC`;
  const remedy = 'Sites share one namespace: rename one of them.';
  tell(error(path, { code: 'name-used-twice', message, remedy, other: ['vpcs', name], atKey: true }));
  return false;
}

function selectorsOf(
  context: Context,
  given: NonNullable<OfficeEntry['selectors']>,
  cidrs: Cidr[],
  path: Path,
): Office['selectors'] | null {
  if (given === 'any') return { cloudSide: [ANYWHERE], officeSide: [ANYWHERE] };
  if (given === 'office') return { cloudSide: [ANYWHERE], officeSide: cidrs };
  const cloudSide = readCidrs(context, given.cloudSide, [...path, 'cloudSide'], true);
  const officeSide = readCidrs(context, given.officeSide, [...path, 'officeSide'], true);
  return cloudSide && officeSide && { cloudSide, officeSide };
}
