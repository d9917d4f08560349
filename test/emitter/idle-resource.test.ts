import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const source = (more = ''): string => `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}

module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "~> 20.0"
  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]
}

resource "kubernetes_config_map_v1_data" "old" {
  count = 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapUsers = local.users
  }
}

locals {
  users = yamlencode([])
}
${more}`;

// With a count of 0 the resource makes nothing, so that taking it out of the source changes nothing.
test('a resource that is off beside the call stops nothing, and goes with it', async () => {
  const files = new Map([['main.tf', source()]]);
  const { diagnostics, revisions } = await convert(files, { runtime: await runtime() });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [before, last] = revisions.slice(-2).map(({ files: written }) => written.get('main.tf'));
  expect(before).toContain('"old"');
  expect(last).not.toMatch(/"old"|users/);
});

test('what waits for it has to let it go first', async () => {
  const files = new Map([
    ['main.tf', source('resource "null_resource" "x" {\n  depends_on = [kubernetes_config_map_v1_data.old]\n}\n')],
  ]);
  const { diagnostics } = await convert(files, { runtime: await runtime() });
  expect(diagnostics.map(({ code, message }) => [code, message])).toContainEqual([
    'TAE211',
    'kubernetes_config_map_v1_data.old cannot be removed: resource "null_resource" "x" refers to it.',
  ]);
});
