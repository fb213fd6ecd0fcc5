/** What the crash table goes through: a network built, changed in every way that the table of edits has, and taken down. */
import { type DurationMs, durationMs, minutes, seconds } from '../../shared/clock';
import { ACCOUNT, BASE, EDITS, edited } from '../edits/edit-table';
import { onlyNetwork } from './workloads/draw-workload';
import type { Act, Materials, Workload } from './workloads/workload';

export interface Story {
  workload: Workload;
  /** Of all places to die at, as many are died at twice. */
  twice: number;
  /** Whether calls that change nothing are places to die at, too: one that died there has done what it did before. */
  reads: boolean;
}

const KEY = 'topologies/acme.yaml';
const START = durationMs(0);
/** A run is at work then, whichever edit it is. */
const UNDER_WAY = seconds(45);
/** Intake has answered by then, whoever died of it. */
const ANSWERED = minutes(4);
const AGREED = minutes(6);
/** Past the claims of two who died, and the sweeps that find them: the run that was stopped has ended. */
const LET_GO = minutes(20);

const by = (what: Act['what'], at: DurationMs, who = 'alice'): Act => ({ at, key: KEY, by: who, what });
const LEAVE = [by('leave', ANSWERED)];

/** Of the base of the edits. */
function changed(name: string, texts: readonly (readonly [DurationMs, string])[], acts: readonly Act[]): Workload {
  const uploads = texts.map(([at, text]) => ({ at, key: KEY, text }));
  const stands = { key: KEY, text: BASE };
  return { name, account: ACCOUNT, stands, byHand: [], uploads, acts, mustAsk: [], networks: [KEY], down: [] };
}

function taken(account: string, text: string, name: string): Workload {
  const stands = { key: KEY, text: `${text}\nonRemoval: destroy\n` };
  const uploads = [{ at: START, key: KEY, text: null }];
  return { ...changed(name, [], []), account, stands, uploads, networks: [], down: [nameIn(text)] };
}

const nameIn = (text: string): string => /^name: (\S+)$/m.exec(text)?.[1] ?? '';

const named = (name: string): string => {
  const edit = EDITS.find((one) => one.name === name);
  if (!edit) throw new Error(`no edit is called ${name}`);
  return edited(edit);
};
const MORE = named('an office more');
const MOVED = named('an office at another VPC');
const withPolicy = (text: string): string => `${text}approval: {people: 2}\n`;

/** What happens to a run, whatever it is about. */
const LIVES: readonly Workload[] = [
  {
    ...changed('agreed to by two', [[START, withPolicy(MORE)]], [by('agree', ANSWERED), by('agree', AGREED, 'bob')]),
    mustAsk: ['global-network'],
  },
  { ...changed('rolled back', [[START, BASE]], LEAVE), stands: { key: KEY, text: MOVED } },
  changed(
    'superseded',
    [
      [START, MORE],
      [UNDER_WAY, named('a faster link')],
    ],
    [],
  ),
  changed('cancelled and resumed', [[START, MORE]], [by('cancel', UNDER_WAY), by('resume', LET_GO)]),
  {
    ...changed('taken down while it changes', [[START, `${MORE}onRemoval: destroy\n`]], []),
    uploads: [
      { at: START, key: KEY, text: `${MORE}onRemoval: destroy\n` },
      { at: UNDER_WAY, key: KEY, text: null },
    ],
    networks: [],
    down: ['global-network'],
  },
];

export function stories(materials: Materials): Story[] {
  const { account, global, basic } = materials;
  return [
    { workload: onlyNetwork(materials, 'transit-router'), twice: 150, reads: true },
    { workload: taken(account, global, 'transit-router taken down'), twice: 100, reads: true },
    { workload: onlyNetwork(materials, 'basic'), twice: 100, reads: true },
    { workload: taken(account, basic, 'basic taken down'), twice: 100, reads: true },
    ...EDITS.map((edit) => ({ workload: changed(edit.name, [[START, edited(edit)]], LEAVE), twice: 5, reads: false })),
    ...LIVES.map((workload) => ({ workload, twice: 40, reads: false })),
  ];
}
