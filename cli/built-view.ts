/** What a network consists of, for people: kinds and counts by step, and the addresses that offices dial. */
import { type Kind, STEP_OF, STEPS } from '../shared/plan/desired';
import type { RecordedResource } from '../shared/plan/recorded';

type Recorded = Pick<RecordedResource, 'id' | 'kind' | 'cloudId' | 'ownership' | 'attributes'>;

/** One, and many. */
const WORDS: Record<Kind, [one: string, many: string]> = {
  'vpn-gateway': ['VPN gateway', 'VPN gateways'],
  'customer-gateway': ['customer gateway', 'customer gateways'],
  'pre-shared-key': ['pre-shared key', 'pre-shared keys'],
  'vpn-connection': ['IPsec-VPN connection', 'IPsec-VPN connections'],
  cen: ['CEN instance', 'CEN instances'],
  'transit-router': ['transit router', 'transit routers'],
  'vpc-attachment': ['VPC attachment', 'VPC attachments'],
  'peer-attachment': ['link between regions', 'links between regions'],
  'route-table-association': ['route table association', 'route table associations'],
  'route-table-propagation': ['route table propagation', 'route table propagations'],
  'cen-child-instance': ['VPC in the CEN instance', 'VPCs in the CEN instance'],
  'bandwidth-package': ['bandwidth package', 'bandwidth packages'],
  'inter-region-bandwidth': ['link between regions', 'links between regions'],
  'vpn-route': ['destination route of a gateway', 'destination routes of gateways'],
  'vpc-route': ['entry in a custom route table', 'entries in custom route tables'],
  'cen-route': ['route published to CEN', 'routes published to CEN'],
  'security-group-rules': ['security group with its rules', 'security groups with their rules'],
};

/** More gateways are counted, not listed. */
const LISTED = 20;

/** Lines of at most 80 columns, closed by an empty one; nothing where nothing was made. */
export function builtText(recorded: readonly Recorded[]): string {
  const made = recorded.filter(({ cloudId }) => cloudId !== null);
  if (made.length === 0) return '';
  const lines = STEPS.flatMap((step) => {
    const kinds = (Object.keys(STEP_OF) as Kind[]).filter((kind) => STEP_OF[kind] === step);
    const counts = kinds.flatMap((kind) => countLine(kind, made));
    return counts.map((line, index) => `${(index === 0 ? step : '').padEnd(15)} ${line}`);
  });
  return `${['What was built', '', ...lines, ...gatewayLines(made)].join('\n')}\n\n`;
}

function countLine(kind: Kind, made: readonly Recorded[]): string[] {
  const same = made.filter((resource) => resource.kind === kind);
  if (same.length === 0) return [];
  const [one, many] = WORDS[kind];
  const borrowed = same.filter(({ ownership }) => ownership === 'borrowed').length;
  const found = borrowed === 0 ? '' : `, ${borrowed} of them found there and used`;
  return [`${String(same.length).padStart(5)} ${same.length === 1 ? one : many}${found}`];
}

/** Every office's device must name these; they are known only now. Ids are never cut: a cut one finds nothing. */
function gatewayLines(made: readonly Recorded[]): string[] {
  const gateways = made.filter(({ kind }) => kind === 'vpn-gateway');
  if (gateways.length === 0) return [];
  const lines = gateways.slice(0, LISTED).map(({ id, cloudId, attributes }) => {
    const addresses = [attributes.internetIp, attributes.disasterRecoveryInternetIp]
      .filter((address) => typeof address === 'string' && address !== '')
      .join(', ');
    return row(id.slice(id.indexOf('/') + 1), cloudId ?? '', addresses);
  });
  const more = gateways.length > LISTED ? [`… and ${gateways.length - LISTED} more`] : [];
  return ['', row('GATEWAY', 'ID', 'PUBLIC ADDRESSES'), ...lines, ...more];
}

const NAME = 15;

const row = (name: string, id: string, addresses: string): string =>
  `${(name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name).padEnd(NAME)} ${id.padEnd(27)} ${addresses}`;
