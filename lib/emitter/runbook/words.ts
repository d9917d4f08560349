import { configName } from '../../config/config.ts';
import { shellQuote } from '../../escape/shell.ts';
import { joinedPath } from '../../terraform/index.ts';
import type { State } from '../phase.ts';

/** The config files that were read, as a command in the directory of the module names them, the nearest first. */
export const configNames = ({ configFile, configs = [] }: State['options']): readonly string[] =>
  configFile === undefined ? configs.flatMap(({ name }) => name ?? []) : [configFile];

/** What is judged beside the config needs it only where it decides about rows, or whose they are. Begins with a space. */
export const configFlag = (state: State): string => {
  const { config } = state.options;
  const names = configNames(state.options);
  const { accept = [], drop = [], principals = {}, groups = {}, pair = {} } = config;
  const decides = [accept, drop, ...[principals, groups, pair].map(Object.keys)].some(({ length }) => length > 0);
  if (!decides) return '';
  return (names.length === 0 ? [configName] : names).map(name => ` --config ${fileWord(state, name)}`).join('');
};

/** What stands beside the runbook, as a command of the runbook calls it. */
export const stagedFile = (state: State, name: string): string =>
  fileWord(state, `${state.options.outFromModule ?? 'access-entries-migration'}/${name}`);

/** A file, by its path from the module, as a word of a command in the root module that is applied: the module itself, or one that calls it. */
export const fileWord = (state: State, path: string): string => shellQuote(fileInRoot(state, path));

/** The same as it is. */
export const fileInRoot = ({ options: { wayToModule } }: State, path: string): string =>
  wayToModule === undefined || path === '-' || path.startsWith('/') ? path : joinedPath(wayToModule, path);
