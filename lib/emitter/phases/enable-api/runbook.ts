import { markdownCode } from '../../../escape/markdown.ts';
import { entryType, manages } from '../../../parser/index.ts';
import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { lateValues } from '../../gates/late-values.ts';
import { planWithoutHost } from '../../gates/deferred.ts';
import { clustersHere } from '../../involved.ts';
import { modeUpdates, modeByHand, modePlan } from '../../mode.ts';
import { clusterNames, modeGate, ofCluster } from '../../runbook/words.ts';
import { knownString } from '../../../terraform/index.ts';
import type { RowOutcome, Transformed } from '../../../transformer/index.ts';

export const enableApiRunbook = (state: State): PhaseRunbook => ({
  ...modeByHand(state, 'API_AND_CONFIG_MAP'),
  ...planWithoutHost(state, 'cluster'),
  liveGates: [
    ...clusterNames(state).map(name => ({
      what: `The platform version of ${name} knows access entries (Kubernetes 1.23 with eks.17 or newer, 1.30 with eks.2, later ones all).`,
      command: `aws eks describe-cluster --name ${name} --query 'cluster.[version,platformVersion]' --output text`,
      expect: 'a version and a platform version at or above those',
    })),
    ...driftGates(state),
    ...planWithoutHost(state, 'cluster').liveGates,
  ],
  plan: modePlan(state, [
    ...modeUpdates(
      clustersHere(state),
      'updated in place, access_config.authentication_mode only; no change where the cluster has this mode already',
    ),
    ...lateValues(state),
  ]),
  verify: [
    ...clusterNames(state).map(name => modeGate(name, 'API_AND_CONFIG_MAP')),
    ...clusterNames(state).map(name => ({
      what: 'EKS has made the entries of managed node groups and Fargate profiles.',
      command: `aws eks list-access-entries --cluster-name ${name} --output text`,
      expect: 'one entry per node role and pod execution role; note the ones that are missing',
    })),
    ...windowsRows(state),
  ],
  back: ['There is no way back to CONFIG_MAP. None is needed: aws-auth works as before.'],
  permissions: ['eks:UpdateClusterConfig', 'eks:DescribeCluster', 'eks:DescribeUpdate'],
});

/** EKS has been seen to make EC2_LINUX of a Windows group with a custom AMI. Source: containers-roadmap issue 2327. */
const windowsRows = (state: State): readonly LiveGate[] =>
  state.transformed
    .flatMap(({ cluster, outcomes }) => outcomes.map(outcome => ({ ...outcome, of: ofCluster(state, cluster) })))
    .filter(
      ({ grants, existing }) =>
        grants.type === 'EC2_WINDOWS' && !(existing && entryType(existing.entry) === 'EC2_WINDOWS'),
    )
    .map(({ name, of }) => ({
      what: `The entry of ${markdownCode(name)}${of && ` in the cluster${of}`}, if there is one, is of type EC2_WINDOWS. If it has another type, delete the entry and create it again: a type cannot be changed.`,
      expect: 'EC2_WINDOWS, or no entry',
    }));

/**
 * What the next apply makes of the live ConfigMap, before any phase. It comes first, so that the plan of phase 1 shows the mode
 * alone and nobody takes the change of rows for a part of it.
 */
const driftGates = ({ transformed }: State): readonly LiveGate[] => {
  const lines = transformed.flatMap(drift);
  if (lines.length === 0) return [];
  return [
    {
      what: `The ConfigMap matches the source. As it stands, an apply of the source ${lines.join(', ')}: do that first.`,
      command: 'terraform plan',
      expect: 'no change of aws_auth',
    },
  ];
};

const drift = ({ mapping, outcomes, unmatched }: Transformed): readonly string[] => {
  if (!mapping || mapping.create.value === false || mapping.manageConfigMap.value === false) return [];
  const taken = unmatched
    .filter(({ list }) => manages(mapping, list))
    .map(({ principal }) => markdownCode(knownString(principal?.value) ?? ''));
  return [
    ...outcomes.filter(({ row }) => manages(mapping, row.list)).flatMap(outcome => words(outcome) ?? []),
    ...(taken.length === 0 ? [] : [`takes out the rows of ${taken.join(', ')}, unless the source has them`]),
  ];
};

const words = ({ row, name, disposition, existing, liveRow }: RowOutcome): string | undefined => {
  if (disposition === 'blocked') return undefined;
  if (row.live) return existing ? undefined : `takes out the row of ${markdownCode(name)}`;
  if (liveRow === undefined) return undefined;
  return `${liveRow === 'missing' ? 'adds' : 'changes'} the row of ${markdownCode(name)}`;
};
