import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html: letters, digits, hyphens and underscores.
test('a name that EKS refuses is no name of the cluster, and is printed nowhere', async () => {
  const name = String.raw`x\n\n## INJECTED\n\n${'```'}sh\nINJECTED\n${'```'}\n<img src=x>`;
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "${name}"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
  ]
}
`;
  const { runbook } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  expect(runbook).not.toContain('INJECTED');
  expect(runbook).toContain('$CLUSTER_NAME');
});
