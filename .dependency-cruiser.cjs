// The import directions of docs/architecture.md. Each rule says what it protects.
const pure = '^shared/(topology|network|plan|devices)/';
const engine = '^shared/(engine|recovery|drift|adoption)/';
const adapters = '^shared/(alicloud|store|queue|resources|tickets)/';
const roots = '^(functions|cli|console|local)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'pure-stays-pure',
      comment:
        'Parsing, planning and proving know no SDK, clock, randomness or environment: only each other and the plain files of shared/.',
      severity: 'error',
      from: { path: pure },
      to: {
        path: [engine, adapters, roots, '^shared/(config|log)\\.ts$', 'node_modules/(@alicloud|ali-oss|tablestore)'],
      },
    },
    {
      name: 'pure-uses-no-io',
      comment: 'Hashing is the one built-in that pure code may use.',
      severity: 'error',
      from: { path: `${pure}|${engine}` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'engine-knows-no-adapter',
      comment: 'The engine speaks to its ports; adapters implement them.',
      severity: 'error',
      from: { path: engine },
      to: { path: [adapters, roots, 'node_modules/(@alicloud|ali-oss|tablestore)'] },
    },
    {
      name: 'adapters-know-no-root',
      comment: 'Functions, command line and local cloud are assembled from shared/, never the other way round.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: roots },
    },
    {
      name: 'plain-files-import-only-plain-files',
      comment: 'The files directly in shared/ are the bottom of the tree.',
      severity: 'error',
      from: { path: '^shared/[^/]+\\.ts$' },
      to: { path: '^shared/[^/]+/' },
    },
    {
      name: 'the-world-stands-alone',
      comment:
        'The local cloud is held to the real service, not to our code: it may not borrow the model it is meant to check.',
      severity: 'error',
      from: { path: '^local/(world|wire)/' },
      to: {
        // The account's file is YAML from anywhere, and bounding it is the topology's reader's craft, not its model.
        pathNot: '^shared/topology/(decode-text|parse-document|finding|tell-problems)\\.ts$',
        path: '^(shared/(topology|network|plan|engine|resources|store|queue|tickets|alicloud)|functions|cli|local/runtime)/',
      },
    },
    {
      name: 'the-world-is-pure',
      comment: 'Time and a request in, a response and changes out.',
      severity: 'error',
      from: { path: '^local/world/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'functions-do-not-know-each-other',
      comment: 'Each function is deployed alone; what two share lives in shared/.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/($1/|[^/]+\\.ts$)' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle is one room pretending to be two.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'No file that nobody imports.',
      from: { orphan: true, pathNot: ['\\.test\\.ts$', '^test/', '^bench/', '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'Every import resolves.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'What ships depends on what is installed with it; types may come from anywhere.',
      from: { path: '^(functions|shared|local|cli)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
  },
};
