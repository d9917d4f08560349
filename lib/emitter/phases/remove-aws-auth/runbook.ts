import { markdownCode, markdownText } from '../../../escape/markdown.ts';
import { isInForce, liveByHand } from '../../../parser/index.ts';
import { knownString } from '../../../terraform/index.ts';
import { writerOf } from '../../aws-auth/writers.ts';
import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { awsAuthBack } from '../../runbook/way-back.ts';
import {
  authenticatorLog,
  backUpConfigMaps,
  clusterNames,
  clustersOrOne,
  configFlag,
  modeGate,
  ofCluster,
} from '../../runbook/words.ts';

/** Phase 3: what must be true of the live cluster before aws-auth goes, and how it comes back. */
export const removeAwsAuthRunbook = (state: State): PhaseRunbook => {
  const names = clusterNames(state);
  const clusters = clustersOrOne(state);
  const live = liveByHand(state.source).map(({ cluster }) => cluster);
  const found = clusters.filter(({ cluster }) => cluster && live.includes(cluster));
  const byHand = live.length > 0 && found.length === 0 ? clusters : found;
  const writing = state.source.mappings.filter(mapping => isInForce(mapping) !== false);
  const called = writing.length > 0 || byHand.length === 0;
  return {
    ...(byHand.length > 0
      ? { byHand: { heading: emptyHeading, note: emptyNote, commands: byHand.map(({ kubectl }) => empty(kubectl)) } }
      : {}),
    liveGates: [
      ...names.map(name => modeGate(name, 'API_AND_CONFIG_MAP')),
      ...backUpConfigMaps(
        state,
        'A copy of the live ConfigMap is kept. Rows that are not in the source would be lost otherwise.',
      ),
      ...clusters.map(({ name, of, backup }) => ({
        what: `Every row of ${of === '' ? 'that copy' : `the copy${of}`} has an entry that grants the same, or is one that you want to lose.`,
        command: `npx tf-access-entries verify-access --aws-auth ${backup} --existing entries.json${of === '' ? '' : ` --cluster-name ${name}`}${configFlag(state)}`,
        expect: 'aws-auth can go',
      })),
      ...names.map(name => ({
        what: 'Every node role and pod execution role has its entry, with the right type: EC2_LINUX, EC2_WINDOWS or FARGATE_LINUX. A node role without one cannot join any more nodes.',
        command: nodeCheck(name),
        expect: 'one line per entry, with its type',
      })),
      ...leftRows(state),
      ...unmatchedRows(state),
      {
        what: `${called ? 'The role that runs Terraform' : 'Whoever runs kubectl below'} has an entry of its own${clusters.length > 1 ? ' in each cluster' : ''}. Without one it cannot ${called ? 'read the ConfigMap it is about to empty' : 'undo what it is about to do'}.`,
        command: 'aws sts get-caller-identity --query Arn --output text',
        expect: 'the session of a role that has an entry with AmazonEKSClusterAdminPolicy',
      },
      ...clusters.map(({ name, of }) => ({
        what: `Nobody has signed in through aws-auth${of} while you waited. The authenticator log names the ARN, the username and the groups of each sign-in.`,
        command: authenticatorLog(name),
        expect: 'only principals that have an entry, with the username and groups of the entry',
      })),
    ],
    plan: called
      ? [
          ...new Set(
            (writing.length > 0 ? writing : state.source.mappings).flatMap(mapping => writerOf(mapping).plan(mapping)),
          ),
          'nothing else',
        ]
      : ['No changes. This root module does not write the ConfigMap.'],
    verify: [
      ...clusters.map(({ kubectl, of }) => ({
        what: called
          ? `What is left of the ConfigMap${of}. Destroying the data empties mapRoles, mapUsers and mapAccounts and may leave the object.`
          : `What is left of the ConfigMap${of}.`,
        command: `${kubectl} get configmap aws-auth -n kube-system -o yaml`,
        expect: 'no such object, or one without rows',
      })),
      ...clusters.map(({ kubectl, of }) => ({
        what: `New nodes${of} join: start one node per node group and one Fargate pod per profile.`,
        command: `${kubectl} get nodes --sort-by=.metadata.creationTimestamp`,
        expect: 'the new nodes, Ready',
      })),
    ],
    ...awsAuthBack(state, called),
    permissions: [
      'eks:DescribeCluster',
      'and the rights in the cluster to read and write the ConfigMap aws-auth in kube-system',
    ],
  };
};

const emptyHeading = 'Empty the ConfigMap that no aws-auth call here writes:';
const emptyNote =
  '**By hand.** No aws-auth call of this root module writes the ConfigMap, so nothing changes in the source: it is emptied with kubectl.';

/** An empty ConfigMap maps nobody, and the object stays as it does when Terraform empties it. */
const empty = (kubectl: string): string =>
  `${kubectl} patch configmap aws-auth -n kube-system --type merge -p '{"data":null}'`;

const nodeCheck = (name: string): string =>
  `for arn in $(aws eks list-access-entries --cluster-name ${name} --query 'accessEntries[]' --output text); do aws eks describe-access-entry --cluster-name ${name} --principal-arn "$arn" --query 'accessEntry.[type,principalArn]' --output text; done`;

/** They may be in the source, behind an expression, or in the ConfigMap alone. */
const unmatchedRows = ({ transformed }: State): readonly LiveGate[] => {
  const rows = transformed.flatMap(({ unmatched }) => unmatched);
  if (rows.length === 0) return [];
  return [
    {
      what: `Rows of the live ConfigMap that could not be matched with the source have entries, too: ${rows.map(({ principal }) => markdownCode(knownString(principal?.value) ?? '')).join(', ')}.`,
      expect: 'verify-access above says of each that it keeps what it has',
    },
  ];
};

const leftRows = (state: State): readonly LiveGate[] =>
  state.transformed.flatMap(({ cluster, outcomes }) =>
    outcomes
      .filter(({ disposition }) => disposition === 'left-to-eks')
      .map(({ name, reason }) => ({
        what: `${markdownCode(name)} is left out of the entries${ofCluster(state, cluster)}: ${markdownText(reason)}.`,
        expect: 'its entry is in the list above',
      })),
  );
