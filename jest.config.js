import { fileURLToPath } from 'node:url';
import { rest } from './test/rest.js';
import './test/support/typescript.mjs';

// Workers read TypeScript, too.
const hooks = new URL('./test/support/typescript.mjs', import.meta.url);
process.env['NODE_OPTIONS'] = [process.env['NODE_OPTIONS'], `--import=${hooks.href}`, '--max-semi-space-size=64']
  .filter(Boolean)
  .join(' ');

// A file that is named is run, wherever it belongs.
const isNamed = process.argv.slice(2).some(word => word.startsWith('test/'));

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/fixtures/', ...(isNamed ? [] : rest)],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/examples/', '/fixtures/'],
  maxWorkers: '100%',
  setupFiles: ['<rootDir>/test/support/worker-options.ts', '<rootDir>/test/support/fast-check-setup.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/each-rows.ts'],
  // All test files of a worker share its modules: loading them, and warming up the wasm, once per file took half of the time.
  runner: '<rootDir>/test/support/runner.mjs',
  transform: {},
};
