import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// Before version 20 the eks module writes rows for its node groups by itself. Where the call has none of its own, nothing of it is about
// aws-auth once the flag is off. Sources: terraform-aws-modules/eks, aws_auth.tf at 17.24.0, main.tf at 18.20.0 to 19.21.0.

test.each([
  ['17.24.0', 'subnets = []\n  worker_groups = [{ name = "a" }]', 'manage_aws_auth = false'],
  ['17.24.0', 'subnets = []\n  node_groups = { a = {} }', 'manage_aws_auth = false'],
  [
    '18.31.2',
    'manage_aws_auth_configmap = true\n  eks_managed_node_groups = { a = {} }',
    'manage_aws_auth_configmap = false',
  ],
  [
    '19.21.0',
    'manage_aws_auth_configmap = true\n  self_managed_node_groups = { a = {} }',
    'manage_aws_auth_configmap = false',
  ],
])('rows that version %s writes by itself are converted to the end: %s', async (version, groups, off) => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name = "shop"

  ${groups}
}
`;
  const { revisions, diagnostics } = await convert(new Map([['main.tf', text]]), {
    runtime: await runtime(),
    emit: 'resources',
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const written = revisions.find(({ phase }) => phase === 'remove-aws-auth')?.files.get('main.tf');
  expect(written?.replaceAll(/ +/g, ' ')).toContain(off);
});
