// What takes longer than `npm test` may: kills, load, simulation at length.
const { projects } = require('./jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...projects[0],
  displayName: 'slow',
  roots: ['<rootDir>/test/slow'],
};
