import { expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const files = {
  'main.tf': `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
}

module "people" {
  source = "./people"
}
`,
  'people/main.tf': `resource "kubernetes_config_map_v1_data" "this" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapUsers = yamlencode([{ userarn = "arn:aws:iam::111122223333:user/x", username = "x", groups = ["ops"] }])
  }
}
`,
};

// Nothing in the root module itself has to do with aws-auth.
test.each([
  ['status', 'error TAE249: module.people brings rows into aws-auth that are not converted'],
  ['check', 'warning TAE775: module.people has 1 row of aws-auth'],
])('%s sees the rows of a local module that the root module calls', async (command, said) => {
  const { stdout, stderr } = await runHere(directoryWith(files), [command, '.']);
  expect(stdout + stderr).toContain(said);
});
