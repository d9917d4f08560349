import base from '../../jest.config.js';

/** The test that needs pre-commit and a package registry: npm run test:hook. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/hook/**/*.hook.ts'],
  testTimeout: 900_000,
};
