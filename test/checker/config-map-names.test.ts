import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const text = (name: string, data: string): string => `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}

variable "cm_name" {
  type    = string
  default = "aws-auth"
}

resource "kubernetes_config_map" "this" {
  metadata {
    name      = ${name}
    namespace = "kube-system"
  }

  data = ${data}
}
`;

const rows =
  '{ mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]) }';

// Nothing but aws-auth has such lists, whatever its name turns out to be.
test.each([
  ['var.cm_name', rows, true],
  ['"${var.cm_name}"', rows, true],
  ['var.cm_name', '{ color = "blue" }', false],
  ['"other"', rows, false],
])('a ConfigMap called %s with %s', async (name, data, isAwsAuth) => {
  const { diagnostics } = await check(new Map([['main.tf', text(name, data)]]), { runtime: await runtime() });
  expect(diagnostics.some(({ code }) => code === 'TAE701')).toBe(isAwsAuth);
});
