import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';
import { printedBy } from '../support/runbook.ts';

const module = (rows: string, mode = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "demo"
${mode}}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true
  aws_auth_roles = ${rows}
}
`;

const row = (name: string, group: string): string =>
  `{\n      rolearn  = "arn:aws:iam::111122223333:role/${name}"\n      username = "${name}"\n      groups   = ["${group}"]\n    },`;

const converted = async (text: string) => convert(new Map([['main.tf', text]]), { runtime: await runtime() });

// Pasted where the condition does not hold, it would make an administrator of who has an entry by another row.
test('no command that is pasted gives a policy that a row grants under a condition alone', async () => {
  const rows = `concat([\n    ${row('ops', 'system:masters')}\n  ], var.is_prod ? [] : [\n    ${row('dev', 'system:masters')}\n  ])`;
  const printed = printedBy(await converted(module(rows)), 2, '--repair').split('\n');
  const giving = printed.filter(line => !line.startsWith('#') && line.includes('associate-access-policy'));
  expect(giving.some(line => line.includes('role/ops'))).toBe(true);
  expect(giving.filter(line => line.includes('role/dev'))).toEqual([]);
  expect(printed.join('\n')).toMatch(/^# Only where .*is_prod.*:\n# aws eks associate-access-policy .*role\/dev/m);
});

// API cannot be taken back, and a blocked row has no entry. Source: EKS user guide, setting-up-access-entries.
test('a mode that a variable gives is not to be raised to API while a row is blocked', async () => {
  const rows = `[\n    ${row('ops', 'system:masters')}\n    ${row('kube', 'system:nodes-readers')}\n  ]`;
  const { report } = await converted(module(rows, '  authentication_mode = var.mode\n'));
  const status = Object.fromEntries(report.phases.map(phase => [phase.id, phase.status]));
  expect([status['remove-aws-auth'], status['api-only']]).toEqual(['blocked', 'blocked']);
});

// Written anew from a source that has its phases by a value, gates.sh is needed as much as before.
test('an entry under a condition has the same commands in gates.sh once a variable says the phase', async () => {
  const text = module(`[\n    ${row('ops', 'system:masters')}\n  ]`).replace(
    'manage_aws_auth_configmap = true',
    'manage_aws_auth_configmap = var.manage',
  );
  const options = { runtime: await runtime(), emit: 'resources' } as const;
  const before = await convert(new Map([['main.tf', text]]), { ...options, perEnvironment: true });
  const revision = before.revisions.find(({ phase }) => phase === 'per-environment');
  expect(revision?.files.get('main.tf')).toContain('var.access_entries_phase >= 2 ? (var.manage ? 1 : 0) : 0');
  const after = await convert(new Map(revision?.files), options);
  expect(printedBy(before, 2, '--repair')).toContain('associate-access-policy');
  expect(printedBy(after, 2, '--repair')).toBe(printedBy(before, 2, '--repair'));
});
