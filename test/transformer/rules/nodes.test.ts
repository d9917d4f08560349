import { expect, test } from '@jest/globals';
import { outcomeOf, rowOf } from './row.ts';

const role = 'arn:aws:iam::111122223333:role/team';
const groups = (argument: string, more = ''): string =>
  `${argument} = { main = { create_iam_role = false, create_iam_instance_profile = false, iam_role_arn = "${role}"${more} } }`;

// EKS makes the entries of managed groups and Fargate profiles, the module those of self-managed ones: a second one fails with 409.
test.each([
  ['EKS', groups('eks_managed_node_groups'), 'viewers'],
  ['EKS', groups('eks_managed_node_groups'), 'system:masters'],
  ['the module', groups('self_managed_node_groups'), 'viewers'],
])('a row of people cannot have the role of a group whose entry %s makes', async (_maker, cluster, group) => {
  expect(await outcomeOf(rowOf(role, group), { ofCluster: cluster })).toEqual({
    disposition: 'blocked',
    codes: ['TAE312'],
  });
});

test.each([
  ['nobody makes', groups('self_managed_node_groups', ', create_access_entry = false')],
  ['is that of another role', groups('eks_managed_node_groups').replace('team', 'nodes')],
])('it can where the entry %s', async (_maker, cluster) => {
  expect(await outcomeOf(rowOf(role, 'viewers'), { ofCluster: cluster })).toEqual({
    disposition: 'converted',
    codes: [],
  });
});
