import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LocalCloudDocument } from '../../local/runtime/local-cloud';
import { drawNetwork } from '../../shared/network/picture';
import { parseTopology } from '../../shared/topology/parse-topology';
import { applyFile } from '../apply-file';
import type { Command } from '../command';
import { connectTo, targetOfLocal } from '../connection';
import { projectFolder } from '../project-folder';
import { DEPLOYMENT, LOCAL_CLOUD_OPTIONS, startFromOptions } from '../start-local-cloud';

export const demo: Command = {
  summary: 'run the whole of it on the example: local cloud, upload, run, proof',
  argument: '[file]',
  options: [...LOCAL_CLOUD_OPTIONS, { flags: '--exit', summary: 'end when the run has ended' }],
  run: async (context, given, options) => {
    const file =
      given === '' ? join(projectFolder(), 'examples', 'global-network.yaml') : resolve(context.folder, given);
    const bytes = await readFile(file);
    context.terminal.note('Starting the local cloud …\n');
    const cloud = await startFromOptions(context, options);
    try {
      const { topology } = parseTopology(bytes, file);
      if (topology) context.terminal.note(`\n${drawNetwork(topology)}\n`);
      context.terminal.note(`Uploading ${given || 'examples/global-network.yaml'} to ${cloud.document.bucket} …\n`);
      const connection = connectTo(targetOfLocal(cloud.document, DEPLOYMENT), context.clock);
      const applied = await applyFile(context, connection, { name: file, bytes });
      const document = { ...(applied.document as object), local: { ...cloud.document } };
      const text = `${applied.text}${whereToLook(cloud.document)}`;
      if (options.exit === true) return { exitCode: applied.exitCode, document, text: applied.text };
      context.terminal.out(context.json ? `${JSON.stringify(document)}\n` : text);
      await context.interrupted;
      return { exitCode: applied.exitCode, document, text, said: true };
    } finally {
      await cloud.stop();
    }
  },
};

const whereToLook = ({ endpoint, bucket, webhookUrl }: LocalCloudDocument): string => `
The local cloud goes on at ${endpoint} until Ctrl-C.
  bucket    ${bucket}: topologies/ is watched, reports/ is written
  webhook   ${webhookUrl}
  reports   reports/global-network/<run>/{report,proof}.json, timeline.jsonl
`;
