import { type DurationMs, durationMs, minutes } from '../../../shared/clock';
import type { CloudRequest } from '../../../shared/engine/cloud';
import type { Chance } from '../chance';
import type { Act, DrawWorkload, Materials, Upload, Workload } from './workload';

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

const oneNetwork: DrawWorkload = (_chance, { global }) => network('one-network', [upload(START, GLOBAL, global)]);

const basicEdition: DrawWorkload = (_chance, { basic }) => network('basic-edition', [upload(START, GLOBAL, basic)]);

const twoNetworks: DrawWorkload = (chance, { global, second }) => ({
  ...network('two-networks', [upload(START, GLOBAL, global), upload(soon(chance), SECOND, second)]),
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
  return network('revisions', [
    upload(START, GLOBAL, global),
    upload(soon(chance), GLOBAL, chance.happens(0.5) ? wider : more),
    upload(durationMs(minutes(15) + soon(chance)), GLOBAL, more),
  ]);
};

/** The same file again and again, and a broken one between. */
const again: DrawWorkload = (chance, { global }) =>
  network('again', [
    upload(START, GLOBAL, global),
    upload(soon(chance), GLOBAL, global),
    upload(soon(chance), GLOBAL, `${global}\nnonsense: [`),
    upload(durationMs(minutes(16)), GLOBAL, global),
  ]);

/** Offices that leave and come back, while the revision before is at work. */
const fewer: DrawWorkload = (chance, { global }) => {
  const less = replaced(global, /^ {2}office-4:.*\n/m, '').replace(/^ {2}- \{from: office-4.*\n/gm, '');
  return network('fewer', [
    upload(START, GLOBAL, global),
    upload(soon(chance), GLOBAL, less),
    ...(chance.happens(0.5) ? [upload(durationMs(minutes(15) + soon(chance)), GLOBAL, global)] : []),
  ]);
};

/** What no edit can do where it stands: made anew under way, with leave that comes soon, late or for another file. */
const edited: DrawWorkload = (chance, { global }) => {
  const edits: readonly [RegExp, string][] = [
    [/203\.0\.113\.11/g, '203.0.113.77'],
    [/(vpc-shanghai[\s\S]*?gateway: \{bandwidthMbps: )100/, '$1200'],
    [/\nbackbone:/, '\ndefaults: {tunnel: {encryption: aes192}}\nbackbone:'],
    [/10\.20\.10\.0\/24/g, '10.20.30.0/24'],
  ];
  const [first, second] = [chance.oneOf(edits), chance.oneOf(edits)].map(([what, by]) => replaced(global, what, by));
  const from = minutes(12);
  const last = chance.happens(0.5) ? [upload(durationMs(from + soon(chance)), GLOBAL, second ?? global)] : [];
  return {
    ...network('edited', [upload(START, GLOBAL, global), upload(from, GLOBAL, first ?? global), ...last]),
    acts: [0, 1, 2].map(() => by('alice', 'leave', durationMs(from + soon(chance)))),
  };
};

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
    ...network('agreed', [
      upload(START, GLOBAL, `${global}${policy}`),
      upload(from, GLOBAL, `${chance.happens(0.7) ? wider : global}${policy}`),
    ]),
    acts: [...words(START), ...words(from), ...stops],
    mustAsk: ['global-network'],
  };
};

/** Stopped and begun again, at any time. */
const cancelled: DrawWorkload = (chance, { global, basic }) => ({
  ...network('cancelled', [upload(START, GLOBAL, chance.happens(0.5) ? global : basic)]),
  acts: [0, 1, 2].flatMap(() => [by('carol', 'cancel', soon(chance)), by('carol', 'resume', soon(chance))]),
});

/** A file that is removed with its network, at any time of its run, and sometimes comes back; the other one stays. */
const takenDown: DrawWorkload = (chance, { global, basic, second }) => {
  const name = chance.happens(0.5) ? 'global-network' : 'global-network-basic';
  const text = `${name === 'global-network' ? global : basic}\nonRemoval: destroy\n`;
  const back = chance.happens(0.4);
  return {
    ...network('taken-down', [
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
  ...network('rivals', [
    upload(START, GLOBAL, global),
    upload(durationMs(chance.between(0, 3_000)), RIVAL, RIVAL_TOPOLOGY),
    upload(durationMs(chance.oneOf([chance.between(0, 3_000), minutes(3)])), SECOND, second),
  ]),
  networks: [GLOBAL, RIVAL, SECOND],
});

const WORKLOADS: readonly DrawWorkload[] = [
  oneNetwork,
  oneNetwork,
  basicEdition,
  twoNetworks,
  revisions,
  revisions,
  again,
  fewer,
  edited,
  edited,
  agreed,
  cancelled,
  takenDown,
  rivals,
];

export function drawWorkload(chance: Chance, materials: Materials): Workload {
  const workload = chance.oneOf(WORKLOADS)(chance, materials);
  return chance.happens(0.3) ? { ...workload, byHand: [OFFICE_BY_HAND] } : workload;
}

const network = (name: string, uploads: readonly Upload[]): Workload => ({
  name,
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
  return { ...network(`${edition}-down`, uploads), networks: [], down: [name] };
};

export const onlyNetwork = (materials: Materials, edition: Edition): Workload =>
  network(edition, [upload(START, GLOBAL, edition === 'basic' ? materials.basic : materials.global)]);
