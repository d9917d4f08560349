import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';
import { gatesOf, phaseOf, phasesIn } from '../support/runbook.ts';

const module = (more: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "CONFIG_MAP"
${more}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }]
}
`;

/** The phases whose plan may show each of the two. Read in main.tf of the module at v20.24.3. */
const shown = async (more: string): Promise<Readonly<Record<string, readonly string[]>>> => {
  const result = await convert(new Map([['main.tf', module(more)]]), { runtime: await runtime() });
  const naming = (start: string): readonly string[] =>
    phasesIn(result.runbook).flatMap(([number, id]) => (gatesOf(result, number).includes(`'  ${start}`) ? [id] : []));
  return {
    thumbprint: naming('aws_iam_openid_connect_provider.oidc_provider[0]: may'),
    addons: naming('aws_eks_addon: each without addon_version'),
  };
};

const both = ['enable-api', 'api-only'];

test.each([
  ['nothing said', '', both, []],
  ['irsa off', '  enable_irsa = false', [], []],
  ['no thumbprint of the root', '  include_oidc_root_ca_thumbprint = false', [], []],
  ['irsa by an expression', '  enable_irsa = var.irsa', both, []],
  ['an add-on that is looked up', '  cluster_addons = { vpc-cni = { most_recent = true } }', both, both],
  ['one of two with a version', '  cluster_addons = { a = { addon_version = "v1" }, b = {} }', both, both],
  ['all with a version', '  cluster_addons = { a = { addon_version = "v1" } }', both, []],
  ['add-ons by an expression', '  cluster_addons = var.addons', both, both],
  ['no add-on', '  cluster_addons = {}', both, []],
] as const)('phases 1 and 4 name what is looked up by the cluster: %s', async (_name, more, thumbprint, addons) => {
  expect(await shown(more)).toEqual({ thumbprint, addons });
});

const phase = async (text: string, id: string, options: { to?: 'v21' } = {}): Promise<string> => {
  const result = await convert(new Map([['main.tf', text]]), { ...options, runtime: await runtime() });
  const [number] = phasesIn(result.runbook).find(([, other]) => other === id) ?? [];
  return number === undefined ? '' : phaseOf(result, number);
};

const addons = (name: string, value: string): string => `\n  ${name} = { coredns = { ${value} } }`;
const lookedUp = 'aws_eks_addon: each without addon_version';

const before = (more: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name              = "demo"
  manage_aws_auth_configmap = true${more}
}
`;

/** In main.tf at v19.21.0 and v20.37.2 the cluster gets a tag, and add-ons other arguments. */
test('phase 0 changes the cluster, too', async () => {
  const pinned = await phase(before(addons('cluster_addons', 'addon_version = "v1"')), 'split-aws-auth');
  expect(pinned).toContain('aws_eks_addon: updated in place (preserve');
  expect(pinned).not.toContain(lookedUp);
  expect(await phase(before(addons('cluster_addons', 'most_recent = true')), 'split-aws-auth')).toContain(lookedUp);
  expect(await phase(before(''), 'split-aws-auth')).not.toContain('aws_eks_addon');
});

/** In main.tf and node_groups.tf at v21.19.0 the tag is gone, and the nodes have a rule more. */
test('the upgrade to version 21 does so as well', async () => {
  const book = await phase(module(addons('cluster_addons', 'most_recent = true')), 'upgrade-to-v21', { to: 'v21' });
  expect(book).toContain('thumbprint_list known after apply');
  expect(book).toContain(lookedUp);
  expect(book).toContain('resolve_conflicts_on_create');
  expect(book).toContain('ingress_cluster_10251_webhook');
  const without = await phase(
    module('  enable_irsa = false\n  node_security_group_enable_recommended_rules = false'),
    'upgrade-to-v21',
    { to: 'v21' },
  );
  expect(without).toContain('time_sleep.this[0] replaced');
  expect(without).not.toMatch(/thumbprint_list|aws_eks_addon|10251/);
});

/** In modules/karpenter/main.tf at v20.37.2, v21.2.0 and v21.19.0. */
test('of Karpenter, the upgrade names the policy that is taken away', async () => {
  const karpenter =
    'module "karpenter" {\n  source  = "terraform-aws-modules/eks/aws//modules/karpenter"\n  version = "20.24.3"\n\n  cluster_name = "demo"\n}\n';
  const book = await phase(module('') + karpenter, 'upgrade-to-v21', { to: 'v21' });
  expect(book).toContain('AmazonEC2ContainerRegistryReadOnly');
  expect(await phase(module(''), 'upgrade-to-v21', { to: 'v21' })).not.toContain('AmazonEC2ContainerRegistryReadOnly');
});

// module.kms in main.tf of the eks module: key_administrators are those given, else whoever runs Terraform.
test.each([
  ['nothing said', '', true],
  ['administrators', '  kms_key_administrators = ["arn:aws:iam::111122223333:role/ops"]', false],
  ['no key', '  create_kms_key = false', false],
  ['no encryption', '  cluster_encryption_config = {}', false],
])('the key of the secrets, with %s', async (_name, more, follows) => {
  const { runbook } = await convert(new Map([['main.tf', module(more)]]), { runtime: await runtime() });
  expect(runbook.includes('Let one role run all phases')).toBe(follows);
});
