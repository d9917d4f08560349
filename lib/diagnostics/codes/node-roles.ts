import { blockedRow, warning } from './definition.ts';

type Owner = {
  readonly owner: string;
  /** Of which cluster it is. */
  readonly doubt: 'cluster';
  /** The call or resource that the nodes are of. */
  readonly group: string;
  /** The cluster at hand. */
  readonly cluster: string;
  readonly maker: string;
};

/** `flag`: whether its create_access_entry is true. `shared`: whether a managed node group has the role, too. */
type Doubt = Owner | { readonly owner: string; readonly doubt: 'flag' | 'shared' };

const clusterHint = (group: string): string =>
  `Write cluster_name of ${group} as an output of its cluster, such as module.eks.cluster_name, or as the name that the cluster has in this source.`;

const why = (said: Doubt): string => {
  if (said.doubt === 'cluster')
    return `and nothing tells of which cluster that is. Where it is ${said.cluster}, ${said.maker} makes the entry`;
  return said.doubt === 'flag'
    ? 'whose create_access_entry the source does not tell. Where it is true, the module makes the entry'
    : 'and the source does not tell whether a managed node group has that role, too. Where one has it, EKS makes the entry';
};

const way = (said: Doubt): string => {
  if (said.doubt === 'cluster') return clusterHint(said.group);
  const written =
    said.doubt === 'flag'
      ? 'Write create_access_entry as true or false'
      : 'Write out node_groups, so that each group in it is seen to have an iam_role_arn or not';
  return `${written}. Or, where the entry is made, drop the row in the config: { "drop": [{ "principal": "<principal>", "reason": "<why>" }] }.`;
};

/** TAE286 and TAE346: roles of nodes of which the source does not tell whether their entry is made for them. */
export const nodeRoleCodes = {
  TAE286: warning<{ entry: string; owner: string; maker: string; group: string }>(
    'Node role that may be of another cluster',
    '{entry} is for the role of {owner}, and nothing tells of which cluster that is. Where it is this one, {maker} makes the entry, too, and the second one fails with 409 ResourceInUseException.',
    ({ group }) => clusterHint(group),
  ),
  TAE346: blockedRow<Doubt & { principal: string; row: 'node row' | 'row with rights of people' }>(
    'Role of nodes whose entry may be made for it',
    said =>
      `${said.principal} is a ${said.row} for the role of ${said.owner}, ${why(said)}, and a second one fails with 409 ResourceInUseException. Else it needs an entry of its own.`,
    way,
  ),
};
