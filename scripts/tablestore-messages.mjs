// The Tablestore SDK carries its messages as 2.7 MB of generated encoders, most of every bundle of ours. The same
// messages are described by the .proto files beside them: bundled as a description (60 KB) and encoded by the
// reflection of the very protobufjs that the SDK depends on. The contract and end-to-end tests run the bundles.
// docs/adr/0006 has the figures.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const protocol = join(dirname(require.resolve('tablestore/package.json')), 'lib', 'protocol');
const files = ['tablestore.proto', 'tablestore_filter.proto', 'tablestore_search.proto'];

/** What the generated module exports: packages by their names, types with encode and decode, enums as plain numbers. */
const runtime = (description) => `
const protobuf = require('protobufjs/light');
const root = protobuf.Root.fromJSON(${JSON.stringify(description)});
root.resolveAll();
function expose(namespace) {
  const exposed = {};
  for (const object of namespace.nestedArray) {
    if (object instanceof protobuf.Enum) exposed[object.name] = Object.assign(Object.create(object.valuesById), object.values);
    else if (object instanceof protobuf.Type) exposed[object.name] = Object.assign(object, expose(object));
    else exposed[object.name] = expose(object);
  }
  return exposed;
}
module.exports = expose(root);
`;

/** @type {import('esbuild').Plugin} */
export const tablestoreMessages = {
  name: 'tablestore-messages',
  setup(build) {
    build.onLoad({ filter: /tablestore_compiled_proto\.js$/ }, () => ({
      contents: runtime(describe()),
      loader: 'js',
      resolveDir: protocol,
    }));
  },
};

function describe() {
  const protobuf = createRequire(join(protocol, 'encoder.js'))('protobufjs');
  const root = new protobuf.Root();
  for (const file of files) root.loadSync(join(protocol, file));
  return root.toJSON();
}
