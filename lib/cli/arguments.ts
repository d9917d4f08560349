import type { Argv } from 'yargs';
import { phaseIds, type PhaseId } from '../diagnostics/index.ts';
import type { Emit } from '../parser/source.ts';
import { formatNames, type FormatName } from '../report/formats/names.ts';
import type { ConvertFlags, ExplainFlags, ImportBlocksFlags, ModuleFlags, StatusFlags } from './flags.ts';

/** What yargs found; names as they are written on the command line. */
export type Given = Readonly<Record<string, unknown>>;

const value = (description: string) => ({ type: 'string', requiresArg: true, description }) as const;
const flag = (description: string) => ({ type: 'boolean', description }) as const;

const moduleOptions = {
  config: value('The config file, instead of tf-access-entries.config.json beside the root module'),
  existing: value('The live entries: JSON of describe-access-entry and list-associated-access-policies, or of a state'),
  'aws-auth': value('The live ConfigMap: kubectl get configmap aws-auth -n kube-system -o yaml, or - for stdin'),
  'sso-region': value('The home region of Identity Center, which is in the path of its roles'),
  runner: value('The ARN of the role that runs Terraform'),
  'var-file': value('Values of variables, for the report and the runbook only; may be given several times'),
  emit: {
    choices: ['module', 'resources', 'aws-cli'],
    default: 'module',
    requiresArg: true,
    description: 'Where entries go: into access_entries, into resources of their own, or into a script',
  },
  to: { choices: ['v21'], requiresArg: true, description: 'Move the module to version 21 in a last phase' },
  format: {
    choices: formatNames,
    default: 'pretty',
    requiresArg: true,
    description: 'pretty, json, sarif, github (annotations) or markdown',
  },
  'no-color': flag('No colours; NO_COLOR does the same'),
} as const;

export const convertArguments = (argv: Argv): Argv =>
  argv
    .usage('$0 convert <paths..>\n\nStages every phase, or rewrites files in place with --write.')
    .positional('paths', { type: 'string', description: 'Root modules, files of them, or - for stdin' })
    .options({
      out: value('Where to stage, instead of access-entries-migration in the root module'),
      write: flag('Rewrite the files in place, one phase at a time'),
      phase: { choices: phaseIds, requiresArg: true, description: 'The phase to write or print' },
      diff: flag('Print what changes, write nothing'),
      'where-due': flag('With --write: pass over root modules where another phase comes next, or none'),
      'accept-unverified': flag('Write a phase whose live gates were checked by hand'),
      'cluster-creator-admin': flag('Set enable_cluster_creator_admin_permissions in phase 2'),
      ...moduleOptions,
      quiet: flag('Print errors only'),
    });

export const statusArguments = (argv: Argv): Argv =>
  argv
    .usage(
      '$0 status <path>\n\nSays at which phase the source is, what the rows become and what blocks. Writes nothing.',
    )
    .positional('path', { type: 'string', description: 'A root module, one of its files, or - for stdin' })
    .options(moduleOptions);

const { 'var-file': _varFile, 'aws-auth': _awsAuth, to: _to, ...others } = moduleOptions;

/** Of a script there is nothing to import. */
const importOptions = {
  ...others,
  emit: {
    ...moduleOptions.emit,
    choices: ['module', 'resources'],
    description: 'Where entries go: into access_entries, or into resources of their own',
  },
} as const;

export const importBlocksArguments = (argv: Argv): Argv =>
  argv
    .usage(
      '$0 import-blocks <path> --cluster-name <name> --existing <file>\n\nPrints import and moved blocks for the declared entries that exist. Writes nothing.',
    )
    .positional('path', { type: 'string', description: 'A root module, one of its files, or - for stdin' })
    .options({
      'cluster-name': value('The name of the cluster in EKS'),
      'module-address': value('How the root module calls this directory, such as module.platform; root if it is one'),
      ...importOptions,
    });

export const explainArguments = (argv: Argv): Argv =>
  argv
    .usage('$0 explain <code>\n\nPrints the page of a code.')
    .positional('code', { type: 'string', description: 'A code such as TAE317' });

/** A flag that takes one value and is given twice has no value that all would expect. */
export const repeated = (given: Given): string | undefined =>
  Object.keys(given).find(name => !['_', 'paths', 'var-file', 'varFile'].includes(name) && Array.isArray(given[name]));

/** What has no text, as `--out=` has none. */
export const empty = (given: Given): string | undefined => {
  const name = Object.keys(given).find(key => [given[key]].flat().includes(''));
  return name === undefined || ['path', 'paths', 'code', 'plan'].includes(name) ? name && 'An argument' : `--${name}`;
};

const text = (given: Given, name: string): string | undefined => given[name] as string | undefined;

const moduleFlags = (given: Given): ModuleFlags => {
  const { config, existing, runner } = given as { config?: string; existing?: string; runner?: string };
  const ssoRegion = text(given, 'sso-region');
  const awsAuth = text(given, 'aws-auth');
  return {
    ...(awsAuth === undefined ? {} : { awsAuth }),
    ...(config === undefined ? {} : { config }),
    ...(existing === undefined ? {} : { existing }),
    ...(ssoRegion === undefined ? {} : { ssoRegion }),
    ...(runner === undefined ? {} : { runner }),
    varFiles: [given['var-file'] ?? []].flat() as string[],
    emit: given['emit'] as Emit,
    ...(given['to'] === 'v21' ? { to: 'v21' } : {}),
    clusterCreatorAdmin: given['cluster-creator-admin'] === true,
    format: given['format'] as FormatName,
    color: given['no-color'] !== true,
    quiet: given['quiet'] === true,
  };
};

export const convertFlags = (given: Given): ConvertFlags => {
  const out = text(given, 'out');
  const phase = text(given, 'phase') as PhaseId | undefined;
  return {
    ...moduleFlags(given),
    paths: given['paths'] as string[],
    ...(out === undefined ? {} : { out }),
    ...(phase === undefined ? {} : { phase }),
    write: given['write'] === true,
    diff: given['diff'] === true,
    acceptUnverified: given['accept-unverified'] === true,
    whereDue: given['where-due'] === true,
  };
};

export const statusFlags = (given: Given): StatusFlags => ({ ...moduleFlags(given), path: String(given['path']) });

export const importBlocksFlags = (given: Given): ImportBlocksFlags => {
  const clusterName = text(given, 'cluster-name');
  const moduleAddress = text(given, 'module-address');
  return {
    ...moduleFlags(given),
    path: String(given['path']),
    ...(clusterName === undefined ? {} : { clusterName }),
    ...(moduleAddress === undefined ? {} : { moduleAddress }),
  };
};

export const explainFlags = (given: Given): ExplainFlags => ({ code: String(given['code']) });
