/** Page by page is the same as all at once: ranges of rows both ways, listings with and without folding. */
import fc from 'fast-check';
import { type OssInput, type OssOutput, ossRequest } from '../../../local/world/oss/operations';
import { oss } from '../../../local/world/oss/service';
import { type TablestoreOutput, tablestoreRequest } from '../../../local/world/tablestore/operations';
import { tablestore } from '../../../local/world/tablestore/service';
import type { KeyCell } from '../../../local/world/tablestore/values';
import { World } from '../../../local/world/world';
import { epochMs } from '../../../shared/clock';

const NOW = epochMs(1_000_000);
const caller = { accountId: '1', accessKeyId: 'id', roleArn: null };
const settings = { seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 0 };

test.each(['forward', 'backward'] as const)('a range read %s', (direction) => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (names, limit) => {
      const world = new World(settings, { tablestore });
      const call = (input: Parameters<typeof tablestoreRequest>[1]) =>
        world.handle(NOW, tablestoreRequest(caller, input)).response.output;
      call({
        operation: 'CreateTable',
        table: 't',
        primaryKey: [{ name: 'id', type: 'string', autoIncrement: false }],
        definedColumns: [],
        options: { timeToLive: -1, maxVersions: 1 },
        throughput: { read: 0, write: 0 },
      });
      for (const name of names)
        call({
          operation: 'WriteRow',
          table: 't',
          write: {
            type: 'put',
            primaryKey: [{ name: 'id', value: { type: 'string', value: name } }],
            condition: { existence: 'expect-not-exist', filter: null },
            returnContent: { type: 'none' },
            columns: [],
          },
        });
      const bound = (type: 'inf-min' | 'inf-max'): KeyCell[] => [{ name: 'id', value: { type } }];
      const [first, end] =
        direction === 'forward' ? [bound('inf-min'), bound('inf-max')] : [bound('inf-max'), bound('inf-min')];
      const read: string[] = [];
      let start: KeyCell[] | null = first;
      for (let page = 0; start !== null && page < 20; page += 1) {
        const reading = {
          columns: [],
          maxVersions: 1,
          time: null,
          filter: null,
          startColumn: null,
          endColumn: null,
        };
        const output = call({ operation: 'GetRange', table: 't', direction, start, end, limit, reading });
        const { rows, next } = (output as { result: Extract<TablestoreOutput<'GetRange'>, { ok: true }>['result'] })
          .result;
        read.push(...rows.map(({ primaryKey }) => String(primaryKey[0]?.value.value)));
        start = next;
      }
      const sorted = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(read).toEqual(direction === 'forward' ? sorted : sorted.reverse());
    }),
    { numRuns: 60 },
  );
});

test.each(['', '/'])('a listing folded at "%s"', (delimiter) => {
  const part = fc.constantFrom('a', 'b', 'ab', 'c');
  const key = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (keys, maxKeys) => {
      const world = new World(settings, { oss });
      const call = (input: OssInput) =>
        (world.handle(NOW, ossRequest(caller, input)).response.output as Extract<OssOutput, { ok: true }>).result;
      call({ operation: 'PutBucket', bucket: 'b-1', acl: null, storageClass: null });
      for (const name of keys)
        call({
          operation: 'PutObject',
          bucket: 'b-1',
          key: name,
          body: '',
          contentType: '',
          headers: {},
          metadata: {},
          forbidOverwrite: false,
          sourceIp: '',
        });
      const listed: string[] = [];
      let after: string | null = '';
      for (let page = 0; after !== null && page < 20; page += 1) {
        const result = call({ operation: 'ListObjects', bucket: 'b-1', prefix: '', delimiter, after, maxKeys });
        const { objects, prefixes, next } = result as Extract<OssOutput<'ListObjects'>, { ok: true }>['result'];
        listed.push(...[...objects.map(({ key: name }) => name), ...prefixes].sort());
        after = next;
      }
      const folded = keys.map((name) => {
        const at = delimiter === '' ? -1 : name.indexOf(delimiter);
        return at < 0 ? name : name.slice(0, at + 1);
      });
      expect(listed).toEqual([...new Set(folded)].sort());
    }),
    { numRuns: 60 },
  );
});
