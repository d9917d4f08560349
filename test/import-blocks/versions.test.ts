import { describe, expect, test } from '@jest/globals';
import { admin, cluster, codesOf, live, policy, role, run, state } from './support/inputs.ts';

const ops = role('ops');
const dev = role('dev');
const existing = `${live({ arn: ops, policies: ['ClusterAdmin'] }, { arn: dev, policies: ['ClusterAdmin'] })}\n${state({})}`;
const one = `{ ops = ${admin(ops)} }`;
const two = `{ ops = ${admin(ops)}, dev = ${admin(dev)} }`;

const formOf = (hcl: string): string => (hcl === '' ? 'none' : hcl.includes('for_each') ? 'each' : 'plain');

/** The form of the blocks for two entries, and for one. */
const forms = async (required: string): Promise<readonly string[]> =>
  Promise.all([two, one].map(async entries => formOf((await run(cluster(entries, { required }), existing)).hcl)));

// Source of the boundaries: import blocks from Terraform 1.5 on, for_each in them from 1.7 on, issue 39068 in 1.16.0 alone.
describe('the form of the blocks', () => {
  test.each([
    ['>= 1.7', 'each', 'plain'],
    ['>= 1.7.0, < 2.0', 'each', 'plain'],
    ['~> 1.9', 'each', 'plain'],
    ['= 1.16.0', 'each', 'plain'],
    ['>= 1.16.1', 'each', 'plain'],
    ['~> 1.6.0', 'plain', 'plain'],
    ['>= 1.5, < 1.16', 'plain', 'plain'],
    ['>= 1.5, != 1.16.0', 'plain', 'plain'],
    ['>= 1.3.2, < 1.10', 'plain', 'plain'],
    ['>= 1.5', 'none', 'plain'],
    ['>= 1.3.2', 'none', 'plain'],
    ['~> 1.6', 'none', 'plain'],
    ['~> 1.4.0', 'none', 'none'],
    ['not a version', 'none', 'plain'],
  ])('for %s', async (required, several, single) => {
    expect(await forms(required)).toEqual([several, single]);
  });

  test('two constraints hold together', async () => {
    const text = `${cluster(two, { required: '>= 1.5' })}\nterraform {\n  required_version = "< 1.10"\n}\n`;
    expect(formOf((await run(text, existing)).hcl)).toBe('plain');
  });

  test('a refusal names the constraint and the resource', async () => {
    const { diagnostics } = await run(cluster(two, { required: '>= 1.3.2' }), existing);
    expect(diagnostics.map(({ code, message }) => [code, message.includes('">= 1.3.2"')])).toEqual([
      ['TAE226', true],
      ['TAE226', true],
    ]);
    expect(diagnostics[0]?.message).toContain('2 import blocks for module.eks.aws_eks_access_entry.this');
  });

  test('without required_version for_each, which an old Terraform refuses at once', async () => {
    const text = cluster(two).replace('  required_version = ">= 1.7"\n', '');
    const result = await run(text, existing);
    expect([formOf(result.hcl), codesOf(result)]).toEqual(['each', ['TAE437']]);
    expect(codesOf(await run(cluster(one).replace('  required_version = ">= 1.7"\n', ''), existing))).toEqual([]);
  });

  test('versions before 1.5 are named, not refused', async () => {
    expect(codesOf(await run(cluster(one, { required: '>= 1.3.2' }), existing))).toEqual(['TAE437']);
    expect(codesOf(await run(cluster(one, { required: '>= 1.5' }), existing))).toEqual([]);
  });
});

const entry = (label: string, arn: string): string =>
  `resource "aws_eks_access_entry" "${label}" {\n  cluster_name  = "demo"\n  principal_arn = "${arn}"\n}\n`;

test('resources of their own never need for_each', async () => {
  const text = `terraform {\n  required_version = ">= 1.3.2"\n}\n\n${entry('ops', ops)}\n${entry('dev', dev)}`;
  const { hcl } = await run(text, existing);
  expect([formOf(hcl), hcl.match(/^import/gm)?.length]).toEqual(['plain', 2]);
});

describe('an import block of the source counts', () => {
  const written = `
import {
  to = module.eks.aws_eks_access_entry.this["dev"]
  id = "demo:${dev}"
}

import {
  to = module.eks.aws_eks_access_policy_association.this["dev_admin"]
  id = "demo#${dev}#${policy('ClusterAdmin')}"
}
`;

  test.each([
    ['>= 1.7', 'none'],
    ['>= 1.7, != 1.16.0', 'plain'],
  ])('%s', async (required, form) => {
    expect(formOf((await run(cluster(two, { required }) + written, existing)).hcl)).toBe(form);
  });
});

describe('OpenTofu', () => {
  const withoutVersion = cluster(two).replace('  required_version = ">= 1.7"\n', '');

  test.each([
    ['alone: it uses every block', { 'main.tofu': withoutVersion }, 'plain'],
    ['alone, with a constraint', { 'main.tofu': cluster(two, { required: '>= 1.6' }) }, 'plain'],
    ['beside Terraform', { 'main.tofu': withoutVersion, 'main.tf': withoutVersion }, 'each'],
    [
      'beside Terraform, with a constraint that one of them may not see',
      {
        'versions.tofu': 'terraform {\n  required_version = "~> 1.6.0"\n}\n',
        'versions.tf': 'terraform {\n  required_version = "~> 1.16.0"\n}\n',
        'main.tf': withoutVersion,
      },
      'each',
    ],
  ])('%s', async (_name, files, form) => {
    expect(formOf((await run(files, existing)).hcl)).toBe(form);
  });
});
