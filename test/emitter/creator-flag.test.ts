import { expect, test } from '@jest/globals';
import { convert, type ConvertOptions, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// `--cluster-creator-admin` is for whoever runs Terraform. Where it cannot be written, that role needs the entry of its row as all
// others do: without one it has no access once aws-auth is gone.

const runner = 'arn:aws:iam::111122223333:role/ci';
const asked = { runner, clusterCreatorAdmin: true };
const rows = `[{ rolearn = "${runner}", username = "ci", groups = ["system:masters"] }]`;
const awsAuth = `module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "~> 20.0"
  aws_auth_roles = ${rows}
}
`;
const eks = (version: string, more: string): string => `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "${version}"
  cluster_name = "demo"
  ${more}
}
`;
const resource = `resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}
`;

const converted = async (text: string, options: Partial<ConvertOptions> = asked): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { runtime: await runtime(), ...options });

const phase2 = ({ revisions }: ConvertResult): string =>
  [...(revisions.find(({ phase }) => phase === 'add-access-entries')?.files.values() ?? [])].join('\n');
const codesOf = ({ diagnostics }: ConvertResult): readonly string[] => diagnostics.map(({ code }) => code);

const flag = 'enable_cluster_creator_admin_permissions';

// Source: aws_eks_cluster has no such argument; terraform-aws-modules/eks has it from 20.0.0 on (variables.tf).
test.each([
  ['a cluster that is a resource', resource + awsAuth, {}],
  ['a cluster of another root module', awsAuth, { emit: 'resources', config: { clusterName: 'demo' } }],
  ['a release that stays before version 20', eks('17.24.0', `map_roles = ${rows}`), { emit: 'resources' }],
] as const)('%s: the runner gets an entry by its row', async (_, text, options) => {
  const result = await converted(text, { ...asked, ...options });
  expect(phase2(result)).toContain(`principal_arn     = "${runner}"`);
  expect(phase2(result)).not.toContain(flag);
  expect(codesOf(result)).toContain('TAE243');
  expect(codesOf(result)).not.toContain('TAE408');
});

// The flag makes no entry of a cluster that does not have it, so phase 2 has nothing to write.
test.each([
  ['a cluster that is a resource', resource, 'add-access-entries blocked TAE304'],
  ['a call of the module', eks('20.24.3', ''), 'add-access-entries ready'],
  [
    'a call that has the flag',
    eks('20.24.3', `${flag} = true\n  authentication_mode = "API_AND_CONFIG_MAP"`),
    'add-access-entries done',
  ],
] as const)('where every row is blocked: %s', async (_, cluster, expected) => {
  const { report } = await converted(cluster + awsAuth.replaceAll(runner, 'ci'));
  expect(report.phases.map(({ id, status, blockedBy }) => [id, status, ...blockedBy].join(' '))).toContain(expected);
});

test('a flag that is an expression may be false: the runner gets an entry, and it is said that there may be two', async () => {
  for (const clusterCreatorAdmin of [true, false]) {
    const result = await converted(eks('20.24.3', `${flag} = var.admin`) + awsAuth, { runner, clusterCreatorAdmin });
    expect(phase2(result)).toContain(`principal_arn     = "${runner}"`);
    const [found, ...others] = result.diagnostics.filter(({ code }) => code === 'TAE223');
    expect(others).toEqual([]);
    expect(found?.message).toContain(runner);
    expect(found?.hint).not.toContain('--runner');
  }
});

test('a flag that is on stands for the row of the runner', async () => {
  const result = await converted(eks('20.24.3', `${flag} = true`) + awsAuth);
  expect(phase2(result)).not.toContain(`principal_arn     = "${runner}"`);
  expect(codesOf(result)).toContain('TAE408');
  expect(codesOf(result)).not.toContain('TAE223');
});

test('the flag that is asked for is written, and stands for the row of the runner', async () => {
  const result = await converted(eks('20.24.3', '') + awsAuth);
  expect(phase2(result)).toContain(`${flag} = true`);
  expect(phase2(result)).not.toContain(`principal_arn     = "${runner}"`);
});

test('a flag that is on is spoken of where another is asked for, too', async () => {
  const result = await converted(eks('20.24.3', `${flag} = true`) + awsAuth.replace(runner, `${runner}2`), {
    clusterCreatorAdmin: true,
  });
  expect(codesOf(result)).toContain('TAE223');
});

test('rows that only a plan knows may hold the runner', async () => {
  const text = `${eks('20.24.3', `${flag} = true`)}${awsAuth.replace(rows, 'var.rows')}variable "rows" {}\n`;
  expect(codesOf(await converted(text, {}))).toContain('TAE223');
});
