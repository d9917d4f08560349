import { moduleArgument, moduleOptions } from './options.ts';
import type { FlagsOf, Syntax } from './syntax.ts';

const { 'var-file': _varFile, 'aws-auth': _awsAuth, to: _to, ...options } = moduleOptions;

export const importBlocksSyntax = {
  name: 'import-blocks',
  summary: 'Print import blocks for entries that exist',
  usage: '<path> --cluster-name <name> --existing <file>',
  about: 'Prints import and moved blocks for the declared entries that exist. Writes nothing.',
  positional: moduleArgument,
  options: {
    'cluster-name': { kind: 'text', about: 'The name of the cluster in EKS' },
    'module-address': {
      kind: 'text',
      about: 'How the root module calls this directory, such as module.platform; root if it is one',
    },
    ...options,
    // Of a script there is nothing to import.
    emit: {
      kind: 'choice',
      choices: ['module', 'resources'],
      default: 'module',
      about: 'Where entries are written: into access_entries, or as standalone resources',
    },
  },
} as const satisfies Syntax;

export type ImportBlocksFlags = FlagsOf<typeof importBlocksSyntax>;
