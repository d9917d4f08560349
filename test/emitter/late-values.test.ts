import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

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
  const { runbook } = await convert(new Map([['main.tf', module(more)]]), { runtime: await runtime() });
  const sections = runbook.split(/^## Phase /m).slice(1);
  const naming = (start: string): readonly string[] =>
    sections
      .filter(section => section.includes(`\n- ${start}`))
      .map(section => /^\d: (\S+)$/m.exec(section)?.[1] ?? '');
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
