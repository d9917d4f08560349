import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// eksctl issue 7552: "Local Amazon EKS cluster only supports ... authenticationMode=CONFIG_MAP".
const called = (argument: string) => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
  ${argument}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["x"] }]
}
`;
const raw = (block: string) => `resource "aws_eks_cluster" "this" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  ${block}

  vpc_config {
    subnet_ids = ["subnet-a"]
  }
}

resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["x"] }])
  }
}
`;
const config =
  '{ control_plane_instance_type = "m5.large", outpost_arns = ["arn:aws:outposts:eu-west-1:111122223333:outpost/op-1"] }';
const dynamic = (forEach: string, more = '') =>
  `dynamic "outpost_config" {
    for_each = ${forEach}
    content {
      control_plane_instance_type = "m5.large"
      outpost_arns                = ["arn:aws:outposts:eu-west-1:111122223333:outpost/op-1"]${more}
    }
  }`;
const variable = (body: string) => `variable "op" {
  ${body}
}
`;
const block =
  'outpost_config {\n    control_plane_instance_type = "m5.large"\n    outpost_arns                = ["arn:aws:outposts:eu-west-1:111122223333:outpost/op-1"]\n  }';

test.each([
  ['a call', called(`outpost_config = ${config}`), true],
  ['a call that leaves it empty', called('outpost_config = {}'), false],
  ['a resource', raw(block), true],
  [
    'a resource on instance store, which has entries',
    raw(block.replace('\n', '\n    etcd_instance_type = "m5.large"\n')),
    false,
  ],
  ['a resource without it', raw(''), false],
  ['a variable that has it by default', called('outpost_config = var.op') + variable(`default = ${config}`), true],
  ['a variable that is null by default', called('outpost_config = var.op') + variable('default = null'), false],
  ['a variable that is empty by default', called('outpost_config = var.op') + variable('default = {}'), false],
  ['a variable without a default', called('outpost_config = var.op') + variable('type = any'), false],
  ['a dynamic block', raw(dynamic('[1]')), true],
  ['a dynamic block for nothing', raw(dynamic('[]')), false],
  ['a dynamic block on instance store', raw(dynamic('[1]', '\n      etcd_instance_type = "m5.large"')), false],
  [
    'a dynamic block by a variable that has it by default',
    raw(dynamic('var.op[*]')) + variable(`default = ${config}`),
    true,
  ],
  [
    'a dynamic block by a variable that is empty by default',
    raw(dynamic('length(var.op) > 0 ? [var.op] : []')) + variable('default = {}'),
    false,
  ],
])('%s', async (_what, text, isLocal) => {
  for (const emit of ['module', 'aws-cli'] as const) {
    const { diagnostics, revisions, scripts } = await convert(new Map([['main.tf', text]]), {
      runtime: await runtime(),
      emit,
    });
    expect(diagnostics.some(({ code }) => code === 'TAE248')).toBe(isLocal);
    if (isLocal) expect([revisions.length, scripts.size]).toEqual([0, 0]);
    else expect(revisions.length + scripts.size).toBeGreaterThan(0);
  }
});

// What the calls of a module say counts, and not a default that they do not leave.
test.each([
  [`outpost_config = var.op`, `op = ${config}`, 'default = {}', true],
  [`outpost_config = var.op`, 'op = null', `default = ${config}`, false],
  [`outpost_config = var.op`, '', `default = ${config}`, true],
])('a module that is called: %s, %s, %s', async (argument, given, declared, isLocal) => {
  const text = called(argument) + variable(declared);
  const caller = `module "cluster" {\n  source = "../cluster"\n  ${given}\n}\n`;
  const files = new Map([
    ['main.tf', text],
    ['../live/main.tf', caller],
  ]);
  const { diagnostics } = await convert(files, {
    runtime: await runtime(),
    callers: [{ directory: '../live', label: '../live', sources: ['../cluster'] }],
  });
  expect(diagnostics.some(({ code }) => code === 'TAE248')).toBe(isLocal);
});
