import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

/** What TAE752 says of a text. */
const said = async (text: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.filter(({ code }) => code === 'TAE752').map(({ message }) => message);
};

const tags = (prefix: string, count: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `${prefix}${index} = "x"`).join(', ')} }`;

const arn = 'principal_arn = "arn:aws:iam::111122223333:role/a"';

const call = (own: string, more: string, version = '20.37.2'): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"
  ${more}

  access_entries = { a = { ${arn}, kubernetes_groups = ["x"]${own === '' ? '' : `, tags = ${own}`} } }
}
`;

const provider = (count: number, alias = ''): string =>
  `provider "aws" {\n  ${alias === '' ? '' : `alias = "${alias}"`}\n  default_tags {\n    tags = ${tags('d', count)}\n  }\n}\n`;

// The module merges its tags into those of each entry, and the provider adds its own; a key that both have counts once.
describe.each(['20.0.0', '20.37.2', '21.19.0'])('at %s', version => {
  test.each([
    ['tags of the module', call(tags('e', 30), `tags = ${tags('m', 30)}`, version), 60, 'of module.eks'],
    ['tags of the module alone', call('', `tags = ${tags('m', 51)}`, version), 51, 'of module.eks'],
    ['default_tags', call(tags('e', 30), '', version) + provider(30), 60, 'default_tags of the aws provider'],
    ['all three', call(tags('e', 20), `tags = ${tags('m', 20)}`, version) + provider(11), 51, 'and default_tags'],
  ])('%s', async (_name, text, count, words) => {
    const [message, ...more] = await said(text);
    expect(message).toContain(`has ${count} tags`);
    expect(message).toContain(words);
    expect(more).toEqual([]);
  });

  test.each([
    ['the same keys', call(tags('e', 30), `tags = ${tags('e', 30)}`, version)],
    ['fifty', call(tags('e', 20), `tags = ${tags('m', 20)}`, version) + provider(10)],
    ['tags that are not told', call(tags('e', 30), 'tags = merge(var.tags, {})', version)],
    ['another provider', call(tags('e', 30), '', version) + provider(30, 'eu')],
  ])('not %s', async (_name, text) => {
    expect(await said(text)).toEqual([]);
  });
});

const resource = (own: string, more = ''): string =>
  `resource "aws_eks_access_entry" "a" {\n  cluster_name = module.eks.cluster_name\n  ${arn}\n  tags = ${own}\n  ${more}\n}\n`;

test('a resource has the tags of its provider and not those of the module', async () => {
  const module = call('', `tags = ${tags('m', 30)}`);
  expect(await said(module + resource(tags('e', 30)))).toEqual([]);
  expect(await said(module + resource(tags('e', 30)) + provider(21))).toHaveLength(2);
  expect(await said(call('', '') + resource(tags('e', 30), 'provider = aws.eu') + provider(21))).toEqual([]);
  expect(await said(call('', '') + resource(tags('e', 30), 'provider = aws.eu') + provider(21, 'eu'))).toHaveLength(1);
});

test('an alias that the call passes', async () => {
  const text = call(tags('e', 30), 'providers = { aws = aws.eu }');
  expect(await said(text + provider(30, 'eu'))).toHaveLength(1);
  expect(await said(text + provider(30))).toEqual([]);
});
