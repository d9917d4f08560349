import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { attribute, blocks } from '../../hcl/index.ts';
import { isCertain, identityOf, meaningOf, sameIdentity, type Cluster, type Field } from '../../parser/index.ts';
import { blocksOf, referencesOf, type RootModule } from '../../terraform/index.ts';
import type { State } from '../../emitter/index.ts';
import { entriesOfCluster } from '../entries.ts';
import { awsProviderOf } from '../../parser/index.ts';
import type { CheckRule } from '../rule.ts';

/**
 * `enable_cluster_creator_admin_permissions` makes an entry, under the key cluster_creator, for whoever runs Terraform.
 * Source: terraform-aws-modules/eks, main.tf since 20.0.0; its issues 2911, 2933 and 3400.
 */
export const creatorAdmin: CheckRule = state =>
  state.source.clusters
    .filter(cluster => cluster.creatorAdmin === 'on')
    .flatMap(cluster => {
      const { address, block } = cluster;
      const at = attribute(block.body, 'enable_cluster_creator_admin_permissions')?.range;
      const taken = entriesOfCluster(state, cluster).find(
        ({ written }) => written.form === 'argument' && isCertain(written) && written.key === 'cluster_creator',
      );
      if (taken) return [diagnose('TAE734', { call: address }, taken.written.range)];
      const twice = twiceThere(state, cluster);
      if (twice.length > 0) return twice;
      return assumesRole(state.source.module, cluster) ? [] : [diagnose('TAE735', { call: address }, at)];
    });

const twiceThere = (state: State, cluster: Cluster): readonly Diagnostic[] =>
  entriesOfCluster(state, cluster)
    .filter(({ written }) => isCertain(written))
    .flatMap(entry => {
      const field = entry.written.principal;
      const why = field && runnerBy(state, field);
      if (!field || why === undefined) return [];
      return [diagnose('TAE733', { call: cluster.address, entry: entry.name, why }, field.range)];
    });

/** How a principal is known to be whoever runs Terraform. */
const runnerBy = ({ source: { module }, options: { runner } }: State, field: Field): string | undefined => {
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  const identity = identityOf({ ...field, ...field.meaning }, module);
  if (arn && sameIdentity(identity, { kind: 'arn', arn })) return `the runner, ${runner}`;
  const path = referencesOf(meaningOf(field).expression)[0]?.path ?? [];
  if (path[0] !== 'data' || path[1] !== 'aws_iam_session_context' || path[3] !== 'issuer_arn') return undefined;
  const data = blocksOf(module, 'data', 'aws_iam_session_context').find(({ labels }) => labels[1] === path[2]);
  const of = data && attribute(data.body, 'arn');
  const caller = of && referencesOf(of.value)[0]?.path;
  return caller?.[0] === 'data' && caller[1] === 'aws_caller_identity'
    ? `that identity (${path.join('.')})`
    : undefined;
};

/** Then everybody runs as that role. */
const assumesRole = (module: RootModule, cluster: Cluster): boolean => {
  const provider = awsProviderOf(module, cluster);
  return provider !== undefined && blocks(provider.body).some(({ type }) => type.startsWith('assume_role'));
};
