/**
 * One record against what a look showed: well, or a finding. Pure.
 *
 * What is ours and can be brought back in place, or made again where it is gone, is offered for repair. The rest is
 * reported: what was there before us is its owner's affair (W6), a replacement would break what stands, and what others
 * put in our way is theirs to take away.
 */
import type { ResourceRecord } from '../engine/record';
import type { Identity, Observation, References, ResourceKind } from '../engine/resource-kind';
import { canonicalJson } from '../json';
import type { Desired, Kind } from '../plan/desired';
import type { DriftFinding } from './drift-finding';

export interface Sighting {
  record: ResourceRecord;
  desired: Desired;
  identity: Identity;
  kind: ResourceKind;
  /** What its attributes name, as recorded. */
  references: References;
  observation: Observation;
  /** What stands in its place where it is gone; left out otherwise. */
  inPlace: Observation | null;
  /** What others put in its way. */
  obstacles: readonly string[];
}

export function judgeDrift(sighting: Sighting): DriftFinding | null {
  const { record, observation } = sighting;
  if (observation.state === 'absent') return gone(sighting);
  const { attributes, failure, phase, cloudId } = observation;
  const finding = findingFor(record);
  if (failure !== null)
    return BLOCKED_BY_OTHERS.has(record.kind)
      ? finding('foreign', failure, IN_THE_WAY)
      : finding('changed', failure, 'Settle it there; nothing of it can be repaired from here.');
  // Two of one tuple: it was taken away and put there again, by somebody else.
  if (record.cloudId !== null && cloudId !== record.cloudId)
    return finding('foreign', `${cloudId} stands where ${record.cloudId} stood`, IN_THE_WAY);
  if (phase === 'changing') return null;
  return (
    different(sighting, attributes) ??
    otherThanRecorded(sighting, attributes) ??
    obstructed(sighting) ??
    unfinished(sighting)
  );
}

/** Whose failure names an entry of somebody else's. */
const BLOCKED_BY_OTHERS: ReadonlySet<Kind> = new Set<Kind>(['vpn-route', 'vpc-route']);

const IN_THE_WAY = 'Take it away, or find out whose it is; then look again.';
const OWNERS = 'It was there before Trunkline, which never changes it: whoever owns it puts it back.';
const repairs = ({ identity }: Sighting, what: string): string =>
  `\`trunkline drift ${identity.network} --repair\` ${what}.`;

function gone(sighting: Sighting): DriftFinding {
  const { record, inPlace } = sighting;
  const finding = findingFor(record);
  if (inPlace?.state === 'present' && inPlace.cloudId !== record.cloudId)
    return finding('foreign', `${record.cloudId} is gone, and ${inPlace.cloudId} stands in its place`, IN_THE_WAY);
  if (record.ownership === 'borrowed') return finding('gone', `${record.cloudId} is gone`, OWNERS);
  const detail = record.cloudId === null ? 'it was seen gone, and is not made again yet' : `${record.cloudId} is gone`;
  return finding('gone', detail, repairs(sighting, 'makes it again'), 'make');
}

function different(sighting: Sighting, attributes: Present['attributes']): DriftFinding | null {
  const { kind, desired, identity, record, references } = sighting;
  const finding = findingFor(record);
  const difference = kind.differences({ desired, identity, ownership: record.ownership, attributes, references });
  switch (difference.kind) {
    case 'none':
      return null;
    case 'update':
    case 'await':
      return record.ownership === 'ours'
        ? finding(
            'changed',
            `a repair ${difference.reason.replace(DIGEST, '')}`,
            repairs(sighting, 'changes it back'),
            difference.kind === 'update' && difference.cuts ? 'renegotiate' : 'change',
          )
        : finding('changed', `it is not as it was found: ${difference.reason}`, OWNERS);
    case 'replace':
      return finding(
        'changed',
        difference.reason,
        'It cannot be changed back in place: write what stands into the file, or have it made anew: remove it, then repair.',
      );
    case 'refuse':
      return finding('changed', difference.reason, OWNERS);
  }
}

/** Behind a batch of rules: it makes the batch's token its own, and tells people nothing. */
const DIGEST = / \([0-9a-f]{8}\)$/;

type Present = Extract<Observation, { state: 'present' }>;

/**
 * Facts that no difference tells of, because nothing of ours could change them back: whose office a tunnel leads to, and
 * which version of its key is in force.
 */
const RECORDED_FACTS: { readonly [K in Kind]?: readonly { attribute: string; remedy: string }[] } = {
  'vpn-connection': [
    {
      attribute: 'customerGatewayIds',
      remedy: 'Point the tunnels at the customer gateway that is recorded, or remove the connection, then repair.',
    },
  ],
  'pre-shared-key': [
    {
      attribute: 'versionId',
      remedy:
        'The tunnels hold the version that is recorded: put it back in force, or give office and tunnels the new one.',
    },
  ],
};

function otherThanRecorded({ record }: Sighting, attributes: Present['attributes']): DriftFinding | null {
  for (const { attribute, remedy } of RECORDED_FACTS[record.kind] ?? []) {
    const [before, now] = [record.attributes[attribute], attributes[attribute]];
    if (before === undefined || now === undefined || canonicalJson(before) === canonicalJson(now)) continue;
    return findingFor(record)('changed', `its ${attribute} was ${told(before)} and is ${told(now)}`, remedy);
  }
  return null;
}

const told = (value: unknown): string => (Array.isArray(value) ? value.join(' and ') : String(value));

function obstructed({ record, obstacles }: Sighting): DriftFinding | null {
  if (obstacles.length === 0) return null;
  const more = obstacles.length > MOST_TOLD ? ` and ${obstacles.length - MOST_TOLD} more` : '';
  return findingFor(record)('foreign', `${obstacles.slice(0, MOST_TOLD).join('; ')}${more}`, IN_THE_WAY);
}

const MOST_TOLD = 5;

/** As wanted, though its last change was never seen finished: the next run only has to look. */
function unfinished(sighting: Sighting): DriftFinding | null {
  const { record } = sighting;
  if (record.desiredHash !== null || record.ownership === 'borrowed') return null;
  return findingFor(record)(
    'changed',
    'its last change was not seen finished',
    repairs(sighting, 'goes on with it'),
    'change',
  );
}

const findingFor =
  ({ id: resource, kind, cloudId, ownership, version }: ResourceRecord) =>
  (
    what: DriftFinding['what'],
    detail: string,
    remedy: string,
    repair: DriftFinding['repair'] = null,
  ): DriftFinding => ({ resource, kind, cloudId, ownership, what, detail, remedy, repair, version });
