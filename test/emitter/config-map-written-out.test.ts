import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const source = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name = "demo"

  manage_aws_auth_configmap = true

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/platform"
      username = "platform"
      groups   = ["system:masters"]
    },
  ]
}

output "config_map" {
  value = module.eks.aws_auth_configmap_yaml
}
`;

/** Terraform refuses \`concat()\`: at least one argument is required. */
test('the rows of nodes of a cluster without nodes are an empty list', async () => {
  const { revisions } = await convert(new Map([['main.tf', source]]), { runtime: await runtime() });
  const split = revisions.find(({ phase }) => phase === 'split-aws-auth');
  const text = split?.files.get('main.tf') ?? '';
  expect(text.slice(text.indexOf('output'))).toContain('mapRoles = yamlencode([])');
});
