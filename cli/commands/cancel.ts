import { refused } from '../apply-file';
import { type Command, LOCAL_OPTION, UsageError } from '../command';
import { connect } from '../connection';
import { placeOrder } from '../place-order';
import { networkRow } from '../revisions';
import { watchRun } from '../watch-run';

export const cancel: Command = {
  summary: 'stop the run at work: nothing new is begun, what is in flight is seen to its end, what stands stays',
  argument: '<network>',
  options: [LOCAL_OPTION],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const { activeRun } = await networkRow(connection, name);
    if (activeRun === null)
      throw new UsageError(`nothing is at work on ${name}`, '`trunkline history` tells how it ended.');
    const report = await placeOrder(context, connection, { kind: 'cancel', network: name, run: activeRun });
    if (report.outcome === 'refused') return refused(context, report.problems, name);
    const watched = await watchRun(context, connection, activeRun);
    const left = `What stands stays: \`trunkline resume ${name}\` goes on, \`trunkline rollback ${name}\` goes back.\n`;
    // It was asked to stop, and has.
    return { ...watched, exitCode: 0, text: `${watched.text}${left}` };
  },
};
