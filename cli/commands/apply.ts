import { applyFile, refused } from '../apply-file';
import { type Command, LOCAL_OPTION } from '../command';
import { connect } from '../connection';
import { readTopologyFile } from '../read-topology';

export const apply: Command = {
  summary: 'upload a topology file and follow its run to the end',
  argument: '<file>',
  options: [
    LOCAL_OPTION,
    {
      flags: '--allow-outage',
      summary: 'go on where pairs that are up would be interrupted, for the plan that says which',
    },
  ],
  run: async (context, file, options) => {
    const { bytes, topology, problems } = await readTopologyFile(context.folder, file);
    if (!topology) return refused(context, problems, null);
    const connection = await connect(context, options);
    const applied = await applyFile(context, connection, {
      name: file,
      bytes,
      allowOutage: options['allowOutage'] === true,
    });
    return { ...applied, text: `${applied.built}${applied.text}` };
  },
};
