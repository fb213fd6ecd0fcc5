import { contains, parseCidr, parseIpv4 } from '../../../shared/cidr';
import { action, type RpcContext } from '../rpc/action';
import { isPlain } from './names';
import { REGION, REQUIRED, TAGS, TEXT } from './parameters';
import { quota } from './quotas';
import { CUSTOMER_GATEWAYS, type CustomerGatewayRecord } from './records';
import { refusal } from './refusals';
import { groupNamed } from './resource-group';
import { tagsOf } from './tags';
import { vpnTime } from './times';

/** Shared, loopback, link-local, multicast and reserved addresses are nobody's office. */
const FORBIDDEN = ['100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.0.0.0/8'].flatMap(
  (block) => parseCidr(block) ?? [],
);
/** The gateways' own. */
const OWN_ASN = 45_104;
const LARGEST_ASN = 4_294_967_295;

/** One for an address in a region. It is there at once, and has no states. */
export const createCustomerGateway = action({
  product: 'vpc',
  name: 'CreateCustomerGateway',
  parameters: {
    ...REGION,
    IpAddress: REQUIRED,
    Name: TEXT,
    Description: TEXT,
    Asn: TEXT,
    AuthKey: { type: 'string', maxLength: 64 },
    ResourceGroupId: TEXT,
    Tags: TAGS,
    ClientToken: TEXT,
  },
  handle(context, input) {
    if (!isPlain(input.Name)) throw refusal('InvalidName');
    if (!isPlain(input.Description)) throw refusal('InvalidDescription');
    wantAddress(context, input.IpAddress);
    const gateway: CustomerGatewayRecord = {
      id: context.newId('cgw-'),
      region: context.region,
      ipAddress: input.IpAddress,
      name: input.Name ?? '',
      description: input.Description ?? '',
      asn: input.Asn === undefined ? null : asnOf(input.Asn),
      ...groupNamed(input.ResourceGroupId),
      createdAt: context.now,
      tags: tagsOf(input.Tags),
    };
    context.state.put(CUSTOMER_GATEWAYS, gateway.id, gateway);
    return {
      CustomerGatewayId: gateway.id,
      IpAddress: gateway.ipAddress,
      Name: gateway.name,
      Description: gateway.description,
      CreateTime: vpnTime(gateway.createdAt),
    };
  },
});

function wantAddress(context: RpcContext, address: string): void {
  const value = parseIpv4(address);
  const one = value === null ? null : { first: value, last: value, prefixLength: 32 };
  if (one === null || FORBIDDEN.some((range) => contains(range, one))) throw refusal('InvalidIpAddress.WrongFormat');
  const inRegion = context.state
    .values<CustomerGatewayRecord>(CUSTOMER_GATEWAYS)
    .filter(({ region }) => region === context.region);
  if (inRegion.some(({ ipAddress }) => ipAddress === address)) throw refusal('InvalidIpAddress.AlreadyExist');
  if (inRegion.length >= quota(context, 'customerGatewaysPerRegion')) throw refusal('Resource.QuotaFull');
}

/** `65001`, or in two parts: `1.2` is 1 × 65,536 + 2. */
function asnOf(text: string): number {
  const [, high, low] = /^(?:(\d{1,5})\.)?(\d{1,10})$/.exec(text) ?? [];
  const value = high === undefined ? Number(low) : Number(high) * 65_536 + Number(low);
  if (!(value >= 1 && value <= LARGEST_ASN) || value === OWN_ASN) throw refusal('IllegalParam.Asn');
  return value;
}
