import base from '../jest.config.js';
import { rest } from './rest.js';

/** What `npm test` leaves out: npm run test:rest. */
export default { ...base, testMatch: rest.map(path => `<rootDir>/${path}`), testPathIgnorePatterns: [] };
