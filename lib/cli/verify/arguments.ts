import type { Argv } from 'yargs';
import { phaseIds, type PhaseId } from '../../diagnostics/index.ts';
import { formatNames, type FormatName } from '../../report/formats/names.ts';
import type { Given } from '../arguments.ts';

export type VerdictFlags = { readonly format: FormatName; readonly color: boolean };

export type VerifyPlanFlags = VerdictFlags & {
  readonly plan: string;
  readonly phase?: PhaseId;
  readonly existing?: string;
  readonly clusterName?: string;
  readonly config?: string;
  readonly strict: boolean;
  readonly acceptUnverified: boolean;
};

export type VerifyAccessFlags = VerdictFlags & {
  readonly awsAuth?: string;
  readonly existing?: string;
  readonly rbac?: string;
  readonly config?: string;
};

const value = (description: string) => ({ type: 'string', requiresArg: true, description }) as const;
const flag = (description: string) => ({ type: 'boolean', description }) as const;

const verdictOptions = {
  format: {
    choices: formatNames,
    default: 'pretty',
    requiresArg: true,
    description: 'pretty, json, sarif, github (annotations) or markdown',
  },
  'no-color': flag('No colours; NO_COLOR does the same'),
} as const;

export const verifyPlanArguments = (argv: Argv): Argv =>
  argv
    .usage(
      '$0 verify-plan <plan> --phase <id>\n\nSays whether a plan does what the phase may do, and nothing else. Changes nothing.',
    )
    .positional('plan', { type: 'string', description: 'The output of terraform show -json, or - for stdin' })
    .options({
      phase: { choices: phaseIds, requiresArg: true, description: 'The phase that the plan is for' },
      existing: value('The live entries: JSON of describe-access-entry and list-associated-access-policies'),
      'cluster-name': value('The cluster to migrate, where the plan has others, too'),
      config: value('The config of convert: who is dropped there may lose access'),
      strict: flag('Fail on changes of other resource types, too'),
      'accept-unverified': flag('Take what the plan cannot show as checked by hand'),
      ...verdictOptions,
    });

export const verifyAccessArguments = (argv: Argv): Argv =>
  argv
    .usage(
      '$0 verify-access --aws-auth <file> --existing <file>\n\nSays who would lose access if aws-auth went now. Changes nothing.',
    )
    .options({
      'aws-auth': value('The ConfigMap: kubectl get configmap aws-auth -n kube-system -o yaml, or - for stdin'),
      existing: value('The live entries: JSON of describe-access-entry and list-associated-access-policies'),
      rbac: value('The bindings: kubectl get clusterrolebindings,rolebindings -A -o json'),
      config: value('The config of convert: what it gives up is no loss'),
      ...verdictOptions,
    });

const text = (given: Given, name: string): string | undefined => given[name] as string | undefined;

const verdictFlags = (given: Given): VerdictFlags => ({
  format: given['format'] as FormatName,
  color: given['no-color'] !== true,
});

export const verifyPlanFlags = (given: Given): VerifyPlanFlags => {
  const phase = text(given, 'phase') as PhaseId | undefined;
  const existing = text(given, 'existing');
  const clusterName = text(given, 'cluster-name');
  const config = text(given, 'config');
  return {
    ...verdictFlags(given),
    plan: String(given['plan']),
    ...(phase === undefined ? {} : { phase }),
    ...(existing === undefined ? {} : { existing }),
    ...(clusterName === undefined ? {} : { clusterName }),
    ...(config === undefined ? {} : { config }),
    strict: given['strict'] === true,
    acceptUnverified: given['accept-unverified'] === true,
  };
};

export const verifyAccessFlags = (given: Given): VerifyAccessFlags => {
  const awsAuth = text(given, 'aws-auth');
  const existing = text(given, 'existing');
  const rbac = text(given, 'rbac');
  const config = text(given, 'config');
  return {
    ...verdictFlags(given),
    ...(awsAuth === undefined ? {} : { awsAuth }),
    ...(existing === undefined ? {} : { existing }),
    ...(rbac === undefined ? {} : { rbac }),
    ...(config === undefined ? {} : { config }),
  };
};
