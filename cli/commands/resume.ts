import type { RunId } from '../../shared/engine/run';
import { refused, runToFollow } from '../apply-file';
import { type Command, LOCAL_OPTION } from '../command';
import { connect } from '../connection';
import { placeOrder } from '../place-order';
import { networkRow } from '../revisions';
import { exitCodeOf, idleDocument } from '../run-view';
import { watchRun } from '../watch-run';

export const resume: Command = {
  summary: 'have another go at the newest revision, where its run failed or was cancelled',
  argument: '<network>',
  options: [LOCAL_OPTION],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const { latest } = await networkRow(connection, name);
    const report = await placeOrder(context, connection, { kind: 'resume', network: name, base: latest });
    if (report.outcome === 'refused') return refused(context, report.problems, name);
    const followed = await runToFollow(context, connection, report);
    if (followed !== null) return watchRun(context, connection, followed as RunId);
    const document = idleDocument('unchanged', { network: name, revision: report.revision, run: report.run });
    const text = `${name} revision ${report.revision} is live: nothing to do.\n`;
    return { exitCode: exitCodeOf(document), document: { ...document }, text };
  },
};
