import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../../lib/config/config.ts';
import { convertWith, outcomeOf, rowOf, rowWith } from './row.ts';

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

const nodeRow = (name: string, kind: 'EC2PrivateDNSName' | 'SessionName', ...more: readonly string[]): string =>
  `{ rolearn = "arn:aws:iam::${name}", username = "system:node:{{${kind}}}", groups = ${JSON.stringify(['system:bootstrappers', 'system:nodes', ...more])} }`;
const node = '111122223333:role/nodes';

describe('a row that is named by its session', () => {
  // Hybrid nodes have it, and so have EC2 nodes that are called by the id of their instance, which need the type EC2
  // (amazon-vpc-resource-controller-k8s issue 515).
  test('is of hybrid nodes or of EC2, and a person says which', async () => {
    const row = nodeRow(node, 'SessionName');
    expect(await outcomeOf(row)).toEqual({ disposition: 'blocked', codes: ['TAE333'] });
    const config: Config = {
      accept: [{ principal: `arn:aws:iam::${node}`, code: 'TAE333', reason: 'hybrid nodes of the plant' }],
    };
    expect(await outcomeOf(row, { config })).toEqual({ disposition: 'converted', codes: ['TAE415', 'TAE407'] });
    const hybrid = 'cluster_remote_network_config = { remote_node_networks = { cidrs = ["10.1.0.0/16"] } }';
    expect(await outcomeOf(row, { ofCluster: hybrid })).toEqual({ disposition: 'converted', codes: ['TAE407'] });
    for (const networks of ['null', '{}', 'var.networks']) {
      const ofCluster = `cluster_remote_network_config = ${networks}`;
      expect(await outcomeOf(row, { ofCluster })).toEqual({ disposition: 'blocked', codes: ['TAE333'] });
    }
  });

  // Hybrid nodes take their role from Systems Manager or IAM Roles Anywhere, EC2 instances from an instance profile (EKS user guide,
  // hybrid-nodes-creds; IAM user guide, id_roles_use_switch-role-ec2_instance-profiles). One cluster may have both kinds of nodes.
  test.each([
    [
      'an instance profile has it',
      'ssm',
      'resource "aws_iam_instance_profile" "nodes" {\n  role = aws_iam_role.nodes.name\n}\n',
      'blocked',
    ],
    ['EC2 may take it', 'ec2', '', 'blocked'],
    ['Systems Manager may take it', 'ssm', '', 'converted'],
  ])('beside networks of hybrid nodes: %s', async (_, service, more, disposition) => {
    const principals = `principals {\n    type        = "Service"\n    identifiers = ["${service}.amazonaws.com"]\n  }`;
    const document = `data "aws_iam_policy_document" "trust" {\n  ${principals}\n}\n`;
    const hybrid = 'cluster_remote_network_config = { remote_node_networks = { cidrs = ["10.1.0.0/16"] } }';
    const row = nodeRow(node, 'SessionName').replace(/"arn:[^"]*"/, 'aws_iam_role.nodes.arn');
    for (const [policy, beside] of [
      ['data.aws_iam_policy_document.trust.json', document],
      [`jsonencode({ Statement = [{ Principal = { Service = "${service}.amazonaws.com" } }] })`, ''],
    ] as const) {
      const made = `resource "aws_iam_role" "nodes" {\n  name               = "nodes"\n  assume_role_policy = ${policy}\n}\n`;
      const found = await outcomeOf(row, { ofCluster: hybrid, beside: `${made}${beside}${more}` });
      expect(found).toMatchObject({ disposition, codes: disposition === 'blocked' ? ['TAE333'] : ['TAE407'] });
    }
  });

  // EKS makes the entries of Fargate profiles (EKS user guide, migrating-access-entries): a second one fails with 409.
  test('is left to EKS where it is of Fargate, whether its profile is in the source or not', async () => {
    const row = nodeRow(node, 'SessionName', 'system:node-proxier');
    expect(await outcomeOf(row)).toEqual({ disposition: 'left-to-eks', codes: ['TAE443'] });
    const profiles = `fargate_profiles = { a = { create_iam_role = false, iam_role_arn = "arn:aws:iam::${node}" } }`;
    expect(await outcomeOf(row, { ofCluster: profiles })).toEqual({ disposition: 'left-to-eks', codes: ['TAE406'] });
  });
});

// terraform-aws-modules/eks issue 3413: Karpenter nodes with the group of Fargate beside theirs.
test('a group more of an EC2 node is given up where the config drops it', async () => {
  const row = nodeRow(node, 'EC2PrivateDNSName', 'system:node-proxier');
  expect(await outcomeOf(row)).toEqual({ disposition: 'blocked', codes: ['TAE312'] });
  const config: Config = { groups: { 'system:node-proxier': { drop: true } } };
  expect(await outcomeOf(row, { config })).toEqual({ disposition: 'converted', codes: ['TAE407'] });
  const other: Config = { groups: { 'system:node-proxier': { group: 'proxies' } } };
  expect(await outcomeOf(row, { config: other })).toMatchObject({ disposition: 'blocked' });
});

// EKS user guide, creating-access-entries: an entry of a node type takes a role of the cluster's account only.
describe('a node row whose account may not be that of the cluster', () => {
  const foreign = nodeRow('444455556666:role/nodes', 'EC2PrivateDNSName');
  const beside = rowOf('arn:aws:iam::111122223333:role/dev', 'viewers');

  test('is blocked where rows are of several accounts, until the runner tells', async () => {
    expect(await outcomeOf(`${foreign}, ${beside}`)).toEqual({ disposition: 'blocked', codes: ['TAE321'] });
    const runner = 'arn:aws:iam::444455556666:role/ci';
    expect(await outcomeOf(`${foreign}, ${beside}`, { config: { runner } })).toEqual({
      disposition: 'converted',
      codes: ['TAE407'],
    });
  });

  test('is converted where there is one account, or the account is whoever applies', async () => {
    expect(await outcomeOf(foreign)).toMatchObject({ disposition: 'converted' });
    const own = nodeRow('${data.aws_caller_identity.current.account_id}:role/nodes', 'EC2PrivateDNSName');
    const data = { beside: 'data "aws_caller_identity" "current" {}' };
    expect(await outcomeOf(`${own}, ${beside}, ${rowOf('arn:aws:iam::444455556666:role/b', 'x')}`, data)).toMatchObject(
      {
        disposition: 'converted',
      },
    );
  });
});

const withEntry = (type: string): { ofCluster: string } => ({
  ofCluster: `access_entries = { nodes = { principal_arn = "arn:aws:iam::${node}"${type === '' ? '' : `, type = "${type}"`} } }`,
});

// An entry counts at once, whatever the row says, and its type decides by which name nodes sign in. Sources: EKS user guide,
// migrating-access-entries and creating-access-entries; Amazon EKS AMI, using the instance id as node name (EC2).
describe('a node row whose role has an entry', () => {
  test.each([
    ['EC2PrivateDNSName', 'EC2'],
    ['EC2PrivateDNSName', 'HYBRID_LINUX'],
    ['EC2PrivateDNSName', 'STANDARD'],
    ['EC2PrivateDNSName', ''],
    ['SessionName', 'EC2_LINUX'],
    ['SessionName', 'STANDARD'],
  ] as const)('of {{%s}} and of type %j is warned about', async (kind, type) => {
    expect((await outcomeOf(nodeRow(node, kind), withEntry(type))).codes).toEqual(['TAE409']);
  });

  test.each([
    ['EC2PrivateDNSName', 'EC2_LINUX'],
    ['SessionName', 'EC2'],
    ['SessionName', 'HYBRID_LINUX'],
  ] as const)('of {{%s}} and of type %s is not', async (kind, type) => {
    expect((await outcomeOf(nodeRow(node, kind), withEntry(type))).codes).toEqual(['TAE408']);
  });

  test('of Windows needs EC2_WINDOWS', async () => {
    const row = nodeRow(node, 'EC2PrivateDNSName', 'eks:kube-proxy-windows');
    expect((await outcomeOf(row, withEntry('EC2_LINUX'))).codes).toEqual(['TAE409']);
    expect((await outcomeOf(row, withEntry('EC2_WINDOWS'))).codes).toEqual(['TAE408']);
  });

  test.each([
    ['EC2PrivateDNSName', 'HYBRID_LINUX', 'TAE409'],
    ['EC2PrivateDNSName', 'EC2', 'TAE409'],
    ['SessionName', 'EC2_LINUX', 'TAE409'],
    ['EC2PrivateDNSName', 'EC2_LINUX', 'TAE408'],
    ['EC2PrivateDNSName', 'HYPERPOD_LINUX', 'TAE408'],
  ] as const)('in the live cluster, of {{%s}} and of type %s: %s', async (kind, type, code) => {
    const entries = [{ principalArn: `arn:aws:iam::${node}`, type, groups: [] }];
    expect(await outcomeOf(nodeRow(node, kind), { snapshot: { file: 'entries.json', entries } })).toEqual({
      disposition: 'left-to-eks',
      codes: [code],
    });
  });
});

// A snapshot shows which roles have an entry, once the ARN of the row is known.
describe('a node row whose role has no entry in the live cluster', () => {
  const snapshot = { file: 'entries.json', entries: [] };
  const beside = 'resource "aws_iam_role" "nodes" {\n  name = "nodes"\n}';
  const named = nodeRow(node, 'EC2PrivateDNSName').replace(`"arn:aws:iam::${node}"`, 'aws_iam_role.nodes.arn');
  const config: Config = { principals: { 'aws_iam_role.nodes.arn': { arn: `arn:aws:iam::${node}` } } };

  test.each([
    ['in the row', nodeRow(node, 'EC2PrivateDNSName'), {}],
    ['in the config', named, config],
  ])('is converted without a warning where the ARN is %s', async (_where, row, told) => {
    expect(await outcomeOf(row, { beside, snapshot, config: told })).toEqual({ disposition: 'converted', codes: [] });
  });

  test('is warned about where neither tells the ARN, with the way to tell it', async () => {
    const { rows, diagnostics } = await convertWith(`aws_auth_roles = [${named}]`, { beside, snapshot });
    expect(rows[0]).toMatchObject({ disposition: 'converted', codes: ['TAE407'] });
    expect(diagnostics.find(({ code }) => code === 'TAE407')?.hint).toMatch(/under "principals"/);
  });
});

const karpenter = (args: string): string => `module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.37.2"
  ${args}
}
variable "other" {
  type = string
}`;

// The module makes an entry for the role of Karpenter unless create_access_entry is false, in the cluster that cluster_name names.
// Source: terraform-aws-modules/eks 20.37.2, modules/karpenter/main.tf (aws_eks_access_entry.node)
describe('a row for a role of nodes whose entry may be made for it', () => {
  const second = `module "second" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.37.2"
  cluster_name = var.other
}
moved {
  from = module.eks.kubernetes_config_map.aws_auth[0]
  to   = module.aws_auth.kubernetes_config_map.aws_auth[0]
}`;
  const ofKarpenter = 'module.karpenter.node_iam_role_arn';
  const ofNodes = nodeRow(node, 'EC2PrivateDNSName').replace(`"arn:aws:iam::${node}"`, ofKarpenter);

  test.each([
    ['nodes', ofNodes, 'is a node row for the role of Karpenter (module.karpenter)'],
    [
      'people',
      rowWith(ofKarpenter, 'viewers'),
      'is a row with rights of people for the role of Karpenter (module.karpenter)',
    ],
  ])('says of which cluster is not known, and how to tell it: %s', async (_whose, row, said) => {
    const beside = `${karpenter('cluster_name = "${var.other}-x"')}\n${second}`;
    const { diagnostics } = await convertWith(`aws_auth_roles = [${row}]`, { beside });
    const found = diagnostics.find(({ code }) => code === 'TAE346');
    expect(found?.message).toContain(said);
    expect(found?.message).toContain('Where it is module.eks, the module makes the entry');
    expect(found?.hint).toMatch(/^Write cluster_name of module\.karpenter as an output of its cluster/);
  });

  test.each([
    ['nodes', ofNodes],
    ['people', rowWith(ofKarpenter, 'viewers')],
  ])('says that its flag is not known: %s', async (_whose, row) => {
    const beside = karpenter('cluster_name = "orders"\n  create_access_entry = var.other == "x"');
    const { diagnostics } = await convertWith(`aws_auth_roles = [${row}]`, { beside });
    const found = diagnostics.find(({ code }) => code === 'TAE346');
    expect(found?.message).toContain('whose create_access_entry the source does not tell');
    expect(found?.hint).toContain('Write create_access_entry as true or false.');
  });
});
