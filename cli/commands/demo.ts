import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LocalCloudDocument } from '../../local/runtime/local-cloud';
import { TrunklineError } from '../../shared/errors';
import { drawNetwork } from '../../shared/network/picture';
import { parseTopology } from '../../shared/topology/parse-topology';
import { applyFile } from '../apply-file';
import type { Command, Result } from '../command';
import { connectTo, targetOfLocal } from '../connection';
import { noteLocalCloud } from '../note-local-cloud';
import { projectFolder } from '../project-folder';
import { unreadable } from '../read-topology';
import { DEPLOYMENT, LOCAL_CLOUD_OPTIONS, paceOf, startFromOptions } from '../start-local-cloud';

const EXAMPLE = 'examples/global-network.yaml';

export const demo: Command = {
  summary: 'run the whole of it on the example: local cloud, upload, run, proof',
  argument: '[file]',
  options: [...LOCAL_CLOUD_OPTIONS, { flags: '--exit', summary: 'end when the run has ended' }],
  run: async (context, given, options) => {
    const file = given === '' ? join(projectFolder(), EXAMPLE) : resolve(context.folder, given);
    const bytes = await readFile(file).catch((error: unknown) => {
      throw unreadable(given || file, error);
    });
    const pace = paceOf(options);
    context.terminal.note(`Starting the local cloud${pace} …\n`);
    const cloud = await startFromOptions(context, options);
    try {
      // So that another shell's `--local` finds it, while the run goes on and after.
      const forget = await noteLocalCloud(context.folder, cloud.document);
      try {
        context.terminal.note(`Uploading ${given || EXAMPLE} to ${cloud.document.bucket} …\n`);
        const connection = connectTo(targetOfLocal(cloud.document, DEPLOYMENT), context.clock);
        const applied = await applyFile(context, connection, { name: file, bytes });
        const document = { ...(applied.document as object), local: { ...cloud.document } };
        const { topology } = parseTopology(bytes, file);
        const picture = topology && applied.proof ? `${drawNetwork(topology)}\n` : '';
        const ended = { ...applied, document, text: `${applied.built}${picture}${applied.text}` };
        if (options.exit === true) return ended;
        const text = `${ended.text}${whereToLook(cloud.document, topology?.name ?? 'NETWORK')}`;
        context.terminal.out(context.json ? `${JSON.stringify(document)}\n` : text);
        await context.interrupted;
        return { ...ended, said: true };
      } finally {
        await forget();
      }
    } catch (error) {
      if (isInterrupted(error)) return interrupted(options.data);
      throw error;
    } finally {
      await cloud.stop();
    }
  },
};

const isInterrupted = (error: unknown): boolean => error instanceof TrunklineError && error.code === 'Interrupted';

/** Elsewhere a run goes on when its watcher leaves; this one's cloud leaves too. */
function interrupted(data: unknown): Result {
  const message = 'stopped, and the local cloud with it';
  const remedy =
    data === undefined
      ? 'Begin anew with `npm start`; `npm start -- --data DIR` keeps what there is.'
      : `\`npx trunkline local --data ${data}\` goes on from there.`;
  const document = { error: { code: 'Interrupted', message, remedy } };
  return { exitCode: 1, document, text: `${message}\n${remedy}\n`, complaint: true };
}

const whereToLook = ({ endpoint, bucket, webhookUrl }: LocalCloudDocument, network: string): string => `
The local cloud goes on at ${endpoint} until Ctrl-C.
In another shell, in this folder:
  npx trunkline status --local
  npx trunkline prove ${network} --local
  npx trunkline apply examples/second-network.yaml --local
It watches topologies/ in the bucket ${bucket}, and answers under
reports/${network}/<run>/: report.json, proof.json, timeline.jsonl.
Tickets are posted to ${webhookUrl}
`;
