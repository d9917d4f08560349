import type { Argv } from 'yargs';
import { stdinPath } from '../flags.ts';
import type { Given } from '../arguments.ts';
import { checkFlagsOf, valueFlags, type CheckFlags } from './flags.ts';

const descriptions: Readonly<Record<keyof typeof valueFlags, string>> = {
  config: 'The config file for all, instead of tf-access-entries.config.json beside each root module',
  baseline: 'Findings to leave out: those that were there when this file was written',
  emit: 'As of convert: resources also serves a root module whose cluster is made elsewhere',
  'min-severity': 'What to show and to count: error, warning (default) or note',
  format: 'pretty, json, sarif, github (annotations) or markdown',
};

const defaults: Readonly<Record<string, string>> = { emit: 'module', 'min-severity': 'warning', format: 'pretty' };

const options = Object.fromEntries(
  Object.entries(valueFlags).map(([name, choices]) => [
    name,
    {
      ...(choices === undefined ? { type: 'string' as const } : { choices }),
      ...(defaults[name] === undefined ? {} : { default: defaults[name] }),
      requiresArg: true,
      description: descriptions[name as keyof typeof valueFlags],
    },
  ]),
);

export const checkArguments = (argv: Argv): Argv =>
  argv
    .usage('$0 check <paths..>\n\nSays what is wrong with root modules, for hooks and CI. Changes nothing.')
    .positional('paths', { type: 'string', description: 'Files of root modules, or directories to look through' })
    .options({
      ...options,
      'write-baseline': { type: 'boolean', description: 'Write what is found into the file that --baseline names' },
      'no-color': { type: 'boolean', description: 'No colours; NO_COLOR does the same' },
    });

export const checkFlags = (given: Given): CheckFlags =>
  checkFlagsOf(given['paths'] as string[], given as Readonly<Record<string, string | undefined>>, {
    color: given['no-color'] !== true,
    writeBaseline: given['write-baseline'] === true,
  });

export const checkMisuse = ({ paths, baseline, writeBaseline }: CheckFlags): string | undefined => {
  if (paths.includes(stdinPath)) return 'check takes files and directories, and stdin (-) is neither.';
  if (writeBaseline && baseline === undefined)
    return '--write-baseline writes the file that --baseline names: give both.';
  return undefined;
};
