/**
 * An earlier revision handed in again, as a new one, for a network whose source has no file to put it into. Its owner stays
 * its owner. There is nobody to give leave at once: what it interrupts is asked about like a ticket's wish.
 */
import { sha256Hex } from '../json';
import { problemOf } from '../problem';
import { objectOf } from './earlier-revisions';
import { isDestruction } from './revision';
import { type SubmitDeps, type SubmitReply, submitTopology } from './submit-topology';

export interface Rollback {
  network: string;
  /** The newest revision that whoever ordered it had seen. */
  base: number;
  revision: number;
}

export async function submitRollback(deps: SubmitDeps, { network, base, revision }: Rollback): Promise<SubmitReply> {
  const refused = (code: string, message: string, remedy: string): SubmitReply => ({
    kind: 'refused',
    network,
    problems: [problemOf({ code, message, remedy })],
    outage: null,
  });
  const row = await deps.runs.readNetwork(network);
  if (!row || row.latest === 0)
    return refused(
      'network-unknown',
      `there is no network ${network}`,
      'Correct its name: `trunkline status` lists them.',
    );
  const object = await objectOf(deps.runs, row, revision);
  const bytes = object === null || isDestruction(object) ? null : await deps.objects.get(object);
  if (!bytes)
    return refused(
      'revision-unknown',
      `${network} has no revision ${revision} that was ever run`,
      'Name one that `trunkline history` lists.',
    );
  // A message that comes twice finds its own revision; another one's is not what was seen.
  const hash = sha256Hex(bytes);
  const isCurrent = async (): Promise<boolean> => {
    const now = await deps.runs.readNetwork(network);
    return now?.latest === base || now?.latestHash === hash;
  };
  const asker = { kind: 'rollback', base, revision } as const;
  const reply = await submitTopology(deps, {
    bytes,
    file: `revision ${revision}`,
    source: row.source,
    isCurrent,
    asker,
  });
  if (reply.kind !== 'refused' || reply.problems.every(({ code }) => code !== 'file-replaced')) return reply;
  return refused(
    'base-stale',
    `revision ${base} of ${network} is not its newest any more`,
    'Look at it again, with `trunkline history`.',
  );
}
