import { stringValue, unwrapParentheses, type Expression, type ObjectExpression } from '../../hcl/index.ts';
import { callArgument, type Cluster } from '../clusters/cluster.ts';

/**
 * Whether a role is one that the module makes for a managed node group: `<group>-eks-node-group-` and the 26 characters that
 * Terraform appends to a prefix, or the name as it is where the group asks for that.
 * Sources: terraform-aws-modules/eks 20 and 21, node_groups.tf and modules/eks-managed-node-group/main.tf;
 * hashicorp/terraform-plugin-sdk, helper/id.
 */
export const isManagedGroupRole = (cluster: Cluster, roleName: string): boolean => {
  const groups = objectOf(callArgument(cluster, 'eks_managed_node_groups')?.value);
  const defaults = objectOf(callArgument(cluster, 'eks_managed_node_group_defaults')?.value);
  return (groups?.items ?? []).some(({ name: key, value }) => {
    const group = objectOf(value);
    if (key === undefined || !group) return false;
    const own = (name: string): Expression | undefined => itemOf(group, name) ?? (defaults && itemOf(defaults, name));
    return matches(roleName, key, own);
  });
};

const matches = (roleName: string, key: string, own: (name: string) => Expression | undefined): boolean => {
  const name = textOf(own('name'), key);
  const base = name === undefined ? undefined : textOf(own('iam_role_name'), `${name}-eks-node-group`);
  const [makes, prefixes] = [flagOf(own('create_iam_role')), flagOf(own('iam_role_use_name_prefix'))];
  if (base === undefined || makes !== true || prefixes === undefined) return false;
  if (!prefixes) return roleName === base;
  return roleName.startsWith(`${base}-`) && /^\d{18}[\da-f]{8}$/.test(roleName.slice(base.length + 1));
};

const objectOf = (expression: Expression | undefined): ObjectExpression | undefined => {
  const inner = expression && unwrapParentheses(expression);
  return inner?.kind === 'object' ? inner : undefined;
};

const itemOf = ({ items }: ObjectExpression, name: string): Expression | undefined =>
  items.findLast(item => item.name === name)?.value;

/** Undefined where it is an expression. */
const textOf = (expression: Expression | undefined, fallback: string): string | undefined =>
  expression ? stringValue(expression) : fallback;

/** Both flags are true by default. */
const flagOf = (expression: Expression | undefined): boolean | undefined => {
  if (!expression) return true;
  return expression.kind === 'bool' ? expression.value : undefined;
};
