import { parsePrincipalArn } from '../../../eks/index.ts';
import { isInForce, liveByHand } from '../../../parser/index.ts';
import { knownString } from '../../../terraform/index.ts';
import { writerOf } from '../../aws-auth/writers.ts';
import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { awsAuthBack } from '../../runbook/way-back.ts';
import type { NamedCluster } from '../../runbook/live-gate.ts';
import { backUpConfigMaps, callerGate, emptyGate, modeGate, signInGate } from '../../runbook/live-gates.ts';
import { clustersOrOne } from '../../runbook/named-clusters.ts';
import { configFlag } from '../../runbook/words.ts';

/** Phase 3: what must be true of the live cluster before aws-auth goes, and how it comes back. */
export const removeAwsAuthRunbook = (state: State): PhaseRunbook => {
  const clusters = clustersOrOne(state);
  const live = liveByHand(state.source).map(({ cluster }) => cluster);
  const found = clusters.filter(({ cluster }) => cluster && live.includes(cluster));
  const byHand = live.length > 0 && found.length === 0 ? clusters : found;
  const writing = state.source.mappings.filter(mapping => isInForce(mapping) !== false);
  const called = writing.length > 0 || byHand.length === 0;
  return {
    ...(byHand.length > 0
      ? {
          byHand: {
            heading: emptyHeading,
            note: emptyNote + othersNote(state),
            commands: byHand.map(({ kubectl }) => empty(kubectl)),
          },
        }
      : {}),
    liveGates: [
      ...clusters.map(on => modeGate(on, 'API_AND_CONFIG_MAP')),
      ...backUpConfigMaps(state, ': rows that are not in the source would be lost otherwise'),
      ...clusters.flatMap((on): readonly LiveGate[] => [
        {
          what: 'Every role of a node group and of a Fargate profile has its entry, of the right type. Once its row is gone, a role without one lets no node in',
          check: ['node_entries', '1'],
          expect: 'EC2_LINUX, EC2_WINDOWS or FARGATE_LINUX',
          on,
        },
        ...leftRows(state, on),
        ...unmatchedRows(state, on),
        callerGate(
          on,
          `Whoever runs this has an admin entry. Without one it could not ${called ? 'read the ConfigMap that is emptied' : 'undo what is done'}`,
        ),
        signInGate(on),
      ]),
    ],
    compare: clusters.map(
      ({ name, of, backup }) =>
        `verify-access --aws-auth ${backup} --existing entries.json${of === '' ? '' : ` --cluster-name ${name}`}${configFlag(state)}`,
    ),
    plan: called
      ? [
          ...new Set(
            (writing.length > 0 ? writing : state.source.mappings).flatMap(mapping => writerOf(mapping).plan(mapping)),
          ),
          'nothing else',
        ]
      : ['No changes. No .tf file of this root module writes the ConfigMap.'],
    verify: clusters.flatMap((on): readonly LiveGate[] => [
      emptyGate(on),
      {
        what: 'New nodes join: start one node per node group and one Fargate pod per profile',
        check: ['nodes_are_ready'],
        expect: 'the new nodes, Ready',
        on,
      },
    ]),
    ...awsAuthBack(state, called),
    permissions: ['eks:DescribeCluster', 'in the cluster: read and write aws-auth'],
  };
};

const emptyHeading = 'Empty the ConfigMap that no aws-auth call here writes:';
const emptyNote =
  '**By hand.** No aws-auth call in the .tf files of this root module writes the ConfigMap, so nothing changes there: it is emptied with kubectl.';

/** Other ways on which Terraform writes rows into it. */
const othersNote = ({ source }: State): string => {
  const others = source.elsewhere.filter(({ ofItsCluster }) => !ofItsCluster).map(({ address }) => address);
  const names = [...new Set(others)];
  if (names.length === 0) return '';
  const [bring, its, them] = names.length === 1 ? ['brings', 'its', 'it'] : ['bring', 'their', 'these'];
  return ` ${names.join(', ')} ${bring} rows into aws-auth, and ${its} next apply brings them back. Once \`gates 3\` has passed, take them out of ${them} and apply that, and then empty what is left.`;
};

/** An empty ConfigMap maps nobody, and the object stays as it does when Terraform empties it. */
const empty = (kubectl: string): string =>
  `${kubectl} patch configmap aws-auth -n kube-system --type merge -p '{"data":null}'`;

/** They may be in the source, behind an expression, or in the ConfigMap alone. */
const unmatchedRows = (state: State, on: NamedCluster): readonly LiveGate[] => {
  const rows = ofThisCluster(state, on).flatMap(({ unmatched }) => unmatched);
  if (rows.length === 0) return [];
  return [
    {
      what: `Rows of the live ConfigMap that could not be matched with the source have entries, too: ${rows.map(({ principal }) => knownString(principal?.value) ?? '').join(', ')}`,
      expect: 'verify-access, which comes next, says of each that it keeps what it has',
      on,
    },
  ];
};

const leftRows = (state: State, on: NamedCluster): readonly LiveGate[] =>
  ofThisCluster(state, on).flatMap(({ outcomes }) =>
    outcomes
      .filter(({ disposition }) => disposition === 'left-to-eks')
      .map(({ name, reason }) => ({
        what: `${name} is left out of the entries: ${reason}`,
        ...(parsePrincipalArn(name) ? { check: ['has_node_entry', name] as const } : {}),
        expect: 'it has an entry of a node type',
        on,
      })),
  );

/** Of a mapping whose cluster is not known everything is asked in the first. */
const ofThisCluster = (state: State, on: NamedCluster): State['transformed'] => {
  const all = clustersOrOne(state);
  return state.transformed.filter(
    ({ cluster }) => (all.find(one => one.cluster === cluster) ?? all[0])?.alias === on.alias,
  );
};
