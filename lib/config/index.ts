export type * from './config.ts';
export { parseConfig } from './parse-config.ts';
