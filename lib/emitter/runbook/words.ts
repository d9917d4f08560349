import { configName } from '../../config/config.ts';
import { shellQuote } from '../../escape/shell.ts';
import type { State } from '../phase.ts';

/** The config files that were read, as a command in the root module names them, the nearest first. */
export const configNames = ({ configFile, configs = [] }: State['options']): readonly string[] =>
  configFile === undefined ? configs.flatMap(({ name }) => name ?? []) : [configFile];

/** What is judged beside the config needs it only where it decides about rows, or whose they are. Begins with a space. */
export const configFlag = ({ options }: State): string => {
  const { config } = options;
  const names = configNames(options);
  const { accept = [], drop = [], principals = {}, groups = {}, pair = {} } = config;
  const decides = [accept, drop, ...[principals, groups, pair].map(Object.keys)].some(({ length }) => length > 0);
  if (!decides) return '';
  return (names.length === 0 ? [configName] : names).map(name => ` --config ${shellQuote(name)}`).join('');
};

/** What stands beside the runbook, as a command in the root module calls it. */
export const stagedFile = ({ options: { outFromModule = 'access-entries-migration' } }: State, name: string): string =>
  shellQuote(`${outFromModule}/${name}`);
