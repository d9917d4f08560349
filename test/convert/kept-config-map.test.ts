import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// As modules do that went from version 17 to 20: the object is kept, and what is in it is nowhere in the source.
const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"

  access_entries = {
    ops = {
      principal_arn     = "arn:aws:iam::111122223333:role/ops"
      kubernetes_groups = ["ops"]
    }
  }
}

resource "kubernetes_config_map" "aws_auth_legacy" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  lifecycle {
    ignore_changes = [data, binary_data]
  }
}

moved {
  from = module.eks.kubernetes_config_map.aws_auth[0]
  to   = kubernetes_config_map.aws_auth_legacy
}
`;

const live = `kind: ConfigMap
metadata: { name: aws-auth, namespace: kube-system }
data:
  mapRoles: |
    - { rolearn: "arn:aws:iam::111122223333:role/dev", username: dev, groups: [dev] }
`;

test('a ConfigMap that the source only keeps is not taken away while nobody knows its rows', async () => {
  const files = new Map([['main.tf', text]]);
  const { revisions, diagnostics } = await convert(files, { runtime: await runtime() });
  expect(diagnostics.find(({ code }) => code === 'TAE229')?.message).toContain('ignore_changes keeps what is live');
  expect(revisions.map(({ phase }) => phase)).not.toContain('remove-aws-auth');
  const told = await convert(files, { runtime: await runtime(), awsAuth: { file: 'aws-auth.yaml', text: live } });
  expect(told.revisions.map(({ phase }) => phase)).toEqual([
    'add-access-entries',
    'remove-aws-auth',
    'api-only',
    'clean-up',
  ]);
});
