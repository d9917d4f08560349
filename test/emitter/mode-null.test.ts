import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const moduleWith = (mode: string): string => `module "eks" {
  source              = "terraform-aws-modules/eks/aws"
  version             = "20.24.3"
  cluster_name        = "demo"
  authentication_mode = ${mode}
}

module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "~> 20.0"
  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]
}
`;

// An argument that is null says nothing: nobody gives it a value elsewhere. Source: developer.hashicorp.com/terraform/language/expressions/types
test.each(['null', '(null)'])('phase 1 writes the mode over %s', async written => {
  const text = moduleWith(written);
  const { revisions, diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  expect(diagnostics.map(({ code }) => code)).not.toContain('TAE208');
  expect(revisions[0]?.files.get('main.tf')).toContain('authentication_mode = "API_AND_CONFIG_MAP"');
});

test('of several environments those before phase 1 keep the mode in force', async () => {
  const files = new Map([['main.tf', moduleWith('null')]]);
  const { revisions } = await convert(files, { runtime: await runtime(), perEnvironment: true });
  expect(revisions.find(({ phase }) => phase === 'per-environment')?.files.get('main.tf')).toContain(
    'var.access_entries_phase >= 4 ? "API" : var.access_entries_phase >= 1 ? "API_AND_CONFIG_MAP" : null',
  );
});
