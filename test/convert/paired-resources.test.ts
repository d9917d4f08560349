import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// A resource writes aws-auth, and the clusters are resources: the fix that TAE204 names has to work for them, too.

const cluster = (name: string): string => `resource "aws_eks_cluster" "${name}" {
  name     = "${name}"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  access_config {
    authentication_mode                         = "CONFIG_MAP"
    bootstrap_cluster_creator_admin_permissions = true
  }

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
`;

const source = `${cluster('blue')}${cluster('green')}
resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([
      { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] },
    ])
  }
}
`;

const run = async (pair?: Readonly<Record<string, string>>): Promise<ConvertResult> =>
  convert(new Map([['main.tf', source]]), { runtime: await runtime(), config: pair ? { pair } : {} });

test('says how a resource gets its provider, and the pair that the config takes', async () => {
  const [problem] = (await run()).diagnostics;
  expect(problem?.code).toBe('TAE204');
  expect(problem?.hint).toContain('Give the resource `provider = kubernetes.<alias>` whose host');
  expect(problem?.hint).toContain('{ "pair": { "kubernetes_config_map_v1_data.aws_auth": "<the cluster>" } }');
});

test('takes the cluster that the config names', async () => {
  const result = await run({ 'kubernetes_config_map_v1_data.aws_auth': 'aws_eks_cluster.green' });
  expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(result.revisions.flatMap(({ files }) => [...files.values()]).join('\n')).toContain(
    'cluster_name      = aws_eks_cluster.green.name',
  );
});
