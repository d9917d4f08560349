import type { LiveGate, PhaseRunbook, State } from '../phase.ts';
import { authenticatorLog, clusterNames, codeSpan, modeGate } from './words.ts';

/** Phase 3: what must be true of the live cluster before aws-auth goes, and how it comes back. */
export const removeAwsAuthRunbook = (state: State): PhaseRunbook => {
  const names = clusterNames(state);
  return {
    liveGates: [
      ...names.map(name => modeGate(name, 'API_AND_CONFIG_MAP')),
      {
        what: 'A copy of the live ConfigMap is kept. Rows that are not in the source would be lost otherwise.',
        command: 'kubectl get configmap aws-auth -n kube-system -o yaml > aws-auth-backup.yaml',
        expect: 'a file',
      },
      {
        what: 'Every row of that copy has an entry that grants the same, or is one you mean to lose.',
        command: 'tf-access-entries verify-access --aws-auth aws-auth-backup.yaml --existing entries.json',
        expect: 'aws-auth can go',
      },
      ...names.map(name => ({
        what: 'Every node role and pod execution role has its entry, with the right type: EC2_LINUX, EC2_WINDOWS or FARGATE_LINUX. A node role without one cannot join any more nodes.',
        command: nodeCheck(name),
        expect: 'one line per entry, with its type',
      })),
      ...leftRows(state),
      {
        what: 'The role that runs Terraform has an entry of its own. Without one it cannot read the ConfigMap it is about to empty.',
        command: 'aws sts get-caller-identity --query Arn --output text',
        expect: 'the session of a role that has an entry with AmazonEKSClusterAdminPolicy',
      },
      {
        what: 'Nobody has come in through aws-auth for as long as you waited. The authenticator log names the ARN, the username and the groups of each sign-in.',
        command: authenticatorLog(names[0] ?? '"$CLUSTER_NAME"'),
        expect: 'only principals that have an entry, with the username and groups of the entry',
      },
    ],
    plan: [
      'kubernetes_config_map_v1_data.aws_auth[0] destroyed, where manage_aws_auth_configmap was true',
      'kubernetes_config_map.aws_auth[0] destroyed, where create_aws_auth_configmap was true',
      'nothing else',
    ],
    verify: [
      {
        what: 'What is left of the ConfigMap. Destroying the data empties mapRoles, mapUsers and mapAccounts and may leave the object.',
        command: 'kubectl get configmap aws-auth -n kube-system -o yaml',
        expect: 'no such object, or one without rows',
      },
      {
        what: 'New nodes join: start one node per node group and one Fargate pod per profile.',
        command: 'kubectl get nodes --sort-by=.metadata.creationTimestamp',
        expect: 'the new nodes, Ready',
      },
    ],
    back: [
      'Apply revision 2 again: it writes the rows of the source back.',
      'Rows that were in the live ConfigMap alone come from the copy: kubectl apply -f aws-auth-backup.yaml',
    ],
    permissions: [
      'eks:DescribeCluster',
      'and the rights in the cluster to read and write the ConfigMap aws-auth in kube-system',
    ],
  };
};

const nodeCheck = (name: string): string =>
  `for arn in $(aws eks list-access-entries --cluster-name ${name} --query 'accessEntries[]' --output text); do aws eks describe-access-entry --cluster-name ${name} --principal-arn "$arn" --query 'accessEntry.[type,principalArn]' --output text; done`;

const leftRows = (state: State): readonly LiveGate[] =>
  state.transformed.flatMap(({ outcomes }) =>
    outcomes
      .filter(({ disposition }) => disposition === 'left-to-eks')
      .map(({ name, reason }) => ({
        what: `${codeSpan(name)} is left out of the entries: ${reason}.`,
        expect: 'its entry is in the list above',
      })),
  );
