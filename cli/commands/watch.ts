import { TrunklineError } from '../../shared/errors';
import { type Command, LOCAL_OPTION } from '../command';
import { connect } from '../connection';
import { watchRun } from '../watch-run';

export const watch: Command = {
  summary: 'follow a network’s active run, or say how its last one ended',
  argument: '<network>',
  options: [LOCAL_OPTION],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const network = await connection.runs.readNetwork(name);
    const run = network?.activeRun ?? network?.lastRun;
    if (!run)
      throw new TrunklineError('NetworkUnknown', `there is no network named ${name}, or nothing was ever run for it`);
    const watched = await watchRun(context, connection, run);
    return { ...watched, text: `${watched.built}${watched.text}` };
  },
};
