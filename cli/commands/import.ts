import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { draftTopology } from '../../shared/adoption/draft-topology';
import { type LookedAt, lookAtWanted } from '../../shared/adoption/look-at-wanted';
import { writeTopology } from '../../shared/adoption/write-topology';
import { surveyNetwork } from '../../shared/alicloud/survey-network';
import { withParallelism } from '../../shared/alicloud/with-parallelism';
import { withPatience } from '../../shared/alicloud/with-patience';
import { wrap } from '../../shared/network/wrap-text';
import { isError, type Problem } from '../../shared/problem';
import { kindForReading } from '../../shared/resources/kind-for-reading';
import type { TopologyFile } from '../../shared/topology/file-schema';
import { parseTopology } from '../../shared/topology/parse-topology';
import { type Command, type CommandContext, LOCAL_OPTION, type Options, UsageError } from '../command';
import { type Connection, connect, pause } from '../connection';
import { problemsText } from '../read-topology';
import type { Terminal } from '../terminal';

export const importNetwork: Command = {
  summary: 'write the file of a network that stands, by questions only',
  argument: '<network>',
  options: [
    { flags: '--cen <id>', summary: 'the CEN instance that joins its VPCs' },
    { flags: '--out <file>', summary: 'where to write it; without it, to standard output' },
    LOCAL_OPTION,
  ],
  run: async (context, network, options) => {
    const cen = wantedCen(network, options);
    const imported = await importedFrom(await connect(context, options), network, cen);
    await keep(context, options, imported.file);
    const { file, adopted, left, unsaid, problems } = imported;
    return {
      exitCode: problems.some(isError) ? 1 : 0,
      document: {
        network,
        file,
        adopted: adopted.map(({ resource, cloudId }) => ({ resource, cloudId })),
        left: left.map(({ resource, why }) => ({ resource, why })),
        unsaid: [...unsaid],
        problems: problems.map((problem) => ({ ...problem })),
      },
      text: typeof options.out === 'string' ? importText(imported, options.out, context.terminal) : file,
    };
  },
};

const NETWORK = /^[a-z][a-z0-9-]{0,40}$/;

function wantedCen(network: string, { cen }: Options): string {
  if (!NETWORK.test(network))
    throw new UsageError(
      `${network} is no network's name`,
      'Use a lower-case letter, then up to 40 letters, digits, -.',
    );
  if (typeof cen !== 'string') throw new UsageError('say what to import', 'Name its CEN instance with --cen.');
  return cen;
}

interface Imported {
  file: string;
  adopted: { resource: string; cloudId: string }[];
  /** What stands otherwise than a file can say, or does not stand: a plan of the file makes or changes it. */
  left: { resource: string; why: string }[];
  unsaid: readonly string[];
  /** Of the file that was written. */
  problems: Problem[];
}

const CALLS_AT_ONCE = 8;

async function importedFrom({ cloud, target }: Connection, network: string, cen: string): Promise<Imported> {
  const asked = withParallelism(withPatience(cloud, pause), CALLS_AT_ONCE);
  const surveyed = await surveyNetwork(asked, cen);
  if (!surveyed) throw new UsageError(`the account has no CEN instance ${cen}`, 'Correct its id.');
  const { file, known, unsaid } = draftTopology(network, surveyed);
  const write = (drafted: TopologyFile) => writeTopology({ file: drafted, network, cen, unsaid });
  const { topology, problems } = parseTopology(write(file), `${network}.yaml`);
  if (!topology) return { file: write(file), adopted: [], left: [], unsaid, problems };
  const deps = { cloud: asked, deployment: target.deployment, kindOf: kindForReading };
  const looked = await lookAtWanted(deps, { topology, recorded: [], named: known, search: true });
  const adopted = looked.flatMap(({ resource, cloudId, verdict }) =>
    verdict.kind === 'adopted' && cloudId !== null ? [{ resource, cloudId }] : [],
  );
  const adopt = Object.fromEntries(adopted.map(({ resource, cloudId }) => [resource, cloudId]));
  const text = write({ ...file, adopt });
  return { file: text, adopted, left: leftOf(looked), unsaid, problems: problemsOf(text, network) };
}

const problemsOf = (text: string, network: string): Problem[] => parseTopology(text, `${network}.yaml`).problems;

const leftOf = (looked: readonly LookedAt[]): Imported['left'] =>
  looked.flatMap(({ resource, verdict }) => {
    if (verdict.kind === 'adopted') return [];
    return [{ resource, why: verdict.kind === 'refused' ? verdict.reason : 'it is changing: import it again later' }];
  });

async function keep({ folder }: CommandContext, { out }: Options, text: string): Promise<void> {
  if (typeof out !== 'string') return;
  try {
    // Whoever wrote one there has worked on it.
    await writeFile(resolve(folder, out), text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${out} is not written: ${(error as Error).message}`, 'Name a file that is not there yet.');
  }
}

function importText({ adopted, left, unsaid, problems }: Imported, out: string, terminal: Terminal): string {
  const lines = [
    `${adopted.length} resources adopted in ${out}`,
    ...section(
      'Not as a file says it, so made or changed by its plan',
      left.map(({ resource, why }) => `${resource}: ${why}`),
    ),
    ...section('Not said in the file', unsaid),
    '',
    ...wrap(`Look at it, then: trunkline plan ${out} --account`, 0),
  ];
  return `${problemsText(problems, terminal)}${lines.join('\n')}\n`;
}

const section = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ['', title, ...items.flatMap((item) => wrap(item, 2, 4))];
