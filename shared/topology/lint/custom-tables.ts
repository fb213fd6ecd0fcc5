/** The basic edition writes routes into system tables only, so a custom table in the way cannot be repaired. */
import { error, type Lint } from './finding';

export const customTables: Lint = ({ backbone, vpcs }) =>
  backbone.edition !== 'basic'
    ? []
    : vpcs.flatMap(({ name, vSwitches }) =>
        vSwitches.flatMap(({ id, routeTable }, index) =>
          routeTable === null
            ? []
            : [
                error(
                  ['vpcs', name, 'vSwitches', index, 'routeTable'],
                  'custom-table-on-basic',
                  `${id} is bound to the custom table ${routeTable}, which a CEN of the basic edition never writes`,
                  'Bind the vSwitch to the system table, or use edition: transit-router.',
                ),
              ],
        ),
      );
