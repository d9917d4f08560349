import { keysByOrder, replace, replaceAll, withEntry } from '../edits.ts';
import type { Mutation } from '../mutation.ts';

const entries = 'add-access-entries';
const admin = 'AmazonEKSClusterAdminPolicy';

/** What an entry has, and whose it is. */
export const ofEntries: readonly Mutation[] = [
  {
    name: 'an entry without its association',
    of: 'reference/with-sso-region',
    from: entries,
    edit: replace(/policy_associations = \{[\s\S]*?\n {6}\}\n/, 'policy_associations = {}\n'),
  },
  {
    name: 'kubernetes_groups = [] on a node entry',
    of: 'nodes/unproven-types',
    from: entries,
    edit: replace(/type {10}= "EC2_LINUX"\n/, '$&      kubernetes_groups = []\n'),
  },
  {
    name: 'a dropped guard',
    of: 'flags/manage-is-an-expression',
    from: entries,
    edit: replaceAll('!var.cold_start ? {', 'true ? {'),
    // The rows are not in force, so their entries must not be made either.
    setting: one => ({ ...one, variables: { cold_start: true }, rows: [] }),
  },
  {
    name: 'aws-auth removed one phase early',
    of: 'examples/quickstart',
    from: entries,
    edit: replaceAll(/manage_aws_auth_configmap = true/, 'manage_aws_auth_configmap = false'),
    only: true,
  },
  {
    name: 'a principal that reads cluster_name as an argument',
    of: 'examples/quickstart',
    from: entries,
    edit: replace('principal_arn     = aws_iam_role.deploy.arn', 'principal_arn = "${module.eks.cluster_name}-deploy"'),
  },
  {
    name: 'the wrong duplicate wins',
    of: 'advice/tae403-several-rows',
    from: entries,
    edit: replace(
      /(role\/ADMINS"[\s\S]*?)kubernetes_groups {3}= \["viewers"\]([\s\S]*?)policy_associations = \{\}/,
      `$1kubernetes_groups = []$2policy_associations = { a = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/${admin}", access_scope = { type = "cluster" } } }`,
    ),
  },
  {
    name: 'a dead row converted',
    of: 'rows/twelve-rows-settled',
    from: entries,
    edit: withEntry(
      'etl = { principal_arn = "arn:aws:iam::111122223333:role/teams/data/etl", kubernetes_groups = ["etl"] }',
    ),
  },
  {
    name: 'the SSO region taken from the cluster',
    of: 'reference/with-sso-region',
    from: entries,
    edit: replace('sso.amazonaws.com/ap-northeast-2/', 'sso.amazonaws.com/eu-west-1/'),
  },
  {
    name: 'a key that depends on the order of rows, which are reordered before the next phase',
    of: 'examples/quickstart',
    from: entries,
    edit: (text, phase) => keysByOrder(text, phase !== entries),
    // The keys of the report are the good ones.
    setting: one => ({ ...one, rows: one.rows.map(({ key: _key, ...row }) => row) }),
  },
  {
    name: 'API before entries',
    of: 'examples/quickstart',
    from: 'enable-api',
    edit: replaceAll('"API_AND_CONFIG_MAP"', '"API"'),
    only: true,
  },
  {
    name: 'one role in two entries',
    of: 'examples/quickstart',
    from: entries,
    edit: withEntry('again = { principal_arn = "arn:aws:iam::111122223333:role/developers" }'),
  },
  {
    name: 'partition aws in aws-cn',
    of: 'partitions/sso-in-china',
    from: entries,
    edit: replace('arn:aws-cn:eks', 'arn:aws:eks'),
  },
  {
    name: 'a path left out',
    of: 'rows/twelve-rows-settled',
    from: entries,
    edit: replace(
      /principal_arn( +)= "arn:aws:iam::111122223333:user\/people\/alice"/,
      'principal_arn$1= "arn:aws:iam::111122223333:user/alice"',
    ),
  },
  {
    name: 'a username with a reserved prefix',
    of: 'examples/quickstart',
    from: entries,
    edit: replace(/user_name( +)= "developer"/, 'user_name$1= "system:developer"'),
  },
  {
    name: 'a session name without a colon before it',
    of: 'examples/quickstart',
    from: entries,
    edit: replace(/user_name( +)= "developer"/, 'user_name$1= "{{SessionName}}"'),
  },
  {
    name: 'a swapped policy',
    of: 'reference/with-sso-region',
    from: entries,
    edit: replace(`cluster-access-policy/${admin}`, 'cluster-access-policy/AmazonEKSAdminPolicy'),
  },
  {
    name: 'namespace scope without namespaces',
    of: 'reference/with-sso-region',
    from: entries,
    edit: replace(/type( +)= "cluster"/, 'type$1= "namespace"'),
  },
  {
    name: 'system:masters as a group',
    of: 'examples/quickstart',
    from: entries,
    edit: replace('["developers", "viewers"]', '["system:masters", "viewers"]'),
  },
  {
    name: 'a group lost',
    of: 'examples/quickstart',
    from: entries,
    edit: replace(/(kubernetes_groups {3}= )\["developers", "viewers"\]/, '$1["developers"]'),
  },
  {
    name: 'a misspelt argument, which the module ignores',
    of: 'examples/quickstart',
    from: entries,
    edit: replace(
      /kubernetes_groups( +)= \["developers", "viewers"\]/,
      'kubernetes_group$1= ["developers", "viewers"]',
    ),
  },
  {
    name: 'a username left out without need',
    of: 'examples/quickstart',
    from: entries,
    edit: replace(/ +user_name +=  *"developer"\n/, ''),
  },
  {
    name: 'a hybrid role typed as EC2_LINUX',
    of: 'nodes/unproven-types',
    from: entries,
    edit: replace('"HYBRID_LINUX"', '"EC2_LINUX"'),
  },
  {
    name: 'a row forgotten',
    of: 'examples/quickstart',
    from: entries,
    edit: replace(/ {4}oncall = \{[\s\S]*?\n {4}\}\n/, ''),
  },
  {
    name: 'the node role of a managed group listed',
    of: 'examples/quickstart',
    from: entries,
    edit: withEntry(
      'nodes = { principal_arn = module.eks.eks_managed_node_groups["default"].iam_role_arn, type = "EC2_LINUX" }',
    ),
  },
  {
    name: 'clean-up takes the mode along',
    of: 'examples/quickstart',
    from: 'clean-up',
    edit: replace(/ +authentication_mode = "API"\n/, ''),
  },
  {
    name: 'clean-up takes an entry along',
    of: 'examples/karpenter-cycle',
    from: 'clean-up',
    edit: replace(/resource "aws_eks_access_entry" "karpenter" \{[\s\S]*?\n\}\n/, ''),
  },
];
