/** A root module whose migration has all five phases; `rows` are HCL. */
export const rootModule = (rows = adminRow, eks = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
${eks}}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = [
${rows}  ]
}
`;

export const adminRow = `    {
      rolearn  = "arn:aws:iam::111122223333:role/admin"
      username = "admin"
      groups   = ["system:masters"]
    },
`;

/** A row that stops phase 3. */
export const blockedRow = `    {
      rolearn  = "arn:aws:iam::111122223333:role/ops"
      username = "ops"
      groups   = ["system:nodes-readers"]
    },
`;

export const runner = 'arn:aws:iam::111122223333:role/terraform';

const entry = (principalArn: string): string =>
  JSON.stringify({
    accessEntry: { clusterName: 'demo', principalArn, kubernetesGroups: [], username: 'x', type: 'STANDARD' },
  });

const admin = (principalArn: string): string =>
  JSON.stringify({
    clusterName: 'demo',
    principalArn,
    associatedAccessPolicies: [
      {
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        accessScope: { type: 'cluster', namespaces: [] },
      },
    ],
  });

/** The live entries of a cluster whose admin row is converted and whose runner is an admin. */
export const snapshot = [runner, 'arn:aws:iam::111122223333:role/admin']
  .flatMap(principal => [entry(principal), admin(principal)])
  .join('\n');

/** A local module that makes a cluster, and writes the rows that it is handed as map_roles. `variable` and `cluster`: the lines of those two. */
export const wrapperModule = (
  variable = '  type    = list(any)\n  default = []',
  cluster = '  cluster_name = "demo"',
  release = '20.24.3',
): string => `variable "map_roles" {
${variable}
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${release}"

${cluster}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "${release}"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.map_roles
}
`;

/** The same where phase 1 is done. */
export const wrapperWithApi = (variable = '  type    = any\n  default = []'): string =>
  wrapperModule(variable, '  cluster_name        = "demo"\n  authentication_mode = "API_AND_CONFIG_MAP"', '20.31.6');
