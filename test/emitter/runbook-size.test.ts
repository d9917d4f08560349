import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { runtime } from '../support/fixture.ts';

// People work from it on a Friday at 17:00: what is the same for every migration is in the guide, what is asked in gates.sh.

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const bytes = (text: string): number => Buffer.byteLength(text);

test('the runbook of the quickstart has 6 KB at most', () => {
  const path = new URL('../../examples/quickstart/after/MIGRATION.md', import.meta.url);
  expect(bytes(readFileSync(path, 'utf8'))).toBeLessThanOrEqual(6000);
});

test('also with the directory that the README names', async () => {
  const before = new URL('../../examples/quickstart/before/', import.meta.url);
  const files = readdirSync(before).map(name => [
    `examples/quickstart/before/${name}`,
    readFileSync(new URL(name, before), 'utf8'),
  ]);
  const directory = directoryWith(Object.fromEntries(files) as Record<string, string>);
  const [, line = ''] = /npx --no -- tf-access-entries (convert .*)/.exec(readme) ?? [];
  expect((await runHere(directory, line.split(' '))).status).toBe(0);
  expect(bytes(readFileSync(join(directory, 'quickstart-migration/MIGRATION.md'), 'utf8'))).toBeLessThanOrEqual(6000);
});

test('what is folded says when to run it', async () => {
  const text = readFileSync(new URL('../../examples/quickstart/after/MIGRATION.md', import.meta.url), 'utf8');
  expect([...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, title]) => title)).toEqual([
    'Only where the apply stopped half-way, or to go back',
    'Only to go back',
  ]);
});

/** As the rows of a company are: people by Identity Center, pipelines, teams with groups, users, nodes. */
const rows = [
  ...['PlatformAdmin', 'SecurityAudit', 'DataEngineering', 'OnCallEmergency', 'ReadOnlyFinance'].map(
    (name, index) =>
      `{ rolearn = "arn:aws:iam::111122223333:role/AWSReservedSSO_${name}_0a1b2c3d4e5f607${index}", username = "${name.toLowerCase()}:{{SessionName}}", groups = ["${index % 2 === 0 ? 'system:masters' : name}"] }`,
  ),
  ...Array.from(
    { length: 8 },
    (_, index) =>
      `{ rolearn = "arn:aws:iam::111122223333:role/team-${index}-developers", username = "team-${index}", groups = ["developers", "viewers"] }`,
  ),
  ...['deploy', 'terraform', 'argocd'].map(
    name => `{ rolearn = aws_iam_role.${name}.arn, username = "${name}", groups = ["system:masters"] }`,
  ),
  '{ rolearn = module.eks.eks_managed_node_groups["default"].iam_role_arn, username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:bootstrappers", "system:nodes"] }',
];
const users = ['ada', 'grace', 'linus'].map(
  name => `{ userarn = "arn:aws:iam::111122223333:user/people/${name}", username = "${name}", groups = ["viewers"] }`,
);

test('that of a module of 20 rows has 9 KB at most', async () => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name            = "production-eu-west-1"
  eks_managed_node_groups = { default = {} }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles = [
    ${rows.join(',\n    ')}
  ]
  aws_auth_users = [
    ${users.join(',\n    ')}
  ]
}
${['deploy', 'terraform', 'argocd'].map(name => `resource "aws_iam_role" "${name}" {\n  name = "${name}"\n}\n`).join('')}`;
  const options = { runtime: await runtime(), ssoRegion: 'eu-west-1' };
  const { runbook, report } = await convert(new Map([['main.tf', text]]), options);
  expect([report.rows.length, report.counts.blocked]).toEqual([20, 0]);
  expect(bytes(runbook)).toBeLessThanOrEqual(9000);
});
