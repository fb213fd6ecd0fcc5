/** A tunnel may not cross the border of mainland China; `country` tells where its office is. */
import { isMainland } from '../border';
import { error, warning } from '../finding';
import type { Lint } from './lint';

export const border: Lint = ({ topology: { vpcs, offices } }) => {
  const regionOf = new Map(vpcs.map(({ name, region }) => [name, region]));
  return offices.flatMap(({ name, vpc, country }) => {
    const region = regionOf.get(vpc) ?? '';
    if (country === null)
      return warning(['offices', name], {
        code: 'country-missing',
        message: `${name} does not say in which country it is, so nobody checks whether its tunnel crosses the border of mainland China`,
        remedy: 'Add it: country: US.',
      });
    if ((country === 'CN') === isMainland(region)) return [];
    return error(['offices', name, 'vpc'], {
      code: 'tunnel-crosses-border',
      message: `${name} is in ${country} and its tunnel would end in ${region}: no IPsec tunnel may cross the border of mainland China`,
      remedy: `Attach it to a VPC ${country === 'CN' ? 'in' : 'outside'} mainland China; the backbone carries it over the border.`,
    });
  });
};
