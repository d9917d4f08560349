import { describe, expect, test } from '@jest/globals';
import { admin, blocksOf, cluster, codesOf, live, role, run, state } from './support/inputs.ts';

const ops = role('ops');
const existing = `${live({ arn: ops, policies: ['ClusterAdmin'] })}\n${state({})}`;
const entries = `{ ops = ${admin(ops)} }`;
const to = 'module.eks.aws_eks_access_entry.this["ops"]';

const entry = (label: string): string =>
  `resource "aws_eks_access_entry" "${label}" {\n  cluster_name  = var.${label}\n  principal_arn = "${ops}"\n}\n`;
const numbered = (index: number): string => role(`r${index}`);

describe('addresses that are not known', () => {
  test.each([
    ['for_each', cluster(entries, { more: '  for_each = var.clusters\n' })],
    ['count of several', cluster(entries, { more: '  count = 2\n' })],
    ['version 20.0.0', cluster(entries, { version: '20.0.0' })],
    ['version 19', cluster(entries, { version: '19.21.0' })],
    [
      'a branch',
      cluster(entries).replace(
        /source .*\n.*version .*\n/,
        'source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks?ref=master"\n',
      ),
    ],
    ['a region that is an expression', cluster(entries, { version: '21.3.1', more: '  region = var.region\n' })],
  ])('%s', async (_name, text) => {
    const result = await run(text, existing, { moduleAddress: 'root' });
    expect([result.hcl, codesOf(result)]).toEqual(['', ['TAE224']]);
  });

  test.each([
    [
      'of instances, whose release is pinned',
      cluster(entries, { more: '  for_each = toset(["a"])\n' }),
      'Write the blocks by hand',
    ],
    ['of a release that is not told', cluster(entries).replace('"20.24.3"', 'var.release'), 'Pin the release'],
    ['of 20.0.0', cluster(entries, { version: '20.0.0' }), 'Go to version 20.0.1 or later first'],
  ])('the way out is that %s', async (_name, text, way) => {
    const { diagnostics } = await run(text, existing, { moduleAddress: 'root' });
    expect(diagnostics.map(({ hint }) => hint)).toEqual([expect.stringContaining(way)]);
  });

  test('an override file', async () => {
    const files = { 'main.tf': cluster(entries), 'a_override.tf': 'module "eks" {\n  access_entries = {}\n}\n' };
    expect(codesOf(await run(files, existing))).toEqual(['TAE224']);
  });

  test('a release that the config states is known', async () => {
    const text = cluster(entries).replace('"20.24.3"', 'var.release');
    expect(codesOf(await run(text, existing))).toEqual(['TAE224']);
    expect(blocksOf(await run(text, existing, { config: { moduleVersion: '20.24.3' } }))[0]).toContain(to);
  });
});

describe('a module that others call', () => {
  const child = `variable "cluster_name" {\n  type = string\n}\n\n${cluster(entries).replace('"demo"', 'var.cluster_name')}`;

  test('is no place for import blocks', async () => {
    const result = await run(child, existing, { directory: 'modules/platform' });
    expect([result.hcl, codesOf(result)]).toEqual(['', ['TAE225']]);
    expect(result.diagnostics[0]?.message).toContain('modules/platform');
  });

  test('has the address that its caller says', async () => {
    const [first] = blocksOf(await run(child, existing, { moduleAddress: 'module.platform["prod"]' }));
    expect(first).toBe(`module.platform["prod"].${to} <- demo:${ops}`);
  });

  test('moves below that address', async () => {
    const known = `${live({ arn: ops })}\n${state({ [`module.platform.${to.replace('ops', 'old')}`]: [ops] })}`;
    expect(blocksOf(await run(child, known, { moduleAddress: 'module.platform' }))).toEqual([
      `module.platform.${to.replace('ops', 'old')} -> module.platform.${to}`,
    ]);
    expect(codesOf(await run(child, known, { moduleAddress: 'module.other' }))).toEqual(['TAE227']);
  });

  test.each([
    ['a person says that it is a root module', child, { moduleAddress: 'root' }],
    ['a provider', `${child}\nprovider "aws" {}\n`, {}],
    ['a backend', `${child}\nterraform {\n  backend "s3" {}\n}\n`, {}],
  ])('is a root module with %s', async (_name, text, options) => {
    expect(blocksOf(await run(text, existing, options))[0]).toBe(`${to} <- demo:${ops}`);
  });
});

describe('two clusters', () => {
  const second = (name: string): string =>
    cluster(entries).replace('module "eks"', 'module "eks_b"').replace('"demo"', name);

  test('are told apart by name', async () => {
    const text = cluster(entries) + second('"other"').replace(/terraform \{[^}]*\}/, '');
    expect(blocksOf(await run(text, existing))[0]).toBe(`${to} <- demo:${ops}`);
  });

  test('or by exclusion', async () => {
    const text = cluster(entries).replace('"demo"', '"prod"') + second('var.name');
    expect(blocksOf(await run(text, existing))[0]).toContain('module.eks_b.');
  });

  test.each([
    ['both of unknown names', cluster(entries).replace('"demo"', 'var.a') + second('var.b')],
    ['both of other names', cluster(entries).replace('"demo"', '"a"') + second('"b"')],
    ['one of another name', cluster(entries).replace('"demo"', '"a"')],
  ])('%s', async (_name, text) => {
    expect(codesOf(await run(text, existing))).toEqual(['TAE228']);
  });

  test('standalone entries of two clusters without names', async () => {
    expect(codesOf(await run(entry('a') + entry('b'), existing))).toEqual(['TAE228']);
  });
});

test.each([
  ['a snapshot of another cluster', cluster(entries), live({ arn: ops, cluster: 'other' }), ['TAE010']],
  ['no cluster', 'resource "aws_s3_bucket" "a" {}\n', existing, ['TAE007']],
  ['rows for another module', 'module "a" {\n  source    = "./a"\n  map_roles = []\n}\n', existing, ['TAE030']],
  ['no HCL', 'module "eks" {\n', existing, ['TAE005']],
])('%s is refused', async (_name, text, snapshot, codes) => {
  expect(codesOf(await run(text, snapshot))).toEqual(codes);
});

test('an empty directory is refused', async () => {
  expect(codesOf(await run({}, existing))).toEqual(['TAE008']);
});

test('3,000 entries, half of them live', async () => {
  const all = Array.from({ length: 3000 }, (_, index) => `e${index} = { principal_arn = "${numbered(index)}" }`);
  const half = live(...Array.from({ length: 1500 }, (_, index) => ({ arn: numbered(index * 2) })));
  expect((await run(cluster(`{\n${all.join('\n')}\n}`), half)).imports).toHaveLength(1500);
}, 30_000);
