import { phaseIds } from '../../diagnostics/phase-id.ts';
import { formatNames } from '../../report/formats/names.ts';
import { severities } from '../../report/severity.ts';
import type { FlagsOf, OptionFlags, Syntax } from './syntax.ts';

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

const existing = {
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

const moduleArgument = { name: 'path', about: 'A root module, one of its files, or - for stdin' } as const;

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

export const statusSyntax = {
  name: 'status',
  summary: 'Name the phase of the source, the rows and the blockers',
  usage: '<path>',
  about: 'Says at which phase the source is, what the rows become and what blocks. Writes nothing.',
  positional: moduleArgument,
  options: moduleOptions,
} as const satisfies Syntax;

export type StatusFlags = FlagsOf<typeof statusSyntax>;

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

export const verifyPlanSyntax = {
  name: 'verify-plan',
  summary: 'Say whether a plan fits its phase',
  usage: '<plan> --phase <id>',
  about: 'Says whether a plan does what the phase may do, and nothing else. Changes nothing.',
  positional: { name: 'plan', about: 'The output of terraform show -json, or - for stdin' },
  options: {
    phase: { kind: 'choice', choices: phaseIds, about: 'The phase that the plan is for' },
    existing,
    'cluster-name': { kind: 'text', about: 'The cluster to migrate, where the plan has others, too' },
    config: { kind: 'text', about: 'The config of convert: who is dropped there may lose access' },
    strict: { kind: 'switch', about: 'Fail on changes of other resource types, too' },
    'accept-unverified': { kind: 'switch', about: 'Accept what the plan cannot show: it was checked by hand' },
    ...printOptions,
  },
} as const satisfies Syntax;

export type VerifyPlanFlags = FlagsOf<typeof verifyPlanSyntax>;

export const verifyAccessSyntax = {
  name: 'verify-access',
  summary: 'Say who would lose access if aws-auth went now',
  usage: '--aws-auth <file> --existing <file>',
  about: 'Says who would lose access if aws-auth went now. Changes nothing.',
  options: {
    'aws-auth': {
      kind: 'text',
      about: 'The ConfigMap: kubectl get configmap aws-auth -n kube-system -o yaml, or - for stdin',
    },
    existing,
    rbac: { kind: 'text', about: 'The bindings: kubectl get clusterrolebindings,rolebindings -A -o json' },
    config: { kind: 'text', about: 'The config of convert: access that it drops is no loss' },
    ...printOptions,
  },
} as const satisfies Syntax;

export type VerifyAccessFlags = FlagsOf<typeof verifyAccessSyntax>;

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

export const explainSyntax = {
  name: 'explain',
  summary: 'Print the page of a code',
  usage: '<code>',
  about: 'Prints the page of a code.',
  positional: { name: 'code', about: 'A code such as TAE317' },
  options: {},
} as const satisfies Syntax;

export type ExplainFlags = FlagsOf<typeof explainSyntax>;
