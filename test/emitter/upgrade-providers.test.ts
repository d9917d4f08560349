import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const source = (constraint: string): string => `terraform {
  required_providers {
    tls = {
      source  = "hashicorp/tls"
      version = "${constraint}"
    }
  }
}

module "eks" {
  source                          = "terraform-aws-modules/eks/aws"
  version                         = "20.37.2"
  cluster_name                    = "demo"
  authentication_mode             = "API"
  enable_security_groups_for_pods = false
}
`;

// versions.tf of terraform-aws-modules/eks: tls ">= 3.0" at v20.37.2, ">= 4.0" at v21.0.0 and v21.19.0.
test.each([
  ['~> 3.4', ['TAE239']],
  ['< 4', ['TAE239']],
  ['~> 4.0', []],
  ['>= 3.0', []],
] as const)('with the tls provider at "%s" version 21 is refused by %j', async (constraint, codes) => {
  const files = new Map([['main.tf', source(constraint)]]);
  const { diagnostics, revisions } = await convert(files, { to: 'v21', runtime: await runtime() });
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(codes);
  expect(revisions.map(({ phase }) => phase)).toEqual(codes.length > 0 ? [] : ['upgrade-to-v21']);
});
