import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// A call that is off, beside what is known of the live ConfigMap: the way out is one that has not been gone already.

type Given = { readonly live?: string; readonly flag?: string; readonly groups?: readonly string[] };

const hintFor = async (
  principal: string,
  { live, flag = 'false', groups = ['x'] }: Given = {},
): Promise<string | undefined> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = ${flag}

  aws_auth_roles = [{ rolearn = ${principal}, username = "x", groups = ["x"] }]
}

locals {
  off = false
}
`;
  const data = { mapRoles: JSON.stringify([{ rolearn: live, username: 'x', groups }]) };
  const configMap = { kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data };
  const { diagnostics } = await convert(new Map([['main.tf', text]]), {
    runtime: await runtime(),
    ...(live !== undefined && { awsAuth: { file: 'aws-auth.json', text: JSON.stringify(configMap) } }),
  });
  return diagnostics.find(({ code }) => code === 'TAE310' || code === 'TAE325')?.hint;
};

const written = '"arn:aws:iam::111122223333:role/x"';
const other = 'arn:aws:iam::111122223333:role/y';

test('without the live ConfigMap it is asked for', async () => {
  expect(await hintFor(written)).toMatch(/^Give the live ConfigMap with --aws-auth/);
});

test('a principal that the live ConfigMap has not is dropped, or granted access', async () => {
  expect(await hintFor(written, { live: other })).toBe(
    'Drop the row in the config, or accept TAE310 for the principal there to grant the access.',
  );
});

test('an expression that may be of a live row is compared by hand', async () => {
  expect(await hintFor('var.role', { live: other })).toMatch(
    /^Which live rows are of this expression is not known\. Compare/,
  );
});

test.each(['local.off', '!true', '(local.off)'])('a flag that is off by %s is off', async flag => {
  expect(await hintFor(written, { flag })).toMatch(/^Give the live ConfigMap with --aws-auth/);
});

test('of a live row that differs nobody says that an apply changes it, unless the call manages the ConfigMap', async () => {
  const differs = { live: 'arn:aws:iam::111122223333:role/x', groups: ['y'] };
  expect(await hintFor(written, differs)).toMatch(/^No apply changes the live row\./);
  expect(await hintFor(written, { ...differs, flag: 'true' })).toMatch(
    /^Write the rights you want into the source, apply it/,
  );
});
