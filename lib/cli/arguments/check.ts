import { severities } from '../../report/severity.ts';
import { printOptions } from './options.ts';
import type { FlagsOf, Syntax } from './syntax.ts';

export const checkSyntax = {
  name: 'check',
  summary: 'Say what is wrong, for hooks and CI',
  usage: '<paths..>',
  about: 'Says what is wrong with root modules, for hooks and CI. Changes nothing.',
  positional: { name: 'paths', several: true, about: 'Files of root modules, or directories to look through' },
  options: {
    config: {
      kind: 'text',
      about: 'The config file for all, instead of tf-access-entries.config.json beside each root module',
    },
    baseline: { kind: 'text', about: 'Findings to leave out: those in this file, written by --write-baseline' },
    emit: {
      kind: 'choice',
      choices: ['module', 'resources'],
      default: 'module',
      about: 'As for convert: resources also fits a root module whose cluster is made elsewhere',
    },
    'min-severity': {
      kind: 'choice',
      choices: severities,
      default: 'warning',
      about: 'What to show and to count: error, warning (default) or note',
    },
    format: printOptions.format,
    'write-baseline': { kind: 'switch', about: 'Write what is found into the file that --baseline names' },
    'no-color': printOptions['no-color'],
  },
} as const satisfies Syntax;

export type CheckFlags = FlagsOf<typeof checkSyntax>;
