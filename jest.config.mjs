// A worker of jest loads a suite's packages anew for each suite, and the native Opus library cannot be loaded twice into
// one process. Processes that the suites start for themselves take the native one, as the product does.
process.env.OPUS_FORCE_WASM ??= '1';

const swc = [
  '@swc/jest',
  {
    // The build's own settings leave specs out.
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2023',
    },
    module: { type: 'es6' },
  },
];
/** Suites put together for a whole run (tools/testing/suite-groups.mjs). */
const grouped = process.env.SANLING_SUITE_GROUPS === 'on';
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: grouped ? [...testMatch, `<rootDir>/test/groups/${displayName}-*.spec.ts`] : testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/(?!.*\\.json\\.js$).*)\\.js$': '$1',
    '^@contracts/(.*)$': '<rootDir>/src/contracts/$1.ts',
  },
  transform: { '^.+\\.ts$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.runtime'],
  ...more,
});
const services = {
  setupFiles: ['<rootDir>/test/support/typescript/for-threads.mjs'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};
/** Servers that may be killed. */
const ownServers = { ...services, globalSetup: '<rootDir>/test/faults/support/global-setup.mjs' };
export default {
  // A loaded machine is slow; a test that hangs is still told apart from one that waits its turn.
  testTimeout: 30_000,
  projects: [
    project('unit', [
      '<rootDir>/src/**/*.spec.ts',
      '<rootDir>/client/src/**/*.spec.ts',
      '<rootDir>/tools/**/*.spec.ts',
      '<rootDir>/test/support/**/*.spec.ts',
    ]),
    project('engine', ['<rootDir>/test/engine/**/*.spec.ts'], services),
    project('integration', ['<rootDir>/test/integration/**/*.spec.ts'], services),
    project('scale', ['<rootDir>/test/scale/**/*.spec.ts'], {
      globalSetup: '<rootDir>/test/scale/global-setup.mjs',
      globalTeardown: '<rootDir>/test/scale/global-teardown.mjs',
    }),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts'], services),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts'], ownServers),
    project('soak', ['<rootDir>/test/soak/**/*.spec.ts'], ownServers),
  ],
};
