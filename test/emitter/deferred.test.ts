import { describe, expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';
import { gatesOf, phasesIn, sectionOf } from '../support/runbook.ts';

const called = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }]
}
`;

const inline = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name              = "demo"
  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }]
}
`;

const raw = `resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-1"]
  }
}

resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }])
  }
}
`;

const reads = (name: string, more = ''): string => `
data "aws_eks_cluster" "this" {
  name = ${name}
  ${more}
}

data "aws_eks_cluster_auth" "this" {
  name = ${name}
  ${more}
}
`;

const fromData = `
provider "kubernetes" {
  host  = data.aws_eks_cluster.this.endpoint
  token = data.aws_eks_cluster_auth.this.token
}
`;

const helm = `
locals {
  token = data.aws_eks_cluster_auth.this.token
}

provider "helm" {
  kubernetes {
    host  = module.eks.cluster_endpoint
    token = local.token
  }
}
`;

const exec = `
provider "kubernetes" {
  host = module.eks.cluster_endpoint

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", "demo"]
  }
}
`;

const waits = 'depends_on = [module.eks]';

/** The phases whose plan is to leave out the refresh. */
const withoutRefresh = async (text: string): Promise<readonly string[]> => {
  const result = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const phases = phasesIn(result.runbook);
  const flagged = phases.filter(([number]) =>
    /^terraform plan -refresh=false -out=/m.test(sectionOf(result.runbook, number)),
  );
  expect(flagged).toEqual(phases.filter(([number]) => gatesOf(result, number).includes('leaves the refresh out')));
  return flagged.map(([, id]) => id);
};

describe('what a provider is configured from is read in the apply', () => {
  test.each([
    ['with depends_on', called + reads('"demo"', waits) + fromData, ['enable-api', 'add-access-entries', 'api-only']],
    [
      'with depends_on, for helm',
      called + reads('"demo"', waits) + helm,
      ['enable-api', 'add-access-entries', 'api-only'],
    ],
    [
      'with depends_on, from version 19',
      inline + reads('"demo"', waits) + helm,
      ['split-aws-auth', 'enable-api', 'add-access-entries', 'api-only'],
    ],
    ['by the resource that it names', raw + reads('aws_eks_cluster.this.name') + fromData, ['enable-api', 'api-only']],
  ] as const)('%s', async (_name, text, phases) => {
    expect(await withoutRefresh(text)).toEqual(phases);
  });

  test.each([
    ['an output', called + reads('module.eks.cluster_name') + fromData],
    ['a literal', called + reads('"demo"') + fromData],
    ['a variable', `${called + reads('var.name') + fromData}variable "name" {\n  type = string\n}\n`],
    ['a literal, of a resource', raw + reads('"demo"') + fromData],
    ['exec, and data that nothing reads', called + reads('"demo"', waits) + exec],
    ['depends_on of something else', called + reads('"demo"', 'depends_on = [module.aws_auth]') + exec],
  ])('and it is not with %s', async (_name, text) => {
    expect(await withoutRefresh(text)).toEqual([]);
  });
});
