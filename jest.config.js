/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  // Sources name their built file; packages that name a `.json.js` really mean that file.
  moduleNameMapper: { '^(\\.{1,2}/.*(?<![.]json))\\.js$': '$1' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/support/production-graphql.js'],
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  coverageProvider: 'v8',
  testTimeout: 30_000,
  // Jest leaves one core free by default, which halves the speed of a machine that has two.
  maxWorkers: '100%',
  // A worker keeps the modules of every test file it ran: restart it before the machine runs out of memory.
  workerIdleMemoryLimit: '2GB',
}
