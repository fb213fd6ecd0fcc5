/** What the cloud has once must not be written twice. */
import { error, type Finding, type Path } from '../finding';
import type { Vpc } from '../topology';
import type { Lint } from './lint';

export const vpcIds: Lint = ({ topology: { vpcs } }) => [
  ...named(vpcs, 'vpc-named-twice', ({ name, id }) => [{ id, owner: name, path: ['vpcs', name, 'id'] }]),
  ...named(vpcs, 'vswitch-named-twice', ({ name, vSwitches }) =>
    vSwitches.map(({ id }, index) => ({
      id,
      owner: `${name} ${index}`,
      path: ['vpcs', name, 'vSwitches', index, 'id'],
    })),
  ),
  // A group belongs to one VPC; its applications may share it.
  ...named(vpcs, 'group-of-two-vpcs', ({ name, applications }) =>
    applications.map(({ name: application, securityGroup }) => ({
      id: securityGroup,
      owner: name,
      path: ['vpcs', name, 'applications', application, 'securityGroup'],
    })),
  ),
];

interface Naming {
  id: string;
  /** Who may name it again. */
  owner: string;
  path: Path;
}

function named(vpcs: readonly Vpc[], code: string, namings: (vpc: Vpc) => Naming[]): Finding[] {
  const seen = new Map<string, Naming>();
  return vpcs.flatMap(namings).flatMap((naming) => {
    const before = seen.get(naming.id);
    if (!before) seen.set(naming.id, naming);
    if (!before || before.owner === naming.owner) return [];
    return error(naming.path, {
      code,
      message: `${naming.id} is named twice`,
      remedy: 'Correct one of them.',
      other: before.path,
    });
  });
}
