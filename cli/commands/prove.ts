import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { TrunklineError } from '../../shared/errors';
import type { Proof } from '../../shared/network/proof';
import { type Command, type CommandContext, LOCAL_OPTION, type Options, type Result } from '../command';
import { proofDocument, proofText } from '../proof-view';
import { problemsResult, readTopologyFile } from '../read-topology';

export const prove: Command = {
  summary: 'prove who reaches whom: for a file on what it plans, for a network on what the cloud holds now',
  argument: '<file|network>',
  options: [LOCAL_OPTION, { flags: '--negotiated', summary: 'of a network: count only the tunnels that are up now' }],
  run: async (context, subject, options) => {
    const looksLikeFile = /[./\\]/.test(subject) || existsSync(resolve(context.folder, subject));
    const proof = looksLikeFile ? await proveFile(context, subject) : await proveNetwork(context, subject, options);
    if ('exitCode' in proof) return proof;
    return { exitCode: proof.ok ? 0 : 3, document: proofDocument(proof), text: proofText(proof, context.terminal) };
  },
};

async function proveFile(context: CommandContext, file: string): Promise<Proof | Result> {
  const { topology, problems } = await readTopologyFile(context.folder, file);
  if (!topology) return problemsResult(problems, context.terminal);
  const [{ prove: proved }, { plannedModel }, { desiredResources }] = await Promise.all([
    import('../../shared/network/prove'),
    import('../../shared/network/planned-model'),
    import('../../shared/plan/desired-resources'),
  ]);
  return proved(topology, plannedModel(topology, desiredResources(topology)));
}

/** Read back from the cloud's tables, as the report function does after a run. */
async function proveNetwork(context: CommandContext, name: string, options: Options): Promise<Proof> {
  const [{ connect, pause }, { withPatience }, { readNetwork }, { prove: proved }, { readRevision }] =
    await Promise.all([
      import('../connection'),
      import('../../shared/alicloud/with-patience'),
      import('../../shared/alicloud/read-network'),
      import('../../shared/network/prove'),
      import('../../shared/engine/revision'),
    ]);
  const { runs, objects, cloud } = await connect(context, options);
  const network = await runs.readNetwork(name);
  const bytes = network ? await objects.get(network.latestObject) : null;
  const topology = bytes && network ? readRevision(bytes, network.latestObject) : null;
  if (!network || !topology) throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
  const recorded = await runs.allRecords({ network: network.name, incarnation: network.incarnation });
  const tunnels = options.negotiated === true ? 'negotiated' : 'configured';
  return proved(topology, await readNetwork({ topology, recorded, tunnels, cloud: withPatience(cloud, pause) }));
}
