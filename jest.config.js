export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/examples/', '/fixtures/'],
  extensionsToTreatAsEsm: ['.ts'],
  maxWorkers: '100%',
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
