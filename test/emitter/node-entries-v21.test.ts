import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const input = (version: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  name                = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/nodes"
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
  ]
}
`;

// terraform-aws-modules/eks, CHANGELOG.md 21.0.7: access_entries without policy_associations failed with "Iteration over null value".
test.each([
  ['21.0.0', true],
  ['21.0.6', true],
  ['21.0.7', false],
  ['20.37.2', false],
])('the entry of nodes has an empty map of policies where release %s demands one: %s', async (version, isWritten) => {
  const given = { runtime: await runtime() };
  const { revisions } = await convert(new Map([['main.tf', input(version)]]), given);
  const files = revisions.find(({ phase }) => phase === 'add-access-entries')?.files ?? new Map<string, string>();
  const text = files.get('main.tf') ?? '';
  expect(text).toContain('"EC2_LINUX"');
  expect(/policy_associations\s+= \{\}/.test(text)).toBe(isWritten);
  const { diagnostics } = await check(files, given);
  expect(diagnostics.map(({ code }) => code)).not.toContain('TAE730');
});
