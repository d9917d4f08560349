import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

/**
 * The AWS provider drops "" from kubernetes_groups and shows the difference in every later plan. A null among the groups is "" to the
 * authenticator, since encoding/json leaves a string as it is for null; `contains` refuses null, and `compact` takes it out.
 */
test.each([
  ['["", "dev"]', '["dev"]'],
  ['[""]', '[]'],
  ['["dev", ""]', '["dev"]'],
  ['[null, "dev"]', '["dev"]'],
  ['[null]', '[]'],
  ['concat([null], ["dev"])', '[for group in compact(concat([null], ["dev"])) : group if contains(["dev"], group)]'],
])('the groups %s become %s', async (groups, expected) => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true
  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/dev"
      username = "dev"
      groups   = ${groups}
    },
  ]
}
`;
  const { revisions, diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const written = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  expect(/kubernetes_groups\s*=\s*(\[.*\])/.exec(written)?.[1]).toBe(expected);
  expect(diagnostics.map(({ code }) => code)).toContain('TAE404');
});
