import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const source = `variable "mode" {
  type    = string
  default = "CONFIG_MAP"
}

module "eks" {
  source              = "terraform-aws-modules/eks/aws"
  version             = "20.37.2"
  cluster_name        = "demo"
  authentication_mode = var.mode
}

module "aws_auth" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "20.37.2"
  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]
}
`;

const convertFor = async (text: string): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { runtime: await runtime(), perEnvironment: true });

// The number of the phase does not set a mode that is the author's expression: a person does it, in phase 1 and in phase 4.
test('a mode by a variable is nobody’s number: phases 1 and 4 say who must set it', async () => {
  const first = await convertFor(source);
  const written = first.revisions.find(({ phase }) => phase === 'per-environment')?.files.get('main.tf');
  for (const { report } of [first, await convertFor(written ?? '')]) {
    const phase = (id: string) => report.phases.find(one => one.id === id);
    expect(phase('enable-api')).toMatchObject({
      status: 'nothing-to-change',
      changes: ['module.eks: var.mode must give "API_AND_CONFIG_MAP"'],
    });
    expect(phase('api-only')?.changes).toContain('module.eks: var.mode must give "API"');
  }
});
