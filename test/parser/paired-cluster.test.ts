import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const eks = (name: string, more: string): string => `module "${name}" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "${name}"
  authentication_mode = "API_AND_CONFIG_MAP"
${more}
}
`;

/** The cluster to which the aws-auth call belongs, by the mode that is written. */
const changedBy = async (blue: string, host: string): Promise<readonly string[] | undefined> => {
  const text = `${eks('blue', blue)}${eks('green', '')}
module "aws_auth" {
  source    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version   = "20.37.2"
  providers = { kubernetes = kubernetes.one }

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/ops"
      username = "ops"
      groups   = ["ops"]
    },
  ]
}

provider "kubernetes" {
  alias = "one"
  host  = ${host}
}

data "aws_eks_cluster" "one" {
  name = module.blue.cluster_name
}
`;
  const { report } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return report.phases.find(({ id }) => id === 'api-only')?.changes;
};

const ofBlue = ['module.blue: authentication_mode = "API"'];

// The host of the provider is that of one cluster, whatever that cluster is given of another.
test.each([
  ['the cluster', 'module.blue.cluster_endpoint'],
  ['a data source of it', 'data.aws_eks_cluster.one.endpoint'],
])('a cluster that reads another one keeps its aws-auth, by %s', async (_way, host) => {
  expect(await changedBy('', host)).toEqual(ofBlue);
  expect(
    await changedBy('  cluster_additional_security_group_ids = [module.green.node_security_group_id]', host),
  ).toEqual(ofBlue);
});
