import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';
import { convertWith, outcomeOf, rowWith } from './row.ts';

const beside = 'resource "aws_iam_role" "ops" {\n  name = "${module.eks.cluster_name}-ops"\n}\n';

test('a row that waits for the cluster becomes resources', async () => {
  expect(await outcomeOf(rowWith('aws_iam_role.ops.arn', 'ops'), { beside })).toEqual({
    disposition: 'converted',
    codes: ['TAE412'],
  });
});

// What an entry has beside its principal waits just as much.
test.each([
  ['username', '"op-${module.eks.cluster_name}"', '["ops"]'],
  ['group', '"op"', '["ops-${module.eks.cluster_name}"]'],
  ['username behind a local', 'local.name', '["ops"]'],
])('a row whose %s waits for the cluster becomes resources', async (_, username, groups) => {
  const row = `{ rolearn = "arn:aws:iam::111122223333:role/ops", username = ${username}, groups = ${groups} }`;
  const local = 'locals {\n  name = "op-${module.eks.cluster_name}"\n}\n';
  const { codes } = await outcomeOf(row, { beside: local });
  expect(codes).toContain('TAE412');
});

// A resource beside the call has no instance to belong to.
test('that it becomes resources is not said of a row that is blocked for needing some', async () => {
  const ofCluster = 'for_each = toset(["a", "b"])';
  const more = { beside: beside.replace('module.eks.', 'module.eks["a"].'), ofCluster };
  expect(await outcomeOf(rowWith('aws_iam_role.ops.arn', 'ops'), more)).toEqual({
    disposition: 'blocked',
    codes: ['TAE324'],
  });
});

test.each([
  [
    'access_entries = {\n    a = {}\n  }',
    '"arn:aws:iam::111122223333:role/ops"',
    'Have its entry fit into access_entries',
  ],
  ['', '"arn:aws:iam::${each.key}:role/AWSReservedSSO_Ops_0123456789abcdef"', 'Give the home region'],
])('a row without each is not said to have it (%#)', async (ofCluster, principal, way) => {
  const each = 'for_each = toset(["111122223333", "444455556666"])';
  const { diagnostics } = await convertWith(
    `${each}\n  aws_auth_roles = var.more ? [${rowWith(principal, 'ops')}] : []`,
    { ofCluster: `${each}\n  ${ofCluster}`, beside: 'variable "more" {}' },
  );
  const [found] = diagnostics.filter(({ code }) => code === 'TAE324');
  expect(found?.hint).toMatch(new RegExp(`^${way}.*drop the row in the config\\.$`, 's'));
});

// "count" of 1 or 0 on both calls, which the cluster's call has then.
test('a cluster that has the same count is not said to have none', async () => {
  const count = 'count = var.on ? 1 : 0';
  const { diagnostics } = await convertWith(
    `${count}\n  aws_auth_roles = [${rowWith('"arn:aws:iam::111122223333:role/ops-${count.index}"', 'ops')}]`,
    { ofCluster: count, beside: 'variable "on" {}' },
  );
  const [found] = diagnostics.filter(({ code }) => code === 'TAE324');
  expect(found?.message).toContain('it reads each or count of module.aws_auth, and module.eks is one cluster alone.');
});

test('of a cluster that is a resource itself, entries are written by hand', async () => {
  const text = `resource "aws_eks_cluster" "this" {
  for_each = toset(["a", "b"])
  name     = each.key
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  for_each = toset(["a", "b"])
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = { mapRoles = yamlencode([${rowWith('"arn:aws:iam::111122223333:role/ops"', 'ops')}]) }
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const [found] = diagnostics.filter(({ code }) => code === 'TAE324');
  expect(found?.hint).toBe('Write its entries by hand and drop the row in the config.');
});
