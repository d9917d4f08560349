import { attribute, walk, type Expression, type ObjectExpression } from '../../hcl/index.ts';
import { blocksOf, type RootModule } from '../../terraform/index.ts';
import { callArgument, type Cluster } from '../clusters/cluster.ts';
import type { Piece } from '../expressions/piece.ts';

/** A role that a managed node group or a Fargate profile is given. */
export type RoleArgument = {
  readonly words: string;
  readonly value: Piece;
};

export const roleArguments = (module: RootModule, cluster: Cluster): readonly RoleArgument[] => {
  const fromCall = [
    'eks_managed_node_groups',
    'eks_managed_node_group_defaults',
    'fargate_profiles',
    'fargate_profile_defaults',
  ].flatMap(name => {
    const groups = callArgument(cluster, name);
    const words = name.startsWith('eks') ? 'a managed node group' : 'a Fargate profile';
    const defaults = callArgument(cluster, name.replace(/s$/, '_defaults'))?.value;
    if (!groups) return [];
    const roles = [...givenRoles(groups.value, defaults), ...fixedNames(groups.value)];
    return roles.map(expression => ({ words, value: { expression, file: groups.in } }));
  });
  // Version 17 takes the role of a group as it is. Source: modules/node_groups/node_groups.tf of terraform-aws-modules/eks 17.24.0.
  const from17 = ['node_groups', 'node_groups_defaults'].flatMap(name => {
    const groups = callArgument(cluster, name);
    if (!groups) return [];
    return valuesOf(groups.value, 'iam_role_arn').map(expression => ({
      words: 'a managed node group',
      value: { expression, file: groups.in },
    }));
  });
  const resources = [
    ['aws_eks_node_group', 'node_role_arn', 'the managed node group'],
    ['aws_eks_fargate_profile', 'pod_execution_role_arn', 'the Fargate profile'],
  ] as const;
  const fromResources = resources.flatMap(([type, argument, words]) =>
    blocksOf(module, 'resource', type).flatMap(resource => {
      const role = attribute(resource.body, argument);
      return role
        ? [{ words: `${words} ${resource.labels.join('.')}`, value: { expression: role.value, file: resource.in } }]
        : [];
    }),
  );
  return [...fromCall, ...from17, ...fromResources];
};

/**
 * `iam_role_arn` where the group does not make a role of its own all the same: `create_iam_role` is true by default, and the
 * argument is then without effect. A group's own flag beats the defaults'.
 * Source: terraform-aws-modules/eks 20 and 21, modules/eks-managed-node-group and modules/fargate-profile, main.tf.
 */
const givenRoles = (groups: Expression, defaults: Expression | undefined): readonly Expression[] => {
  const byDefault = defaults ? objectsOf(defaults).some(declines) : false;
  return objectsOf(groups)
    .filter(object => declines(object) ?? byDefault)
    .flatMap(({ items }) => items.filter(({ name }) => name === 'iam_role_arn').map(({ value }) => value));
};

const declines = ({ items }: ObjectExpression): boolean | undefined => {
  const flag = items.findLast(({ name }) => name === 'create_iam_role')?.value;
  return flag && flag.kind === 'bool' && !flag.value;
};

/** `iam_role_name` where no prefix is made of it: then the role has exactly this name. */
const fixedNames = (groups: Expression): readonly Expression[] =>
  objectsOf(groups)
    .filter(({ items }) =>
      items.some(({ name, value }) => name === 'iam_role_use_name_prefix' && value.kind === 'bool' && !value.value),
    )
    .flatMap(({ items }) => items.filter(({ name }) => name === 'iam_role_name').map(({ value }) => value));

/** Every object in an expression. */
export const objectsOf = (expression: Expression): readonly ObjectExpression[] => {
  const objects: ObjectExpression[] = [];
  walk(expression, node => {
    if (node.kind === 'object') objects.push(node);
  });
  return objects;
};

/** The values of one key in every object of an expression. */
export const valuesOf = (expression: Expression, key: string): readonly Expression[] =>
  objectsOf(expression).flatMap(({ items }) => items.filter(({ name }) => name === key).map(({ value }) => value));
