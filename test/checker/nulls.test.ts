import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

/** What TAE751 says of a text, without the hint. */
const said = async (text: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.filter(({ code }) => code === 'TAE751').map(({ message }) => message.split(':')[0] ?? '');
};

const releases = ['20.37.2', '21.19.0'];

const call = (entries: string, version = '20.37.2'): string =>
  `module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "${version}"\n\n  access_entries = ${entries}\n}\n`;

const arn = 'principal_arn = "arn:aws:iam::111122223333:role/a"';
const scope = 'access_scope = { type = "cluster" }';

// A null is there, and is as good as nothing: the module takes it out of the map and stops at it.
describe.each(releases)('null in access_entries at %s', version => {
  test.each([
    [
      '{ a = { principal_arn = null, kubernetes_groups = ["x"] } }',
      'access_entries["a"] of module.eks has null as principal_arn',
    ],
    [
      `{ a = { ${arn}, policy_associations = { x = { policy_arn = null, ${scope} } } } }`,
      'The policy x of access_entries["a"] of module.eks has null as policy_arn',
    ],
    [
      `{ a = { ${arn}, policy_associations = { x = null } } }`,
      'The policy x of access_entries["a"] of module.eks is null',
    ],
    ['{ a = null }', 'access_entries["a"] of module.eks is null'],
    ['merge({}, { a = null })', 'access_entries["a"] of module.eks is null'],
    [
      '{ for name in ["a"] : name => { principal_arn = null } }',
      'access_entries["a"] of module.eks has null as principal_arn',
    ],
  ])('%s', async (entries, expected) => {
    expect(await said(call(entries, version))).toEqual([expected]);
  });

  test.each([
    '{ a = { principal_arn = var.arn, kubernetes_groups = ["x"] } }',
    `{ a = { ${arn}, kubernetes_groups = null, user_name = null } }`,
    'null',
    'var.on ? { a = null } : {}',
    'merge({ a = null }, { a = { principal_arn = "arn:aws:iam::111122223333:role/a" } })',
  ])('not %s', async entries => {
    expect(await said(call(entries, version))).toEqual([]);
  });
});

const resource = (type: string, body: string): string =>
  `resource "${type}" "x" {\n  cluster_name = module.eks.cluster_name\n  ${body}\n}\n`;

describe('resources beside the module', () => {
  test.each([
    ['aws_eks_access_entry', 'kubernetes_groups = ["x"]', ['aws_eks_access_entry.x has no principal_arn']],
    ['aws_eks_access_entry', 'principal_arn = null', ['aws_eks_access_entry.x has null as principal_arn']],
    [
      'aws_eks_access_policy_association',
      'policy_arn = var.policy',
      ['aws_eks_access_policy_association.x has no principal_arn'],
    ],
    [
      'aws_eks_access_policy_association',
      'principal_arn = var.arn\n  policy_arn = null',
      ['aws_eks_access_policy_association.x has null as policy_arn'],
    ],
    ['aws_eks_access_entry', 'principal_arn = var.arn', []],
    ['aws_eks_access_policy_association', 'principal_arn = var.arn\n  policy_arn = var.policy', []],
  ])('%s with %s', async (type, body, expected) => {
    expect(await said(call('{}') + resource(type, body))).toEqual(expected);
  });
});
