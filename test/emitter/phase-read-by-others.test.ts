import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const source = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "demo"
  authentication_mode = "CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]
}
`;

const convertOf = async (text: string): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { runtime: await runtime(), perEnvironment: true });

const phased = async (): Promise<string> =>
  (await convertOf(source)).revisions.find(({ phase }) => phase === 'per-environment')?.files.get('main.tf') ?? '';

// Taken out, the variable leaves what phase 2 ends with: in an expression of somebody else that is another value than the one in force.
test.each([
  ['a resource', 'resource "aws_iam_role" "old" {\n  count = var.access_entries_phase < 3 ? 1 : 0\n}\n'],
  ['a resource that comes', 'resource "aws_iam_role" "new" {\n  count = var.access_entries_phase >= 2 ? 1 : 0\n}\n'],
  ['an output', 'output "has_aws_auth" {\n  value = var.access_entries_phase < 3\n}\n'],
  ['a local', 'locals {\n  mode = var.access_entries_phase >= 4 ? "API" : "API_AND_CONFIG_MAP"\n}\n'],
  ['another module', 'module "bastion" {\n  source  = "./bastion"\n  enabled = var.access_entries_phase < 3\n}\n'],
])('%s that reads the phase in the form of the tool is nobody’s to change', async (_, more) => {
  const text = `${await phased()}\n${more}`;
  const { diagnostics, revisions } = await convertOf(text);
  const [found] = diagnostics.filter(({ code }) => code === 'TAE263');
  expect(text.slice(found?.range?.start, found?.range?.end)).toBe('var.access_entries_phase');
  expect(found?.range?.start).toBeGreaterThan(text.indexOf(more));
  expect(revisions).toEqual([]);
});

test('what the tool has written is its own', async () => {
  const { diagnostics } = await convertOf(await phased());
  expect(diagnostics.map(({ code }) => code)).not.toContain('TAE263');
});
