/**
 * The basic edition writes routes into system tables only. A custom table in the way of an office's packets can be
 * repaired for the gateway's routes and never for the far side's, so it is refused.
 */
import { error } from '../finding';
import type { Lint } from './lint';

export const customTables: Lint = ({ topology: { backbone, vpcs } }) => {
  if (backbone.edition !== 'basic') return [];
  return vpcs.flatMap(({ name, vSwitches, gateway, applications }) => {
    const used = new Set([...gateway.vSwitches, ...applications.map(({ vSwitch }) => vSwitch)]);
    return vSwitches.flatMap(({ id, routeTable }, index) => {
      if (routeTable === null || !used.has(id)) return [];
      return error(['vpcs', name, 'vSwitches', index, 'routeTable'], {
        code: 'custom-table-on-basic',
        message: `${id} is bound to the custom table ${routeTable}, which a CEN of the basic edition never writes`,
        remedy: 'Bind the vSwitch to the system table, or use edition: transit-router.',
      });
    });
  });
};
