import { convert, type ConvertOptions } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';
import { inRange } from '../modules/releases.ts';
import type { Case } from '../suite/cases.ts';
import { role } from '../suite/principals.ts';

/*
 * A root module as people write it, by the release of the eks module that it calls: valid calls of the real thing, with subnets, add-ons
 * and all. It is converted here, so that each release gets the revisions that it gets from the product.
 */

/** The release and how it is converted. `plan-time`: rows that only a plan knows. */
export type Shape = { release: string; rows: 'literal' | 'plan-time'; options?: Omit<ConvertOptions, 'runtime'> };

const isBefore20 = (release: string): boolean => inRange('<20.0.0', release);
const isFrom21 = (release: string): boolean => inRange('>=21.0.0', release);

export async function realCase({ release, rows, options = {} }: Shape): Promise<Case> {
  const input = new Map([
    ['main.tf', main(release, rows, options.to === 'v21')],
    ['versions.tf', versions(release)],
  ]);
  const { revisions, report } = await convert(input, { ...options, runtime: await runtime() });
  return {
    name: ['real', release, rows, ...(options.to ? [`to ${options.to}`] : [])].join(' '),
    input,
    phases: revisions.map(({ phase, files }) => ({ phase, files })),
    rows: report.rows,
    config: {},
    snapshot: [],
    variables: {
      vpc_id: 'vpc-1',
      subnet_ids: ['subnet-1', 'subnet-2'],
      map_roles: rows === 'literal' ? [] : planTimeRoles,
    },
  };
}

/** Those of the rows that only a plan knows. */
export const principals: readonly string[] = [role('platform'), role('readers')];

const planTimeRoles = [
  { rolearn: role('platform'), username: 'platform', groups: ['system:masters'] },
  { rolearn: role('readers'), username: 'reader:{{SessionName}}', groups: ['viewers'] },
];

const arguments21: Readonly<Record<string, string>> = {
  cluster_name: 'name',
  cluster_version: 'kubernetes_version',
  cluster_endpoint_public_access: 'endpoint_public_access',
  cluster_addons: 'addons',
};

const renamed = (release: string, text: string): string =>
  isFrom21(release)
    ? text.replaceAll(
        /\bcluster_(name|version|endpoint_public_access|addons)\b(?= *=)/g,
        old => arguments21[old] ?? old,
      )
    : text;

function main(release: string, kind: Shape['rows'], pins: boolean): string {
  const cluster = renamed(
    release,
    `
  cluster_name    = "orders"
  cluster_version = "1.30"

  cluster_endpoint_public_access = true

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids

  # Else it is whoever runs Terraform, and the policy of the key changes with them
  kms_key_administrators = ["arn:aws:iam::111122223333:role/keys"]

  cluster_addons = {
    coredns    = { most_recent = true }
    kube-proxy = { addon_version = "v1.30.0-eksbuild.1" }
  }
`,
  );
  const nodes = `
  eks_managed_node_groups = {
    general = {${pins ? pinned('use_latest_ami_release_version = false') : ''}
      instance_types = ["m6i.large"]
      min_size       = 2
      max_size       = 4
    }
  }

${
  kind === 'plan-time'
    ? ''
    : `  self_managed_node_groups = {
    batch = {${pins ? pinned('min_size = 0') : ''}
      ami_id        = "ami-0a1b2c3d4e5f60718"
      instance_type = "g5.xlarge"
    }
    spot = {${pins ? pinned('min_size = 0') : ''}
      ami_id        = "ami-0a1b2c3d4e5f60718"
      instance_type = "m6i.large"
      max_size      = 8
    }
  }

`
}  fargate_profiles = {
    system = {
      selectors = [{ namespace = "kube-system" }]
    }
  }
`;
  const roles = kind === 'literal' ? `[${people}  ]` : `concat(var.map_roles, [${people}  ])`;
  const nodeRows = isBefore20(release) ? '' : rowsOfNodes(kind);
  const lists = `
  manage_aws_auth_configmap = true

  aws_auth_roles = ${roles.replace('[', `[${nodeRows}`)}

  aws_auth_users = [
    {
      userarn  = "arn:aws:iam::111122223333:user/oncall"
      username = "oncall"
      groups   = ["viewers"]
    },
  ]
`;
  const inline = isBefore20(release);
  const submodule = `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "${isFrom21(release) ? '20.37.2' : release}"
${lists}}
`;
  return `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${release}"
${cluster}${nodes}${inline ? lists : ''}
  tags = {
    team = "orders"
  }
}
${inline ? '' : `\n${submodule}`}
resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = data.aws_iam_policy_document.deploy.json
}

data "aws_iam_policy_document" "deploy" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "map_roles" {
  type    = list(any)
  default = []
}

output "cluster_name" {
  value = module.eks.cluster_name
}
`;
}

/** What version 20 has where nothing is written, and version 21 has not: the nodes stay. */
const pinned = (own: string): string => `
      ${own}
      ami_type = "AL2_x86_64"

      enable_monitoring = true
      metadata_options = {
        http_endpoint               = "enabled"
        http_tokens                 = "required"
        http_put_response_hop_limit = 2
      }
`;

const nodeRow = (list: string, key: string): string => `
    {
      rolearn  = module.eks.${list}["${key}"].iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },`;

const rowsOfNodes = (kind: Shape['rows']): string =>
  [
    nodeRow('eks_managed_node_groups', 'general'),
    ...(kind === 'literal' ? ['batch', 'spot'].map(key => nodeRow('self_managed_node_groups', key)) : []),
    `
    {
      rolearn  = module.eks.fargate_profiles["system"].fargate_profile_pod_execution_role_arn
      username = "system:node:{{SessionName}}"
      groups   = ["system:bootstrappers", "system:nodes", "system:node-proxier"]
    },`,
  ].join('');

const people = `
    {
      rolearn  = aws_iam_role.deploy.arn
      username = "deploy"
      groups   = ["system:masters"]
    },
    {
      rolearn  = "arn:aws:iam::111122223333:role/developers"
      username = "developer"
      groups   = ["developers", "viewers"]
    },
`;

const versions = (release: string): string => `terraform {
  required_version = ">= 1.3.2"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${release === '20.37.2' ? '>= 5.95' : isFrom21(release) ? '>= 6.28' : '~> 5.95'}"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.20"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "kubernetes" {
  host                   = module.eks.cluster_endpoint
  cluster_ca_certificate = base64decode(module.eks.cluster_certificate_authority_data)
}
`;
