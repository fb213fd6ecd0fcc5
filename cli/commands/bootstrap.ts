import { bootstrap as make, type Outcome } from '../bootstrap/bootstrap';
import { itemTable } from '../bootstrap/item-table';
import { type Command, LOCAL_OPTION } from '../command';
import { targetOf } from '../connection';

export const bootstrap: Command = {
  summary: 'make what the functions need: bucket, queues, tables, roles, the webhook’s secret',
  argument: '',
  options: [LOCAL_OPTION, { flags: '--dry-run', summary: 'tell what would be made, and make nothing' }],
  run: async (context, _, options) => {
    const dryRun = options['dryRun'] === true;
    const items = await make(await targetOf(context, options), context.clock, { dryRun });
    const count = (...outcomes: Outcome['outcome'][]): number =>
      items.filter(({ outcome }) => outcomes.includes(outcome)).length;
    const summary = {
      there: count('there'),
      created: count('created', 'would-create'),
      changed: count('changed', 'would-change'),
    };
    const would = dryRun ? 'would be ' : '';
    const counts = `${summary.there} there, ${summary.created} ${would}created, ${summary.changed} ${would}changed`;
    return {
      exitCode: 0,
      document: { dryRun, items: items.map((item) => ({ ...item })), summary },
      text: `${itemTable(items, context.terminal)}${counts}.\n`,
    };
  },
};
