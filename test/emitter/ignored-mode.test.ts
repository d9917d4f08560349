import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const run = async (lifecycle: string) => {
  const text = `resource "aws_eks_cluster" "demo" {
  name     = "demo"
  role_arn = "arn:aws:iam::111122223333:role/eks"
${lifecycle}
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  force = true
  data = {
    mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }])
  }
}
`;
  const { diagnostics, revisions } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const found = diagnostics.find(({ code }) => code === 'TAE274');
  return { found: found?.message, revisions: revisions.length };
};

const ignoring = (what: string): string => `  lifecycle {\n    ignore_changes = ${what}\n  }`;

// Source: Terraform language, lifecycle: what is listed there is taken from the state when an object is changed.
test.each([
  ['all', 'all'],
  ['[access_config]', 'access_config'],
  ['[tags, access_config[0]]', 'access_config[0]'],
  ['[access_config[0].authentication_mode]', 'access_config[0].authentication_mode'],
  ['["access_config"]', '"access_config"'],
])('ignore_changes = %s keeps the mode as it is: no phase is written', async (what, named) => {
  const { found, revisions } = await run(ignoring(what));
  expect(found).toContain(`has ${named} in ignore_changes`);
  expect(revisions).toBe(0);
});

test.each([
  '',
  ignoring('[]'),
  ignoring('[tags]'),
  ignoring('[access_config[0].bootstrap_cluster_creator_admin_permissions]'),
])('%j leaves the mode to Terraform', async lifecycle => {
  const { found, revisions } = await run(lifecycle);
  expect(found).toBeUndefined();
  expect(revisions).toBeGreaterThan(0);
});
