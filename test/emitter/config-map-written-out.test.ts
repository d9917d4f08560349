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

/** The output of the module is the whole ConfigMap, whatever the resource is called: it is a second writer beside the call. */
test.each(['aws_auth', 'manifest'])('a resource %s that writes it is known as a writer of aws-auth', async label => {
  const writer = `resource "kubectl_manifest" "${label}" {\n  yaml_body = module.eks.aws_auth_configmap_yaml\n}\n`;
  const files = new Map([['main.tf', source.replace(/output [^]*/, writer)]]);
  const { diagnostics } = await convert(files, { runtime: await runtime() });
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['TAE210']);
});
