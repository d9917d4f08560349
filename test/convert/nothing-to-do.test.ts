import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const said = async (mode: string): Promise<string | undefined> => {
  const text = `variable "mode" {
  type    = string
  default = "API"
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = ${mode}

  access_entries = {
    ops = {
      principal_arn     = "arn:aws:iam::111122223333:role/ops"
      kubernetes_groups = ["ops"]
    }
  }
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.find(({ code }) => code === 'TAE012')?.message;
};

// A default is one caller's value.
test.each([
  ['"API"', 'and the mode is API.'],
  ['var.mode', 'and the mode is that of var.mode.'],
])('with the mode %s nothing is left: %s', async (mode, end) => {
  const message = await said(mode);
  expect(message).toContain('no aws-auth call is left');
  expect(message?.endsWith(end)).toBe(true);
});

test('with a release that has no argument for the mode nothing is said of its value', async () => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name = "demo"
}

resource "aws_eks_access_entry" "ops" {
  cluster_name      = module.eks.cluster_name
  principal_arn     = "arn:aws:iam::111122223333:role/ops"
  kubernetes_groups = ["ops"]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime(), emit: 'resources' });
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['TAE012', expect.stringMatching(/no aws-auth call is left, and the mode of module\.eks is not in the source\.$/)],
  ]);
});

// Its flag stays in the source, since it is on by default.
test('a call of version 17 that makes nothing has nothing to clean up', async () => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "17.24.0"

  cluster_name    = "demo"
  create_eks      = false
  manage_aws_auth = true
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime(), emit: 'resources' });
  expect(diagnostics.map(({ code }) => code)).toEqual(['TAE012']);
});

// From 18.0 to 18.19 the module writes no aws-auth: the rows are kept elsewhere, and the source looks as if there were none.
test('without entries, rows and a mode it is not said that the migration is done', async () => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "18.10.0"

  cluster_name = "demo"
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), {
    emit: 'resources',
    runtime: await runtime(),
  });
  const message = diagnostics.find(({ code }) => code === 'TAE012')?.message;
  expect(message).toContain('no aws-auth call for module.eks in this root module');
  expect(message).not.toContain('done');
});
