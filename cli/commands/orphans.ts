import { taggedCens, taggedInRegion } from '../../shared/alicloud/reads/tagged';
import { withParallelism } from '../../shared/alicloud/with-parallelism';
import { withPatience } from '../../shared/alicloud/with-patience';
import { wrap } from '../../shared/network/wrap-text';
import { findOrphans, type KnownNetwork, type Orphan, type TaggedThing } from '../../shared/recovery/find-orphans';
import { type Command, LOCAL_OPTION, type Options, UsageError } from '../command';
import { type Connection, connect, pause } from '../connection';
import type { Terminal } from '../terminal';

export const orphans: Command = {
  summary: 'list what carries our tags and stands in no record, by questions only',
  argument: '',
  options: [
    { flags: '--regions <regions>', summary: 'with commas between; besides those that anything is recorded in' },
    LOCAL_OPTION,
  ],
  run: async (context, _argument, options) => {
    const connection = await connect(context, options);
    const regions = [...new Set([...stated(options), ...(await regionsOf(connection))])].sort();
    const tagged = await search(connection, regions);
    // After the search: what was made meanwhile is recorded by now, or announced.
    const found = findOrphans(tagged, await knownNetworks(connection));
    return {
      exitCode: found.length > 0 ? 3 : 0,
      document: { regions, tagged: tagged.length, orphans: found.map((one) => ({ ...one })) },
      text: orphansText({ regions, tagged: tagged.length, found }, context.terminal),
    };
  },
};

function stated({ regions }: Options): string[] {
  if (typeof regions !== 'string') return [];
  const names = regions.split(',').map((name) => name.trim());
  const wrong = names.filter((name) => !/^[a-z]{2}-[a-z0-9-]{1,40}$/.test(name));
  if (wrong.length > 0)
    throw new UsageError(`${wrong.join(', ')} is no region`, 'Give ids like us-east-1,cn-shanghai.');
  return names;
}

async function knownNetworks({ runs }: Connection): Promise<KnownNetwork[]> {
  const rows = await runs.listNetworks();
  return Promise.all(
    rows.map(async (row) => ({
      row,
      records: await runs.allRecords({ network: row.name, incarnation: row.incarnation }),
    })),
  );
}

/** Removed things keep their region in the row that stays. */
async function regionsOf(connection: Connection): Promise<string[]> {
  const networks = await Promise.all(
    (await connection.runs.listNetworks()).map(({ name: network, incarnation }) =>
      connection.runs.allRecords({ network, incarnation }),
    ),
  );
  return [connection.target.region, ...networks.flat().flatMap(({ region }) => (region === null ? [] : [region]))];
}

const CALLS_AT_ONCE = 8;

async function search({ cloud, target }: Connection, regions: readonly string[]): Promise<TaggedThing[]> {
  const asked = withParallelism(withPatience(cloud, pause), CALLS_AT_ONCE);
  const listed = await Promise.all([
    taggedCens(asked, target.deployment),
    ...regions.map((region) => taggedInRegion(asked, region, target.deployment)),
  ]);
  return listed.flat();
}

const INDENT = 2;

export function orphansText(
  { regions, tagged, found }: { regions: readonly string[]; tagged: number; found: readonly Orphan[] },
  { paint }: Pick<Terminal, 'paint'>,
): string {
  const lines = found.flatMap(({ kind, region, cloudId, network, resource, why, remedy, billed }) => [
    `${paint(billed ? 'red' : 'yellow', cloudId)} ${kind}${region === null ? '' : ` in ${region}`}`,
    ...wrap(
      `${network === null ? '' : `${network}${resource === null ? '' : ` ${resource}`}: `}${why}. ${costOf(billed)}`,
      INDENT,
    ),
    ...wrap(`→ ${remedy}`, INDENT, INDENT + 2).map((line) => paint('cyan', line)),
  ]);
  const verdict = found.length === 0 ? 'all of it recorded' : `${found.length} in no record`;
  lines.push(...wrap(`${tagged} with our tags, ${verdict}. Looked in ${regions.join(', ')}.`, 0));
  return lines.map((line) => `${line}\n`).join('');
}

function costOf(billed: Orphan['billed']): string {
  if (billed === null) return 'What goes through it is paid for.';
  return billed ? 'It is paid for as long as it stands.' : 'By itself it costs nothing.';
}
