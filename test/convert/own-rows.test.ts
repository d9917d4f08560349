import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// A module before version 20 adds the rows of its node groups by itself, also where nobody has written one. Sources:
// terraform-aws-modules/eks, aws_auth.tf of v17.24.0, main.tf of v19.21.0 (aws_auth_configmap_data).

const of19 = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name              = "shop"
  manage_aws_auth_configmap = true

  eks_managed_node_groups = {
    default = {}
  }
  self_managed_node_groups = {
    spot = {}
  }
}
`;

const of17 = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "17.24.0"

  cluster_name    = "shop"
  cluster_version = "1.31"
  vpc_id          = "vpc-0a1b2c3d"
  subnets         = ["subnet-0a1b2c3d"]

  node_groups = {
    default = {}
  }
}
`;

test.each([
  ['19', of19, 'manage_aws_auth_configmap = false', 2],
  ['17', of17, 'manage_aws_auth = false', 1],
])(
  'a module of version %s with the rows of its nodes alone is left at its release',
  async (_version, text, off, rows) => {
    const { diagnostics, report, revisions } = await convert(new Map([['main.tf', text]]), {
      runtime: await runtime(),
      emit: 'resources',
    });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.rows).toHaveLength(rows);
    const removed = revisions.find(({ phase }) => phase === 'remove-aws-auth')?.files.get('main.tf');
    expect(removed?.replace(/ +/g, ' ')).toContain(off);
    expect(removed).toMatch(/node_groups = \{\n    default = \{\}/);
    // Read anew the source has nothing more to do.
    const after = await convert(new Map([['main.tf', removed ?? '']]), { runtime: await runtime(), emit: 'resources' });
    expect(after.diagnostics.map(({ code }) => code)).toEqual(['TAE012']);
  },
);
