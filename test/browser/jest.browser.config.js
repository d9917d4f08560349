import base from '../../jest.config.js';

/** The test that needs Debian's chromium: npm run test:browser. */
export default { ...base, testMatch: ['<rootDir>/test/browser/**/*.browser.ts'], testPathIgnorePatterns: [] };
