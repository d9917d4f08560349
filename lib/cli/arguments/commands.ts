import { phaseIds, phaseNumber, type PhaseId } from '../../diagnostics/phase-id.ts';
import { formatNames } from '../../report/formats/formats.ts';
import { severities } from '../../report/severity.ts';
import { choice, flag, text, texts, type FlagsOf, type OptionFlags, type Syntax } from './syntax.ts';

export const printOptions = {
  format: { ...choice(formatNames, 'pretty, json, sarif, github (annotations), markdown or html'), default: 'pretty' },
  'no-color': flag('No colours; NO_COLOR does the same'),
} as const;

/** How a command line asks for what is printed. */
export type PrintFlags = OptionFlags<typeof printOptions>;

const existing = text('The live entries: entries.json of gates.sh, or JSON of the AWS CLI or of terraform query');

/** By its id or by the number that its staged directory has. What is taken is the id, whichever was given. */
const phaseWithNumber = (given: unknown): PhaseId | undefined => phaseIds.find(id => String(phaseNumber(id)) === given);
const numbers = [...new Set(phaseIds.map(id => String(phaseNumber(id))))];

const phase = (description: string) =>
  ({
    ...choice(
      [...phaseIds, ...(numbers as unknown as readonly PhaseId[])],
      `${description}, by its id or number (0: split-aws-auth)`,
    ),
    coerce: (given: unknown): unknown => phaseWithNumber(given) ?? given,
  }) as const;

const forms = ['module', 'resources'] as const;

const emit = <Form extends string>(choices: readonly Form[], description: string) => choice(choices, description);

/** Of a root module and of what is known about its cluster. */
export const moduleOptions = {
  config: text('The config file, instead of each tf-access-entries.config.json from the root module upwards'),
  existing: text(`${existing.description}, or of a state`),
  'aws-auth': text('The live ConfigMap: kubectl get configmap aws-auth -n kube-system -o yaml, or - for stdin'),
  'sso-region': text('The home region of Identity Center, for the path of roles named AWSReservedSSO_*'),
  runner: text('The ARN of the role that runs Terraform'),
  'var-file': texts('Values of variables, to show rows that only a plan knows; may be given several times'),
  environments: texts(
    "A file of variable values for each environment: a pattern such as 'envs/*.tfvars'; may be given several times",
  ),
  emit: emit(
    [...forms, 'aws-cli'],
    'Where entries are written: into access_entries, as standalone resources, or as a script',
  ),
  'entries-module': text(
    'Directory below the root module for what converts rows that only a plan knows, instead of aws-auth-entries',
  ),
  to: choice(['v21'], 'Move the module to version 21 in a last phase'),
  'per-environment': flag('One revision for all environments: a variable says at which phase each is'),
  ...printOptions,
} as const;

type All = OptionFlags<typeof moduleOptions>;

/** What a root module is read with. Not every command has all of it. */
export type ModuleFlags = PrintFlags &
  Partial<All> & { readonly clusterCreatorAdmin?: boolean; readonly quiet?: boolean; readonly out?: string };

const moduleArgument = { name: 'path', description: 'A root module, one of its files, or - for stdin' } as const;

export const convertSyntax = {
  name: 'convert',
  summary: 'Write every phase beside the module, or one into it',
  usage: '<paths..>',
  about:
    'Writes every phase into access-entries-migration, and leaves the module as it is. With --write it rewrites the module, one phase at a time.',
  positional: { name: 'paths', several: true, description: 'Root modules, files of them, or - for stdin' },
  options: {
    out: text('Write there, instead of into access-entries-migration in the root module'),
    write: flag('Rewrite the files of the module: one phase, named by --phase'),
    phase: phase('The phase to write or print'),
    diff: flag('Print what changes, write nothing'),
    'where-due': flag('With --write: pass over root modules where this phase is not the next one'),
    'all-or-none': flag('With --write: write nothing when one of several root modules is refused'),
    commit: flag('With --write: make one git commit of what is written'),
    'accept-unverified': flag('Write the phase without proof: you checked by hand what gates.sh asks'),
    'cluster-creator-admin': flag('Set enable_cluster_creator_admin_permissions in phase 2'),
    ...moduleOptions,
    quiet: flag('Print errors only'),
  },
} as const satisfies Syntax;

export type ConvertFlags = FlagsOf<typeof convertSyntax>;

export const statusSyntax = {
  name: 'status',
  summary: 'Say where a module stands: phase, rows, blockers',
  usage: '<paths..>',
  about:
    'Says at which phase the source is, what each row becomes and what blocks. Several root modules get a line each. Writes nothing.',
  positional: { name: 'paths', several: true, description: 'Root modules, directories that hold some, or - for stdin' },
  options: moduleOptions,
} as const satisfies Syntax;

export type StatusFlags = FlagsOf<typeof statusSyntax>;

export const checkSyntax = {
  name: 'check',
  summary: 'Say what is wrong, for hooks and CI',
  usage: '<paths..>',
  about: 'Says what is wrong with root modules, for hooks and CI. Changes nothing.',
  positional: { name: 'paths', several: true, description: 'Files of root modules, or directories to look through' },
  options: {
    config: text('The config file for all, instead of those from each root module upwards'),
    baseline: text('Findings to leave out: those in this file, written by --write-baseline'),
    emit: emit(forms, 'As for convert: resources also fits a root module whose cluster is made elsewhere'),
    'min-severity': {
      ...choice(severities, 'What to show and to count: error, warning (default) or note'),
      default: 'warning',
    },
    format: printOptions.format,
    'write-baseline': flag('Write what is found into the file that --baseline names'),
    'no-color': printOptions['no-color'],
  },
} as const satisfies Syntax;

export type CheckFlags = FlagsOf<typeof checkSyntax>;

export const verifyPlanSyntax = {
  name: 'verify-plan',
  summary: 'Say whether a plan fits its phase',
  usage: '<plan> [--phase <id>]',
  about: 'Says whether a plan does what the phase may do, and nothing else. Changes nothing.',
  positional: { name: 'plan', description: 'The output of terraform show -json, or - for stdin' },
  options: {
    phase: phase('The phase that the plan is for, unless var.access_entries_phase says it'),
    existing,
    'cluster-name': text('The cluster to migrate, where the plan has others, too'),
    config: texts('The config of convert: who is dropped there may lose access; of several the nearest first'),
    strict: flag('Fail on changes of other resource types, too'),
    'accept-unverified': flag('Accept what the plan cannot show: you checked it by hand'),
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
    'aws-auth': text('The ConfigMap: kubectl get configmap aws-auth -n kube-system -o yaml, or - for stdin'),
    existing,
    'cluster-name': text('The cluster that the ConfigMap is of, where the entries are of several'),
    rbac: text('The bindings, and what may look for system:masters: admission policies, webhooks, FlowSchemas'),
    config: texts('The config of convert: access that it drops is no loss; of several the nearest first'),
    ...printOptions,
  },
} as const satisfies Syntax;

export type VerifyAccessFlags = FlagsOf<typeof verifyAccessSyntax>;

const {
  'var-file': _varFile,
  'aws-auth': _awsAuth,
  'per-environment': _perEnvironment,
  environments: _environments,
  to: _to,
  ...options
} = moduleOptions;

export const importBlocksSyntax = {
  name: 'import-blocks',
  summary: 'Print import blocks for entries that exist',
  usage: '<path> --cluster-name <name> --existing <file>',
  about: 'Prints import and moved blocks for the declared entries that exist. Writes nothing.',
  positional: moduleArgument,
  options: {
    'cluster-name': text('The name of the cluster in EKS'),
    'module-address': text('How the root module calls this directory, such as module.platform; root if it is one'),
    ...options,
    // Of a script there is nothing to import.
    emit: emit(forms, 'Where entries are written: into access_entries, or as standalone resources'),
  },
} as const satisfies Syntax;

export type ImportBlocksFlags = FlagsOf<typeof importBlocksSyntax>;

export const policiesSyntax = {
  name: 'policies',
  summary: 'List the access policies of EKS, or print the rules of one',
  usage: '[name]',
  about: 'Lists the access policies of EKS and whom they are for, or prints the rules that AWS publishes for one.',
  positional: { name: 'name', optional: true, description: 'A policy such as AmazonEKSViewPolicy, or its ARN' },
  options: {
    partition: choice(
      ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'],
      'The partition of the ARNs: aws, or that of the ARN that is given',
    ),
    ...printOptions,
  },
} as const satisfies Syntax;

export type PoliciesFlags = FlagsOf<typeof policiesSyntax>;

export const explainSyntax = {
  name: 'explain',
  summary: 'Print the page of a code',
  usage: '<code>',
  about: 'Prints the page of a code.',
  positional: { name: 'code', description: 'A code such as TAE317' },
  options: {},
} as const satisfies Syntax;

export type ExplainFlags = FlagsOf<typeof explainSyntax>;
