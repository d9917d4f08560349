import { shellQuote } from '../../../escape/shell.ts';
import { seemsCalled } from '../../../terraform/index.ts';
import type { PhaseRunbook, State } from '../../phase.ts';
import { clusterNames, snapshotLoop } from '../../runbook/words.ts';
import { createdIn, hasPlannedEntries } from './planned-runbook.ts';

/**
 * A killed apply leaves entries that are live and not in the state, and creating one again is a 409. Import blocks need an ARN and a key
 * that the source tells, in a root module. The plan has them always. An association that exists can be made again.
 * Source: terraform-provider-aws, internal/service/eks/access_policy_association.go; EKS user guide, access-policies.
 */
export const adoptLive = (state: State, isTold: boolean, planFlags = ''): NonNullable<PhaseRunbook['adopt']> => {
  const found = clusterNames(state);
  const names = found.length > 0 ? found : ['"$CLUSTER_NAME"'];
  if (!isTold || hasPlannedEntries(state) || seemsCalled(state.source.module)) {
    return {
      how: 'The source does not tell the address or the ARN of each, so `import-blocks` cannot name them all, and the addresses come from the plan: `terraform import` takes the entries that are live into the state. An entry that the killed apply made can also be deleted with `aws eks delete-access-entry`: its row counts again, and the apply makes it anew. No other entry may be deleted, since it may have no row. `ResourceNotFoundException` for a principalArn says that its entry is not live, and the loop goes on',
      commands: [
        `terraform plan${planFlags} -out=phase-2.tfplan`,
        `${createdIn('phase-2.tfplan', 'aws_eks_access_entry', String.raw`"\(.change.after.cluster_name) \(.change.after.principal_arn) \(.address)"`)} |`,
        '  while read -r cluster arn address; do',
        '    aws eks describe-access-entry --cluster-name "$cluster" --principal-arn "$arn" < /dev/null > /dev/null &&',
        '      terraform import "$address" "$cluster:$arn" < /dev/null',
        '  done',
        ...names.map(snapshotLoop),
      ],
    };
  }
  const flags = importFlags(state);
  return {
    how: 'Import blocks adopt them',
    file: 'adopt-entries.tf',
    // One snapshot of all, since the plan after it is judged by it.
    commands: [
      ...names.map(snapshotLoop),
      ...names.map(
        (name, index) =>
          `npx tf-access-entries import-blocks . --cluster-name ${name} --existing entries.json${flags} ${index === 0 ? '>' : '>>'} adopt-entries.tf`,
      ),
    ],
  };
};

/** Those of the conversion that say what the entries are. */
const importFlags = ({ options: { emit, configFile, ssoRegion, runner } }: State): string =>
  [
    ...(emit === 'resources' ? ['--emit', emit] : []),
    ...(configFile === undefined ? [] : ['--config', shellQuote(configFile)]),
    ...(ssoRegion === undefined ? [] : ['--sso-region', shellQuote(ssoRegion)]),
    ...(runner === undefined ? [] : ['--runner', shellQuote(runner)]),
  ]
    .map(word => ` ${word}`)
    .join('');
