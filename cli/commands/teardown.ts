import { itemTable } from '../bootstrap/item-table';
import { teardown as takeAway } from '../bootstrap/teardown';
import { type Command, LOCAL_OPTION, UsageError } from '../command';
import { targetOf } from '../connection';

export const teardown: Command = {
  summary: 'take away what bootstrap made, once no network and no function is left',
  argument: '',
  options: [
    LOCAL_OPTION,
    {
      flags: '--forget <networks>',
      summary: 'networks that you took down by hand, with commas between: their records do not count',
    },
    { flags: '--dry-run', summary: 'tell what would be removed, and remove nothing' },
    {
      flags: '--yes',
      summary: 'remove it: the bucket with its topologies and reports, tables, roles and secret are gone for good',
    },
  ],
  run: async (context, _, options) => {
    const dryRun = options['dryRun'] === true;
    const forget = typeof options['forget'] === 'string' ? options['forget'].split(',').map((one) => one.trim()) : [];
    if (!dryRun && options['yes'] !== true)
      throw new UsageError('teardown removes for good: give --yes, or --dry-run to see what', 'Begin with --dry-run.');
    const items = await takeAway(await targetOf(context, options), context.clock, { dryRun, forget });
    const removed = items.filter(({ outcome }) => outcome !== 'absent').length;
    const summary = { absent: items.length - removed, removed };
    return {
      exitCode: 0,
      document: { dryRun, items: items.map((item) => ({ ...item })), summary },
      text: `${itemTable(items, context.terminal)}${removed} ${dryRun ? 'would be removed' : 'removed'}.\n`,
    };
  },
};
