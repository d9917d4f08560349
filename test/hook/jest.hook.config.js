import engines from '../terraform/jest.engines.config.js';

/** The test that needs pre-commit and a package registry: npm run test:hook. */
export default { ...engines, testMatch: ['<rootDir>/test/hook/**/*.hook.ts'], testTimeout: 900_000 };
