import type { LocalCloudDocument } from '../../local/runtime/local-cloud';
import type { Command } from '../command';
import { noteLocalCloud } from '../note-local-cloud';
import { LOCAL_CLOUD_OPTIONS, paceOf, startFromOptions } from '../start-local-cloud';

export const local: Command = {
  summary: 'run the local cloud with the functions deployed in it, in the foreground',
  argument: '',
  options: LOCAL_CLOUD_OPTIONS,
  run: async (context, _argument, options) => {
    const cloud = await startFromOptions(context, options);
    try {
      const forget = await noteLocalCloud(context.folder, cloud.document);
      if (context.json) context.terminal.out(`${JSON.stringify(cloud.document)}\n`);
      else context.terminal.out(greeting(cloud.document, paceOf(options)));
      await context.interrupted;
      await forget();
    } finally {
      await cloud.stop();
    }
    return { exitCode: 0, document: null, text: '', said: true };
  },
};

const greeting = ({ endpoint, webhookUrl, caFile }: LocalCloudDocument, pace: string): string =>
  `The local cloud serves ${endpoint}${pace}
  webhook   ${webhookUrl}
  https     on the same port, for programs started with NODE_EXTRA_CA_CERTS=${caFile}
  try       npx trunkline apply examples/global-network.yaml --local
  then      npx trunkline status --local
Ctrl-C stops it.
`;
