import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const codesOf = async (text: string, wanted: readonly string[]): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.map(({ code }) => code).filter(code => wanted.includes(code));
};

const call = (body: string, version = '20.24.3'): string =>
  `module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "${version}"\n\n  cluster_name = "shop"\n${body}\n}\n`;
const entries = (body: string): string =>
  call(`  authentication_mode = "API"\n  access_entries = {\n    a = { ${body} }\n  }`);
const arn = 'principal_arn = "arn:aws:iam::111122223333:role/a"';
const policy = (key: string, name: string, scope = 'type = "cluster"'): string =>
  `${key} = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/${name}", access_scope = { ${scope} } }`;
const policies = (...all: readonly string[]): string => `${arn}, policy_associations = { ${all.join(', ')} }`;

const viewedTwice = (...counts: readonly string[]): string =>
  entries(arn) +
  counts
    .map(
      (count, index) => `resource "aws_eks_access_policy_association" "v${index}" {
  count         = ${count}
  cluster_name  = module.eks.cluster_name
  principal_arn = "arn:aws:iam::111122223333:role/a"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
  access_scope {
    type = "cluster"
  }
}
`,
    )
    .join('');

// Each fault as it is written, and the same without it.
test.each([
  // The API lets the principal in and gives it nothing (EKS user guide, access-entries).
  ['TAE727', entries(arn), entries(`${arn}, kubernetes_groups = ["x"]`)],
  ['TAE727', entries(`${arn}, kubernetes_groups = []`), entries(policies(policy('x', 'AmazonEKSViewPolicy')))],
  ['TAE727', entries(`${arn}, user_name = "a"`), entries(`${arn}, type = "EC2_LINUX"`)],
  ['TAE727', entries(`${arn}, policy_associations = {}`), entries(`${arn}, kubernetes_groups = var.groups`)],
  // One association per policy and principal (the id of the resource in terraform-provider-aws).
  [
    'TAE728',
    entries(
      policies(
        policy('x', 'AmazonEKSViewPolicy', 'type = "namespace", namespaces = ["a"]'),
        policy('y', 'AmazonEKSViewPolicy', 'type = "namespace", namespaces = ["b"]'),
      ),
    ),
    entries(policies(policy('x', 'AmazonEKSViewPolicy'), policy('y', 'AmazonEKSEditPolicy'))),
  ],
  // Of two resources under opposite conditions one is there.
  ['TAE728', viewedTwice('1', '1'), viewedTwice('var.all ? 1 : 0', 'var.all ? 0 : 1')],
  ['TAE748', entries(`${arn}, policy_associations = null`), entries(`${arn}, policy_associations = {}`)],
  [
    'TAE750',
    entries(policies(policy('x', 'AmazonEKSVeiwPolicy'))),
    entries(policies(policy('x', 'AmazonEKSSomethingNewByAwsPolicy'))),
  ],
  ...['AmazonEKSClusterAdmin', 'AmazonEKSClusterAdminPolicie', 'AmazonEKSClusterAdminPolicies', 'AmazonEKSView'].map(
    (name): readonly [string, string, string] => [
      'TAE750',
      entries(policies(policy('x', name))),
      entries(policies(policy('x', 'AmazonEKSClusterAdminPolicy'))),
    ],
  ),
  [
    'TAE750',
    entries(policies(policy('x', 'AmazonEKSHybridPolicy'))),
    entries(policies(policy('x', 'AmazonEKSAdminPolicy'))),
  ],
  // Whom a policy is for: EKS user guide, access-policy-permissions.
  [
    'TAE763',
    entries(policies(policy('x', 'AmazonEKSAutoNodePolicy'))),
    entries(`type = "EC2", ${policies(policy('x', 'AmazonEKSAutoNodePolicy'))}`),
  ],
  [
    'TAE763',
    entries(policies(policy('x', 'AmazonEKSNetworkingPolicy'))),
    entries(
      policies(policy('x', 'AmazonEKSNetworkingPolicy')).replace(
        /"arn:aws:iam[^"]*"/,
        'module.eks.cluster_iam_role_arn',
      ),
    ),
  ],
  // A service has a role; nobody but people is an IAM user or has a role of Identity Center.
  ...['user/ana', 'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef'].map(
    (person): readonly [string, string, string] => [
      'TAE763',
      entries(policies(policy('x', 'AWSBackupFullAccessPolicyForBackup')).replace('role/a', person)),
      entries(policies(policy('x', 'AWSBackupFullAccessPolicyForBackup'))),
    ],
  ),
  ['TAE750', entries(policies(policy('x', 'EKSEditPolicy'))), entries(policies(policy('x', 'MyPolicy')))],
  // Of objects that are merged each part is one of the entry.
  [
    'TAE706',
    call(
      `  authentication_mode = "API"\n  access_entries = { a = merge({ ${arn} }, { kubernetes_groups = ["system:masters"] }) }`,
    ),
    call(
      `  authentication_mode = "API"\n  access_entries = { a = merge({ ${arn} }, { kubernetes_groups = ["masters"] }) }`,
    ),
  ],
  // Version 20 takes a list of them as well.
  [
    'TAE750',
    entries(
      `${arn}, policy_associations = [{ policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSVeiwPolicy", access_scope = { type = "cluster" } }]`,
    ),
    entries(
      `${arn}, policy_associations = [{ policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", access_scope = { type = "cluster" } }]`,
    ),
  ],
  [
    'TAE722',
    entries(
      `${arn}, policy_associations = [{ policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", access_scope = { type = "namespace" } }]`,
    ),
    entries(
      `${arn}, policy_associations = [{ policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", access_scope = { type = "cluster" } }]`,
    ),
  ],
  ['TAE751', entries('kubernetes_groups = ["x"]'), entries(`${arn}, kubernetes_groups = ["x"]`)],
  [
    'TAE751',
    entries(policies('x = { access_scope = { type = "cluster" } }')),
    entries(policies('x = { policy_arn = var.policy, access_scope = { type = "cluster" } }')),
  ],
  [
    'TAE752',
    entries(`${arn}, tags = { ${Array.from({ length: 51 }, (_, index) => `t${index} = "x"`).join(', ')} }`),
    entries(`${arn}, tags = { ${Array.from({ length: 50 }, (_, index) => `t${index} = "x"`).join(', ')} }`),
  ],
  // Documented are {{SessionName}} and {{SessionNameRaw}}, for usernames (EKS user guide, set-custom-username).
  ['TAE760', entries(`${arn}, user_name = "a:{{AccountID}}"`), entries(`${arn}, user_name = "a:{{SessionName}}"`)],
  [
    'TAE760',
    entries(`${arn.replace('role/a', 'user/a')}, user_name = "a:{{SessionName}}"`),
    entries(`${arn.replace('role/a', 'user/a')}, user_name = "a"`),
  ],
  [
    'TAE760',
    entries(`${arn}, kubernetes_groups = ["t-{{SessionName}}"]`),
    entries(`${arn}, kubernetes_groups = ["t"]`),
  ],
  [
    'TAE754',
    call(`  access_entries = { a = { ${arn} } }`),
    call(`  authentication_mode = "API_AND_CONFIG_MAP"\n  access_entries = { a = { ${arn} } }`),
  ],
  [
    'TAE759',
    call('  cluster_compute_config = { enabled = true }'),
    call('  cluster_compute_config = { enabled = true, node_pools = ["general-purpose"] }'),
  ],
  [
    'TAE759',
    call('  cluster_compute_config = { enabled = true, node_pools = [] }'),
    call(
      `  cluster_compute_config = { enabled = true }\n  access_entries = { n = { ${policies(policy('n', 'AmazonEKSAutoNodePolicy'))}, type = "EC2" } }`,
    ),
  ],
  [
    'TAE759',
    call('  compute_config = { enabled = true }', '21.3.1').replace('cluster_name', 'name'),
    call('  cluster_compute_config = { enabled = false }'),
  ],
])('%s', async (code, trap, clean) => {
  expect(await codesOf(trap, [code])).toEqual([code]);
  expect(await codesOf(clean, [code])).toEqual([]);
});

const templateMessages = async (username: string): Promise<readonly string[]> => {
  const files = new Map([['main.tf', entries(`${arn}, user_name = "${username}"`)]]);
  const { diagnostics } = await check(files, { runtime: await runtime() });
  return diagnostics.flatMap(({ code, message }) => (code === 'TAE760' ? [message] : []));
};

test('aws-auth fills in its own templates alone', async () => {
  expect(await templateMessages('a:{{AccountID}}')).toEqual([
    expect.stringContaining('aws-auth fills in {{AccountID}}'),
  ]);
  expect(await templateMessages('a:{{Team}}')).toEqual([expect.stringContaining('aws-auth does not know {{Team}}')]);
});

const association = (name: string): string => `resource "aws_eks_access_policy_association" "x" {
  cluster_name  = module.eks.cluster_name
  principal_arn = "arn:aws:iam::111122223333:role/${name}"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

  access_scope {
    type = "cluster"
  }
}
`;

describe('a policy beside the module', () => {
  const one = entries(`${arn}, kubernetes_groups = ["x"]`);

  test('is for a principal with an entry', async () => {
    expect(await codesOf(one + association('b'), ['TAE753'])).toEqual(['TAE753']);
    expect(await codesOf(one + association('a'), ['TAE753'])).toEqual([]);
    const own = `resource "aws_eks_access_entry" "b" {\n  cluster_name  = module.eks.cluster_name\n  principal_arn = "arn:aws:iam::111122223333:role/b"\n}\n`;
    expect(await codesOf(one + own + association('b'), ['TAE753'])).toEqual([]);
  });

  test('is not judged where an entry is not known', async () => {
    const open = entries('principal_arn = var.arn, kubernetes_groups = ["x"]');
    expect(await codesOf(open + association('b'), ['TAE753'])).toEqual([]);
    const many = call('  access_entries = var.entries');
    expect(await codesOf(many + association('b'), ['TAE753'])).toEqual([]);
  });
});

// What is not known of an ARN does not hide what is.
test.each([
  ['TAE709', 'arn:aws:iam::${data.aws_caller_identity.x.account_id}:root'],
  ['TAE708', 'arn:aws:sts::${data.aws_caller_identity.x.account_id}:assumed-role/a/b'],
  ['TAE708', 'arn:aws:iam::12345:role/${var.name}'],
  ['TAE708', '${var.name}-admin'],
])('%s of a principal that is known in part: %s', async (code, principal) => {
  const text = entries(`principal_arn = "${principal}", kubernetes_groups = ["x"]`);
  expect(await codesOf(text, ['TAE708', 'TAE709'])).toEqual([code]);
});

// EKS deletes the associations of an entry with it. Source: EKS user guide, deleting-access-entries
test.each([
  ['AmazonEKSAutoNodePolicy', '-replace', 'Take it out'],
  ['AmazonEKSNetworkingPolicy', 'Take it out', 'EC2'],
])('what to do about %s: %s', async (name, wanted, unwanted) => {
  const files = new Map([['main.tf', entries(policies(policy('x', name)))]]);
  const { diagnostics } = await check(files, { runtime: await runtime() });
  const { hint = '' } = diagnostics.find(({ code }) => code === 'TAE763') ?? {};
  expect(hint).toContain(wanted);
  expect(hint).not.toContain(unwanted);
});
