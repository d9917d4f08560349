/** The tests that need Terraform, OpenTofu and Go: npm run test:engines. They run beside one another, which jest's own runner does. */
export default {
  rootDir: '../..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/terraform/**/*.engines.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/examples/', '/fixtures/'],
  extensionsToTreatAsEsm: ['.ts'],
  // An engine takes most of a core; one file at a time, three engines at once in it.
  maxWorkers: 1,
  maxConcurrency: 3,
  // A limit for what hangs. How long a test takes says nothing about it: the benchmark does.
  testTimeout: 120_000,
  setupFiles: ['<rootDir>/test/support/fast-check-setup.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2022',
          transform: { verbatimModuleSyntax: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
