export type * from './config.ts';
export { mergeConfigs, type ConfigFile } from './merge-configs.ts';
export { parseConfig, parseConfigFile } from './parse-config.ts';
