import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const eks = (version: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name = "demo"

  self_managed_node_groups = {
    batch = {}
  }

  manage_aws_auth_configmap = true
}
`;

// A script upgrades nothing: before version 20 the module makes no entry for these nodes.
test.each(['18.31.2', '19.21.0'])('a self-managed group of %s is not left to the module', async version => {
  const { rows } = await convert(new Map([['main.tf', eks(version)]]), { runtime: await runtime(), emit: 'aws-cli' });
  expect(rows.map(({ disposition, codes }) => [disposition, ...codes])).toEqual([['blocked', 'TAE328']]);
});
