import { phaseIds } from '../../diagnostics/index.ts';
import { moduleOptions } from './options.ts';
import type { FlagsOf, Syntax } from './syntax.ts';

export const convertSyntax = {
  name: 'convert',
  summary: 'Stage every phase, or rewrite one in place',
  usage: '<paths..>',
  about: 'Stages every phase, or rewrites files in place with --write.',
  positional: { name: 'paths', several: true, about: 'Root modules, files of them, or - for stdin' },
  options: {
    out: { kind: 'text', about: 'Where to stage, instead of access-entries-migration in the root module' },
    write: { kind: 'switch', about: 'Rewrite the files in place, one phase at a time' },
    phase: { kind: 'choice', choices: phaseIds, about: 'The phase to write or print' },
    diff: { kind: 'switch', about: 'Print what changes, write nothing' },
    'where-due': {
      kind: 'switch',
      about: 'With --write: skip root modules where another phase comes next, or none',
    },
    'accept-unverified': { kind: 'switch', about: 'Write a phase whose live gates were checked by hand' },
    'cluster-creator-admin': { kind: 'switch', about: 'Set enable_cluster_creator_admin_permissions in phase 2' },
    ...moduleOptions,
    quiet: { kind: 'switch', about: 'Print errors only' },
  },
} as const satisfies Syntax;

export type ConvertFlags = FlagsOf<typeof convertSyntax>;
