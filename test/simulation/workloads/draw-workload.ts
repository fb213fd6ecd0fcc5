import { type DurationMs, durationMs, minutes } from '../../../shared/clock';
import type { CloudRequest } from '../../../shared/engine/cloud';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { ACCOUNT, edited as afterEdit, BASE, EDITS, editedTwice, goTogether } from '../../edits/edit-table';
import type { Chance } from '../chance';
import type { Act, Drawn, DrawWorkload, Materials, Upload, Workload } from './workload';

const GLOBAL = 'topologies/acme.yaml';
const SECOND = 'topologies/second.yaml';
const RIVAL = 'topologies/rival.yaml';

/** A customer gateway of an office's address that was there before: it is used, and never touched. */
const OFFICE_BY_HAND: CloudRequest = {
  service: 'vpc',
  region: 'us-east-1',
  action: 'CreateCustomerGateway',
  parameters: { IpAddress: '203.0.113.11', Name: 'made-by-hand' },
};

const soon = (chance: Chance): DurationMs => durationMs(chance.between(0, minutes(15)));
const START = durationMs(0);

const oneNetwork: DrawWorkload = (_chance, { global }) => network([upload(START, GLOBAL, global)]);

const basicEdition: DrawWorkload = (_chance, { basic }) => network([upload(START, GLOBAL, basic)]);

const twoNetworks: DrawWorkload = (chance, { global, second }) => ({
  ...network([upload(START, GLOBAL, global), upload(soon(chance), SECOND, second)]),
  networks: [GLOBAL, SECOND],
});

/** Newer revisions while the one before is at work: an office more, and a link made wider. */
const revisions: DrawWorkload = (chance, { global }) => {
  const wider = replaced(global, /bandwidthMbps: \d+/, 'bandwidthMbps: 20');
  const more = replaced(
    wider,
    /^offices:$/m,
    'offices:\n  office-5: {address: 203.0.113.55, cidrs: [10.10.50.0/24], vpc: virginia, country: US}',
  );
  return network([
    upload(START, GLOBAL, global),
    upload(soon(chance), GLOBAL, chance.happens(0.5) ? wider : more),
    upload(durationMs(minutes(15) + soon(chance)), GLOBAL, more),
  ]);
};

/** The same file again and again, and a broken one between. */
const again: DrawWorkload = (chance, { global }) =>
  network([
    upload(START, GLOBAL, global),
    upload(soon(chance), GLOBAL, global),
    upload(soon(chance), GLOBAL, `${global}\nnonsense: [`),
    upload(durationMs(minutes(16)), GLOBAL, global),
  ]);

/** Offices that leave and come back, while the revision before is at work. */
const fewer: DrawWorkload = (chance, { global }) => {
  const less = replaced(global, /^ {2}office-4:.*\n/m, '').replace(/^ {2}- \{from: office-4.*\n/gm, '');
  return network([
    upload(START, GLOBAL, global),
    upload(soon(chance), GLOBAL, less),
    ...(chance.happens(0.5) ? [upload(durationMs(minutes(15) + soon(chance)), GLOBAL, global)] : []),
  ]);
};

/**
 * An edit of the table, to a network that stands or is still being built; then often another one, or both, or back; with
 * leave and agreement that come soon, late or for another file. Some are taken down in the middle.
 */
const edited: DrawWorkload = (chance) => {
  const isBuilt = chance.happens(0.7);
  const from = isBuilt ? START : durationMs(minutes(10) + soon(chance));
  const [texts, isRemoved] = chance.happens(0.85) ? [drawEdits(chance, isBuilt), false] : [[removable(chance)], true];
  const uploads = texts.map((text, index) => upload(durationMs(from + (index === 0 ? 0 : soon(chance))), GLOBAL, text));
  const removal = { at: durationMs(from + minutes(3) + soon(chance)), key: GLOBAL, text: null };
  const word = (who: string, what: Act['what']) => by(who, what, durationMs(from + soon(chance)));
  const words = [word('alice', 'agree'), word('bob', 'agree'), word('alice', 'agree'), word('bob', 'agree')];
  return {
    ...network([...(isBuilt ? [] : [upload(START, GLOBAL, BASE)]), ...uploads, ...(isRemoved ? [removal] : [])]),
    account: ACCOUNT,
    stands: isBuilt ? { key: GLOBAL, text: BASE } : null,
    acts: [...[0, 1, 2].map(() => word('alice', 'leave')), ...words],
    ...(isRemoved ? { networks: [], down: ['global-network'] } : {}),
  };
};

/** Those that are right of whatever stands, or does not yet. */
const OF_ANY = EDITS.filter(({ ofStanding }) => !ofStanding);

function drawEdits(chance: Chance, isBuilt: boolean): string[] {
  const [one, other] = [chance.oneOf(isBuilt ? EDITS : OF_ANY), chance.oneOf(OF_ANY)];
  const both = editedTwice(one, other);
  const first = afterEdit(one);
  // What is protected then is made anew by no other file.
  if (one.fields.some((field) => field.endsWith('protect'))) return chance.oneOf([[first], [first, BASE]]);
  return chance.oneOf([
    [first],
    [first, afterEdit(other)],
    [first, goTogether(one, other) && isTopology(both) ? both : BASE],
    [first, BASE],
  ]);
}

/** Of those that say nothing against it. */
function removable(chance: Chance): string {
  const goes = OF_ANY.filter(({ fields }) => fields.includes('onRemoval'));
  const others = OF_ANY.filter(({ fields }) => !fields.some((field) => /protect|approval|onRemoval/.test(field)));
  return editedTwice(chance.oneOf(goes), chance.oneOf(others));
}

const isTopology = (text: string): boolean => parseTopology(text, 'topology.yaml').topology !== null;

/** Plans that two people must agree to, who speak at any time, to whatever plan waits then; and runs that somebody stops. */
const agreed: DrawWorkload = (chance, { global }) => {
  const policy = '\napproval: {people: 2, validHours: 12}\n';
  const wider = replaced(global, /bandwidthMbps: \d+/, 'bandwidthMbps: 20');
  const from = minutes(14);
  const words = (start: DurationMs) =>
    ['alice', 'bob', 'alice', 'bob'].map((who) =>
      by(who, chance.happens(0.15) ? 'refuse' : 'agree', durationMs(start + chance.between(minutes(1), minutes(6)))),
    );
  const stops = chance.happens(0.5)
    ? [
        by('carol', 'cancel', durationMs(minutes(6) + soon(chance))),
        by('carol', 'resume', durationMs(from + soon(chance))),
      ]
    : [];
  return {
    ...network([
      upload(START, GLOBAL, `${global}${policy}`),
      upload(from, GLOBAL, `${chance.happens(0.7) ? wider : global}${policy}`),
    ]),
    acts: [...words(START), ...words(from), ...stops],
    mustAsk: ['global-network'],
  };
};

/** Stopped and begun again, at any time. */
const cancelled: DrawWorkload = (chance, { global, basic }) => ({
  ...network([upload(START, GLOBAL, chance.happens(0.5) ? global : basic)]),
  acts: [0, 1, 2].flatMap(() => [by('carol', 'cancel', soon(chance)), by('carol', 'resume', soon(chance))]),
});

/** A file that is removed with its network, at any time of its run, and sometimes comes back; the other one stays. */
const takenDown: DrawWorkload = (chance, { global, basic, second }) => {
  const name = chance.happens(0.5) ? 'global-network' : 'global-network-basic';
  const text = `${name === 'global-network' ? global : basic}\nonRemoval: destroy\n`;
  const back = chance.happens(0.4);
  return {
    ...network([
      upload(START, GLOBAL, text),
      upload(soon(chance), SECOND, second),
      { at: soon(chance), key: GLOBAL, text: null },
      ...(back ? [upload(durationMs(minutes(15) + soon(chance)), GLOBAL, text)] : []),
    ]),
    networks: back ? [GLOBAL, SECOND] : [SECOND],
    down: back ? [] : [name],
  };
};
/** Wants a VPC of each of the other two; whoever comes first has it, and who is refused keeps nothing from the third. */
const RIVAL_TOPOLOGY = `
version: 1
name: rival-network
backbone:
  links:
    - {between: [frankfurt, virginia], bandwidthMbps: 5}
vpcs:
  frankfurt:
    region: eu-central-1
    id: vpc-frankfurt
    cidrs: [10.64.0.0/16]
    vSwitches:
      - {id: vsw-fra-a, zone: eu-central-1a, cidr: 10.64.10.0/24}
      - {id: vsw-fra-b, zone: eu-central-1b, cidr: 10.64.11.0/24}
  virginia:
    region: us-east-1
    id: vpc-virginia
    cidrs: [192.168.0.0/16]
    vSwitches:
      - {id: vsw-va-a, zone: us-east-1a, cidr: 192.168.10.0/24}
      - {id: vsw-va-b, zone: us-east-1b, cidr: 192.168.11.0/24}
offices:
  office-9: {address: 203.0.113.99, cidrs: [10.90.10.0/24], vpc: virginia, country: US}
`;

const rivals: DrawWorkload = (chance, { global, second }) => ({
  ...network([
    upload(START, GLOBAL, global),
    upload(durationMs(chance.between(0, 3_000)), RIVAL, RIVAL_TOPOLOGY),
    upload(durationMs(chance.oneOf([chance.between(0, 3_000), minutes(3)])), SECOND, second),
  ]),
  networks: [GLOBAL, RIVAL, SECOND],
});

const WORKLOADS: readonly (readonly [weight: number, name: string, draw: DrawWorkload])[] = [
  [2, 'one-network', oneNetwork],
  [1, 'basic-edition', basicEdition],
  [1, 'two-networks', twoNetworks],
  [2, 'revisions', revisions],
  [1, 'again', again],
  [1, 'fewer', fewer],
  [2, 'edited', edited],
  [1, 'agreed', agreed],
  [1, 'cancelled', cancelled],
  [1, 'taken-down', takenDown],
  [1, 'rivals', rivals],
];

/** `only`: the name of the one that it has to be. */
export function drawWorkload(chance: Chance, materials: Materials, only: string | null): Workload {
  const bag = WORKLOADS.filter(([, name]) => only === null || name === only).flatMap(([weight, name, draw]) =>
    Array.from({ length: weight }, () => ({ name, draw })),
  );
  if (bag.length === 0) throw new Error(`no workload is called ${only}`);
  const { name, draw } = chance.oneOf(bag);
  const workload = { account: materials.account, ...draw(chance, materials), name };
  return chance.happens(0.3) && workload.stands === null ? { ...workload, byHand: [OFFICE_BY_HAND] } : workload;
}

const network = (uploads: readonly Upload[]): Drawn => ({
  stands: null,
  byHand: [],
  uploads,
  acts: [],
  mustAsk: [],
  networks: [GLOBAL],
  down: [],
});

const by = (who: string, what: Act['what'], at: DurationMs): Act => ({ at, key: GLOBAL, by: who, what });
const upload = (at: DurationMs, key: string, text: string): Upload => ({ at, key, text });

function replaced(text: string, what: RegExp, by: string): string {
  if (!what.test(text)) throw new Error(`the example has no ${what}`);
  return text.replace(what, by);
}

type Edition = 'transit-router' | 'basic';

/** As `onlyNetwork` until it is taken down again. */
export const downAgain = (materials: Materials, edition: Edition): Workload => {
  const [text, name] =
    edition === 'basic' ? [materials.basic, 'global-network-basic'] : [materials.global, 'global-network'];
  const uploads = [
    upload(START, GLOBAL, `${text}\nonRemoval: destroy\n`),
    { at: minutes(25), key: GLOBAL, text: null },
  ];
  const { account } = materials;
  return { name: `${edition}-down`, account, ...network(uploads), networks: [], down: [name] };
};

export const onlyNetwork = ({ account, basic, global }: Materials, edition: Edition): Workload => ({
  name: edition,
  account,
  ...network([upload(START, GLOBAL, edition === 'basic' ? basic : global)]),
});
