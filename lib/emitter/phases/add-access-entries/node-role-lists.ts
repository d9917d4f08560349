import {
  entryFlag,
  fargateProfiles,
  karpenterNodes,
  managedGroups,
  managedGroups17,
  selfManagedGroups,
  sharedRoles17,
} from '../../../eks/node-group-forms.ts';
import { attribute, quote, sourceOf } from '../../../hcl/index.ts';
import {
  clusterOfNodes,
  groupOfCall,
  groupsInCall,
  instanceOf,
  isCalled,
  isInlineRelease,
  repetitionOf,
  staysPut,
  versionOf,
  type CalledCluster,
  type Cluster,
  type Source,
} from '../../../parser/index.ts';
import { isBefore } from '../../../terraform/index.ts';

/** HCL of lists or maps of what has the roles of a cluster's nodes whose entries are made by EKS, or by the module. */
export const nodeRoleLists = (source: Source, cluster: Cluster): readonly string[] =>
  isCalled(cluster)
    ? [
        ...(isBefore(cluster.version, '18.0.0') ? lists17(cluster) : lists(source, cluster)),
        ...karpenterRoles(source, cluster).map(role => `[{ iam_role_arn = ${role} }]`),
      ]
    : [];

const lists17 = (cluster: CalledCluster): readonly string[] => {
  const role = `${instanceOf(cluster.call, cluster.repetition)}.${sharedRoles17.fargate}`;
  return [
    `[for group in values(${outputOf(cluster, managedGroups17.argument)}) : { iam_role_arn = group.${managedGroups17.arns[0]} }]`,
    `[{ iam_role_arn = ${cluster.repetition.kind === 'when' ? `try(${role}, "")` : role} }]`,
  ];
};

/** Before version 20 nobody makes the entries of self-managed groups. */
const lists = (source: Source, cluster: CalledCluster): readonly string[] => {
  const { argument } = selfManagedGroups;
  const condition = staysPut(cluster) ? 'false' : entryCondition(source, cluster);
  const some = `[for name, group in ${outputOf(cluster, argument)} : group if ${condition}]`;
  const selfManaged = condition === 'true' ? outputOf(cluster, argument) : some;
  return [
    ...[managedGroups, fargateProfiles].map(form => outputOf(cluster, form.argument)),
    ...(condition === 'false' ? [] : [selfManaged]),
    ...(staysPut(cluster) ? [] : givenRoles(source, cluster)),
  ];
};

/**
 * HCL of the roles that self-managed groups are given: their output is null, and the module makes their entries.
 * Source: modules/self-managed-node-group of terraform-aws-modules/eks 20, main.tf and outputs.tf.
 */
const givenRoles = ({ module }: Source, { call }: CalledCluster): readonly string[] =>
  (groupsInCall(module, call, selfManagedGroups) ?? []).flatMap(({ makesEntry, role }) =>
    makesEntry === true && role && !role.source.includes('\n') ? [`[{ iam_role_arn = ${role.source} }]`] : [],
  );

/** HCL, with `name` for a self-managed group's: whether the module makes its entry. Source: node_groups.tf of terraform-aws-modules/eks 20 and 21. */
const entryCondition = ({ module }: Source, { call }: CalledCluster): string => {
  const groups = groupsInCall(module, call, selfManagedGroups);
  if (groups) {
    const made = groups.filter(({ makesEntry }) => makesEntry === true);
    if (made.length === groups.length) return 'true';
    const names = made.flatMap(({ key }) => (key === undefined ? [] : [quote(key)]));
    return names.length === 0 ? 'false' : `contains([${names.join(', ')}], name)`;
  }
  const { body, in: file } = call.block;
  const [given, defaults] = [selfManagedGroups.argument, selfManagedGroups.defaults].map(name => {
    const found = attribute(body, name);
    return found && sourceOf(file.text, found.value.range);
  });
  // What takes several lines is not written twice: its rows fail the plan.
  if (given === undefined || `${given}${defaults ?? ''}`.includes('\n')) return 'false';
  const flags = [`${given}[name]`, ...(defaults === undefined ? [] : [defaults])];
  return `coalesce(${flags.map(flag => `try(${flag}.${entryFlag}, null)`).join(', ')}, true)`;
};

/** HCL of an output. A call that is not there has none. */
export const outputOf = ({ call, repetition }: CalledCluster, output: string): string => {
  const list = `${instanceOf(call, repetition)}.${output}`;
  return repetition.kind === 'when' ? `try(${list}, {})` : list;
};

/**
 * HCL of the node roles of a cluster's Karpenter calls, whose entries the module makes from version 20 on. Of several clusters that
 * modules of the repository make, it is not known whose they are.
 * Source: terraform-aws-modules/eks 20, modules/karpenter/main.tf.
 */
const karpenterRoles = ({ module, calls, clusters, installed }: Source, cluster: CalledCluster): readonly string[] =>
  clusters.length > 1 && cluster.wrapper
    ? []
    : calls.flatMap(call => {
        const version = versionOf(call, { installed, stated: undefined });
        const repetition = repetitionOf(call);
        if (groupOfCall(module, call, karpenterNodes)?.makesEntry !== true) return [];
        if (clusterOfNodes(module, cluster, call.block) !== 'this') return [];
        if (isInlineRelease({ version }) || repetition.kind === 'many') return [];
        const role = `${instanceOf(call, repetition)}.${karpenterNodes.arns[0]}`;
        return [repetition.kind === 'when' ? `try(${role}, "")` : role];
      });
