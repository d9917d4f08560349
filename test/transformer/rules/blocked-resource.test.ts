import { expect, test } from '@jest/globals';
import { outcomeOf, rowWith } from './row.ts';

const beside = 'resource "aws_iam_role" "ops" {\n  name = "${module.eks.cluster_name}-ops"\n}\n';

test('a row that waits for the cluster becomes resources', async () => {
  expect(await outcomeOf(rowWith('aws_iam_role.ops.arn', 'ops'), { beside })).toEqual({
    disposition: 'converted',
    codes: ['TAE412'],
  });
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
