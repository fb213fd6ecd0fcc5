import { createPlan } from '../../shared/plan/create-plan';
import { desiredResources } from '../../shared/plan/desired-resources';
import { drawPlan } from '../../shared/plan/draw-plan';
import { hashDesired } from '../../shared/plan/hash-desired';
import type { RecordedResource } from '../../shared/plan/recorded';
import type { Topology } from '../../shared/topology/topology';
import { type Command, LOCAL_OPTION, type Options, UsageError } from '../command';
import { connect } from '../connection';
import { planDocument } from '../foresee-plan';
import { pairChanges, pairsDocument, pairsText } from '../pairs-view';
import { networkRow, revisionOf } from '../revisions';

export const diff: Command = {
  summary: 'compare two revisions of a network: what changes, and who gains, loses or changes their way',
  argument: '<network>',
  options: [
    LOCAL_OPTION,
    { flags: '--from <revision>', summary: 'left out: the live one' },
    { flags: '--to <revision>', summary: 'left out: the newest one' },
    { flags: '--all', summary: 'list every task, however many there are' },
  ],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const row = await networkRow(connection, name);
    const from = await revisionOf(connection, row, numberOf(options, 'from') ?? row.live ?? row.latest);
    const to = await revisionOf(connection, row, numberOf(options, 'to') ?? row.latest);
    const recorded = recordsOf(from.topology);
    const plan = createPlan({ topology: to.topology, revision: to.revision, base: from.revision, recorded });
    const pairs = pairChanges(from.topology, to.topology);
    return {
      exitCode: 0,
      document: { ...planDocument(plan), pairs: pairsDocument(pairs) },
      text: `${drawPlan(plan, { all: options.all === true })}\n${pairsText(pairs)}`,
    };
  },
};

export function numberOf(options: Options, name: string): number | null {
  const given = options[name];
  if (given === undefined) return null;
  if (typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new UsageError(`--${name} takes the number of a revision`, '`trunkline history` lists them.');
}

/** As the records would be, had the revision just been built. */
const recordsOf = (topology: Topology): RecordedResource[] =>
  desiredResources(topology).map(({ id, desired }) => ({
    id,
    kind: desired.kind,
    region: 'region' in desired ? desired.region : null,
    generation: 1,
    cloudId: id,
    ownership: 'ours',
    desiredHash: hashDesired(desired),
    desired,
    attributes: {},
  }));
