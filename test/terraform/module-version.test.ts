import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { parseModuleSource, settleVersion, type ModuleVersion } from '../../lib/terraform/index.ts';
import { runtime } from '../support/fixture.ts';

/** 2 ** 53 + 1: a JavaScript number cannot hold it. */
const beyond = '9007199254740993';
const long = '99999999999999999999999';

const registry = 'terraform-aws-modules/eks/aws';
const git = (ref: string): string => `git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=${ref}`;

const settle = (source: string, given: { constraint?: string; installed?: string } = {}): ModuleVersion =>
  settleVersion({
    source: parseModuleSource(source),
    constraint: given.constraint,
    constraintIsExpression: false,
    installed: given.installed,
    stated: undefined,
    fork: false,
  });

describe('a version with a part that no release has', () => {
  test.each([
    [git(`v20.${long}.0`), {}, `its git ref v20.${long}.0 is no release tag`],
    [git(`20.0.${beyond}`), {}, `its git ref 20.0.${beyond} is no release tag`],
    [registry, { constraint: `20.${long}.0` }, `"20.${long}.0" is no version constraint`],
    [registry, { constraint: `~> 20.${beyond}` }, `"~> 20.${beyond}" is no version constraint`],
    [registry, { installed: `20.${long}.0` }, `"20.${long}.0" in modules.json is no version`],
    [registry, { installed: 'main' }, '"main" in modules.json is no version'],
  ])('%s %j is not known', (source, given, reason) => {
    expect(settle(source, given)).toEqual({ kind: 'unknown', reason });
  });

  test('in modules.json is not what a range has settled to', () => {
    expect(settle(registry, { constraint: '~> 20.0', installed: `20.${long}.0` }).kind).toBe('newest');
  });
});

const converted = async (source: string): Promise<ConvertResult> => {
  const row = '{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }';
  const text = `module "eks" {\n  source       = "${source}"\n  cluster_name = "demo"\n}

module "aws_auth" {
  source         = "${registry}//modules/aws-auth"
  version        = "20.24.3"
  aws_auth_roles = [${row}]
}\n`;
  return convert(new Map([['main.tf', text]]), { runtime: await runtime() });
};

test('a ref that is no release blocks at its place', async () => {
  const { revisions, diagnostics } = await converted(git(`v20.${long}.0`));
  expect(revisions).toEqual([]);
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ severity: 'error', message: expect.stringContaining(`v20.${long}.0 is no release tag`) }),
  );
  const found = diagnostics.find(({ message }) => message.includes(long));
  expect(found?.range).toEqual(expect.objectContaining({ file: 'main.tf' }));
});
