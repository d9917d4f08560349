import base from '../../jest.config.js';

/** The tests that need Terraform, OpenTofu and Go: npm run test:engines. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/terraform/**/*.engines.ts'],
  // An engine takes most of a core; one file at a time, three engines at once in it.
  maxWorkers: 1,
  maxConcurrency: 3,
};
