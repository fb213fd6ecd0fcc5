/** The edits that are tried on a live network, against the schema: a field without one fails here. */
import { parseTopology } from '../../../shared/topology/parse-topology';
import { BASE, EDITS, edited, NO_EDIT } from '../../edits/edit-table';
import { schemaLeaves } from '../../edits/schema-leaves';

const leaves = schemaLeaves();
const covered = new Set([...EDITS.flatMap(({ fields }) => fields), ...Object.keys(NO_EDIT)]);

test('every field of the file has an edit, or a reason why none can be', () => {
  expect(leaves.filter((leaf) => !covered.has(leaf))).toEqual([]);
  expect([...covered].filter((field) => !leaves.includes(field))).toEqual([]);
  expect(EDITS.length).toBeGreaterThanOrEqual(40);
});

test.each(EDITS.map((edit) => [edit.name, edit] as const))('%s is another topology', (_name, edit) => {
  const text = edited(edit);
  const { topology } = parseTopology(text, 'edited.yaml');
  expect(topology).not.toBeNull();
  expect(topology).not.toEqual(parseTopology(BASE, 'base.yaml').topology);
});
