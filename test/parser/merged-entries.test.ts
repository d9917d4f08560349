import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const principal = 'principal_arn = "arn:aws:iam::111122223333:role/ops"';
const admin = `{
      ${principal}
      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }`;
const bare = `{ ${principal} }`;

/** What convert says of a row with system:masters beside these entries. */
const codesBeside = async (entries: string): Promise<readonly string[]> => {
  const text = `module "eks" {
  source              = "terraform-aws-modules/eks/aws"
  version             = "20.24.3"
  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"
  access_entries      = ${entries}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.map(({ code }) => code);
};

// Source: developer.hashicorp.com/terraform/language/functions/merge: the last argument that has a key defines it.
test.each([
  [
    'a literal behind a for',
    (first: string, last: string) => `merge({ for key in ["ops"] : key => ${first} }, { ops = ${last} })`,
  ],
  [
    'a for behind a literal',
    (first: string, last: string) => `merge({ ops = ${first} }, { for key in ["ops"] : key => ${last} })`,
  ],
])('of a key that is written twice the last value counts: %s', async (_what, merged) => {
  const [hasAdmin, hasNothing] = [await codesBeside(`{ ops = ${admin} }`), await codesBeside(`{ ops = ${bare} }`)];
  expect(hasNothing).not.toEqual(hasAdmin);
  expect(await codesBeside(merged(admin, bare))).toEqual(hasNothing);
  expect(await codesBeside(merged(bare, admin))).toEqual(hasAdmin);
});
