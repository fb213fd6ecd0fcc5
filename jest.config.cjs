// Transpiled by swc, never type-checked here: `npm run types` does that apart, in a fraction of the time.
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};
const suite = (displayName, ...folders) => ({
  displayName,
  transform,
  testEnvironment: 'node',
  roots: folders.map((folder) => `<rootDir>/test/${folder}`),
});

/** @type {import('jest').Config} */
module.exports = {
  projects: [suite('unit', 'unit'), suite('property', 'property'), suite('contract', 'contract'), suite('e2e', 'e2e')],
};
