import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { readSnapshot } from '../../lib/parser/entries/read-snapshot.ts';
import { runtime } from '../support/fixture.ts';

const ops = 'arn:aws:iam::111122223333:role/ops';
const clusterAdmin = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

const main = (call: string, roles: string, beside = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
${call}}

${beside}
module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = ${roles}
}
`;

const row = `[{ rolearn = "${ops}", username = "ops", groups = ["system:masters"] }]`;

const associationThroughOutput = (key: string): string => `resource "aws_eks_access_policy_association" "ops" {
  cluster_name  = module.eks.cluster_name
  principal_arn = module.eks.access_entries["${key}"].principal_arn
  policy_arn    = "${clusterAdmin}"

  access_scope {
    type = "cluster"
  }
}
`;

const inClusters = (cluster: string): string => `resource "aws_eks_access_entry" "ops" {
  cluster_name  = "here"
  principal_arn = "${ops}"
}

resource "aws_eks_access_policy_association" "ops" {
  cluster_name  = "${cluster}"
  principal_arn = "${ops}"
  policy_arn    = "${clusterAdmin}"

  access_scope {
    type = "cluster"
  }
}
`;

const run = async (text: string): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { runtime: await runtime() });

const codes = ({ rows }: ConvertResult): readonly string[] => rows.flatMap(own => own.codes);

test('an entry under a condition that does not hold is none, and the row gets its own', async () => {
  const call = `\n  access_entries = false ? {\n    ops = { principal_arn = "${ops}" }\n  } : {}\n`;
  const result = await run(main(call, row));
  expect(codes(result)).not.toContain('TAE408');
  expect(codes(result)).not.toContain('TAE409');
  const added = result.revisions.find(({ phase }) => phase === 'add-access-entries');
  expect(added?.files.get('main.tf')).toContain(clusterAdmin);
});

test('entries of a for over what the source tells are found', async () => {
  const call = `
  access_entries = { for name, arn in { ops = "${ops}" } : name => {
    principal_arn = arn
    policy_associations = {
      admin = { policy_arn = "${clusterAdmin}", access_scope = { type = "cluster" } }
    }
  } }
`;
  expect(codes(await run(main(call, row)))).toEqual(['TAE408']);
});

test('an association that reads the principal from an output of the module is of the entry under that key', async () => {
  const call = `\n  access_entries = {\n    ops = { principal_arn = "${ops}" }\n  }\n`;
  expect(codes(await run(main(call, row, associationThroughOutput('ops'))))).toEqual(['TAE408']);
  expect(codes(await run(main(call, row, associationThroughOutput('other'))))).toEqual(['TAE409']);
});

test('an association of another cluster grants nothing here', async () => {
  const call = `\n  cluster_name = "here"\n`;
  expect(codes(await run(main(call, row, inClusters('here'))))).toEqual(['TAE408']);
  expect(codes(await run(main(call, row, inClusters('there'))))).toEqual(['TAE409']);
});

test('what is converted at plan time is compared with every instance of an entry', async () => {
  const beside = `variable "roles" {
  type = any
}

resource "aws_eks_access_entry" "people" {
  for_each = toset(["${ops}", "${ops}-2"])

  cluster_name  = module.eks.cluster_name
  principal_arn = each.value
}
`;
  const result = await run(main('', 'var.roles', beside));
  const text = result.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  expect(/cluster_entries += \[(.*)\]/.exec(text)?.[1]?.split(', ')).toContain('aws_eks_access_entry.people');
});

test('an entry of one instance is none of the others', async () => {
  const text = main('', row).replaceAll(/^module .*\n/gm, head => `${head}  for_each = toset(["blue", "green"])\n`);
  const live = JSON.stringify({ accessEntry: { clusterName: 'blue', principalArn: ops, type: 'STANDARD' } });
  const result = await convert(new Map([['main.tf', text]]), {
    runtime: await runtime(),
    snapshot: readSnapshot('entries.json', live),
  });
  expect(codes(result)).not.toContain('TAE408');
  expect(result.revisions.map(({ phase }) => phase)).toContain('add-access-entries');
});

// Of a key that is written twice the last value counts. Source: developer.hashicorp.com/terraform/language/functions/merge.
test.each([
  ['merge', `merge({ k = { principal_arn = "${ops}" } }, { k = { principal_arn = "${ops}-2" } })`],
  ['one map', `{ k = { principal_arn = "${ops}" }, k = { principal_arn = "${ops}-2" } }`],
])('an entry that another one takes the place of is none: %s', async (_, entries) => {
  const result = await run(main(`\n  access_entries = ${entries}\n`, row));
  expect(codes(result)).not.toContain('TAE408');
});

test('a policy that another one takes the place of is not held', async () => {
  const policies = ['AmazonEKSClusterAdminPolicy', 'AmazonEKSViewPolicy'].map(
    name =>
      `a = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/${name}", access_scope = { type = "cluster" } }`,
  );
  const entry = `{ principal_arn = "${ops}", policy_associations = { ${policies.join(', ')} } }`;
  expect(codes(await run(main(`\n  access_entries = { ops = ${entry} }\n`, row)))).toEqual(['TAE409']);
});
