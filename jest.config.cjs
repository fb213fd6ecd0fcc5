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
  // The end-to-end suites mostly wait for the cloud's time; the others compute.
  maxWorkers: 3,
  projects: [suite('unit', 'unit'), suite('property', 'property'), suite('contract', 'contract'), suite('e2e', 'e2e')],
};
