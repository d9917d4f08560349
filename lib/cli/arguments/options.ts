import { formatNames } from '../../report/formats/names.ts';
import type { OptionFlags } from './syntax.ts';

/** Flags that several commands take. */

export const printOptions = {
  format: {
    kind: 'choice',
    choices: formatNames,
    default: 'pretty',
    about: 'pretty, json, sarif, github (annotations) or markdown',
  },
  'no-color': { kind: 'switch', about: 'No colours; NO_COLOR does the same' },
} as const;

/** How a command line asks for what is printed. */
export type PrintFlags = OptionFlags<typeof printOptions>;

export const existing = {
  kind: 'text',
  about: 'The live entries: JSON of describe-access-entry and list-associated-access-policies',
} as const;

/** Of a root module and of what is known about its cluster. */
export const moduleOptions = {
  config: { kind: 'text', about: 'The config file, instead of tf-access-entries.config.json beside the root module' },
  existing: { kind: 'text', about: `${existing.about}, or of a state` },
  'aws-auth': {
    kind: 'text',
    about: 'The live ConfigMap: kubectl get configmap aws-auth -n kube-system -o yaml, or - for stdin',
  },
  'sso-region': { kind: 'text', about: 'The home region of Identity Center, which is in the path of its roles' },
  runner: { kind: 'text', about: 'The ARN of the role that runs Terraform' },
  'var-file': {
    kind: 'texts',
    about: 'Values of variables, for the report and the runbook only; may be given several times',
  },
  emit: {
    kind: 'choice',
    choices: ['module', 'resources', 'aws-cli'],
    default: 'module',
    about: 'Where entries are written: into access_entries, as standalone resources, or as a script',
  },
  to: { kind: 'choice', choices: ['v21'], about: 'Move the module to version 21 in a last phase' },
  ...printOptions,
} as const;

type All = OptionFlags<typeof moduleOptions>;

/** What a root module is read with. Not every command has all of it. */
export type ModuleFlags = PrintFlags &
  Pick<All, 'emit'> &
  Partial<All> & { readonly clusterCreatorAdmin?: boolean; readonly quiet?: boolean };

export const moduleArgument = { name: 'path', about: 'A root module, one of its files, or - for stdin' } as const;
