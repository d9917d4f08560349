import { parsePrincipalArn } from '../../../eks/index.ts';
import { entryType, manages } from '../../../parser/index.ts';
import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { lateValues } from '../../gates/late-values.ts';
import { planWithoutHost } from '../../gates/deferred.ts';
import { clustersHere } from '../../involved.ts';
import { modeUpdates, modeByHand, modePlan } from '../../mode.ts';
import { valuesFlag } from '../../per-environment/ways.ts';
import { modeGate } from '../../runbook/live-gates.ts';
import { namedClusters } from '../../runbook/named-clusters.ts';
import { knownString } from '../../../terraform/index.ts';
import type { RowOutcome, Transformed } from '../../../transformer/index.ts';

export const enableApiRunbook = (state: State): PhaseRunbook => ({
  ...modeByHand(state, 'API_AND_CONFIG_MAP'),
  ...planWithoutHost(state, 'cluster'),
  liveGates: [
    ...namedClusters(state).map(on => ({
      what: 'The platform version knows access entries',
      check: ['platform_version'] as const,
      expect: 'Kubernetes 1.23 with eks.17 or newer, 1.30 with eks.2, later ones all',
      on,
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
    ...namedClusters(state).flatMap((on): readonly LiveGate[] => [
      modeGate(on, 'API_AND_CONFIG_MAP'),
      {
        what: 'EKS has made the entries of managed node groups and Fargate profiles. Note those that are missing: phase 3 needs them',
        check: ['node_entries', '3'],
        expect: 'one entry per node role and pod execution role, of its type',
        on,
      },
    ]),
    ...windowsRows(state),
  ],
  back: [],
  permissions: ['eks:UpdateClusterConfig', 'eks:DescribeCluster', 'eks:DescribeUpdate'],
});

/** EKS has been seen to make EC2_LINUX of a Windows group with a custom AMI. Source: containers-roadmap issue 2327. */
const windowsRows = (state: State): readonly LiveGate[] =>
  state.transformed.flatMap(({ cluster, outcomes }) =>
    outcomes
      .filter(
        ({ grants, existing }) =>
          grants.type === 'EC2_WINDOWS' && !(existing && entryType(existing.entry) === 'EC2_WINDOWS'),
      )
      .map((outcome): LiveGate => {
        const on = namedClusters(state).find(one => one.cluster === cluster);
        return {
          what: `The entry of ${outcome.name}, if there is one, is of type EC2_WINDOWS. If it has another type, delete the entry and create it again: a type cannot be changed`,
          expect: 'EC2_WINDOWS, or no entry',
          ...(parsePrincipalArn(outcome.name) ? { check: ['entry_type_is', outcome.name, 'EC2_WINDOWS'] } : {}),
          ...(on ? { on } : {}),
        };
      }),
  );

/**
 * What the next apply makes of the live ConfigMap, before any phase. It comes first, so that the plan of phase 1 shows the mode
 * alone and nobody takes the change of rows for a part of it.
 */
const driftGates = (state: State): readonly LiveGate[] => {
  const lines = state.transformed.flatMap(drift);
  if (lines.length === 0) return [];
  return [
    {
      what: `The ConfigMap matches the source. As it stands, an apply of the source ${lines.join(', ')}: do that first`,
      command: `terraform plan${valuesFlag(state)}`,
      expect: 'no change of aws_auth',
    },
  ];
};

const drift = ({ mapping, outcomes, unmatched }: Transformed): readonly string[] => {
  if (!mapping || mapping.create.value === false || mapping.manageConfigMap.value === false) return [];
  const taken = unmatched
    .filter(({ list }) => manages(mapping, list))
    .map(({ principal }) => knownString(principal?.value) ?? '');
  return [
    ...outcomes.filter(({ row }) => manages(mapping, row.list)).flatMap(outcome => words(outcome) ?? []),
    ...(taken.length === 0 ? [] : [`takes out the rows of ${taken.join(', ')}, unless the source has them`]),
  ];
};

const words = ({ row, name, disposition, existing, liveRow }: RowOutcome): string | undefined => {
  if (disposition === 'blocked') return undefined;
  if (row.live) return existing ? undefined : `takes out the row of ${name}`;
  if (liveRow === undefined) return undefined;
  return `${liveRow === 'missing' ? 'adds' : 'changes'} the row of ${name}`;
};
