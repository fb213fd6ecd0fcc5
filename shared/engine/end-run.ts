/**
 * W5: a run ends once, by one compare-and-set on the network's row; everything else is derived from it and may be
 * repeated. The end of a superseded run starts the latest revision and skips those between.
 */
import { hasCode, invariant } from '../errors';
import { withFormat } from '../format';
import { sealOf } from './audit';
import { recordsObject } from './bucket-notes';
import type { NetworkRow, Outcome, Run } from './run';
import { type StartDeps, startRun } from './start-run';

export interface EndDeps extends StartDeps {
  /** Leaves word for every ticket that waits for this run or an earlier one. Repeating it changes nothing. */
  notifyTickets(run: Run, outcome: Outcome): Promise<void>;
}

/** Conflicts come from intakes that move `latest`; more than a few at once are not expected. */
const ROUNDS = 8;

export async function endRun(deps: EndDeps, run: Run, wanted: Outcome): Promise<void> {
  await keepRecords(deps, run);
  deps.crash('end/records-kept');
  const network = await endInNetwork(deps, run, wanted);
  deps.crash('end/network-moved');
  const seal = sealOf(run, await deps.runs.readTasks(run.id));
  await deps.runs.endRun(run.id, { outcome: outcomeOf(network, run) ?? wanted, endedAt: deps.clock.now(), seal });
  deps.crash('end/run-written');
  // One that was frozen meanwhile finds it ended, perhaps otherwise.
  const outcome = (await deps.runs.readRun(run.id))?.outcome ?? wanted;
  await deps.notifyTickets(run, outcome);
  deps.crash('end/outbox-written');
  // Where another run came since, what is newer was its affair.
  if (network.activeRun === null && network.lastRun === run.id && network.latest > run.revision)
    await startRun(deps, network);
}

/** While nobody changes them. A copy that cannot be kept does not keep the network's run from ending. */
async function keepRecords({ runs, objects }: EndDeps, { network, incarnation, id }: Run): Promise<void> {
  const records = await runs.allRecords({ network, incarnation });
  try {
    await objects.put(recordsObject(network, id), JSON.stringify(withFormat({ records })), 'application/json');
  } catch (error) {
    if (!hasCode(error, 'ObjectsUnavailable')) throw error;
  }
}

/** Whoever ends it again may have come to another outcome; the first one stands. Null where the next run has ended too. */
const outcomeOf = (network: NetworkRow, run: Run): Outcome | null =>
  run.outcome ?? (network.lastRun === run.id ? network.outcome : null);

async function endInNetwork(deps: EndDeps, run: Run, outcome: Outcome): Promise<NetworkRow> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const network = await deps.runs.readNetwork(run.network);
    invariant(network, `the network of ${run.id} is gone`);
    if (network.activeRun !== run.id) return network;
    const reached = outcome === 'succeeded' ? { live: run.revision, liveObject: run.topologyObject } : {};
    const moved = await deps.runs.writeNetwork({ ...network, ...reached, activeRun: null, outcome });
    if (moved) return moved;
  }
  throw new Error(`the row of ${run.network} moved ${ROUNDS} times under the end of ${run.id}`);
}
