import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { parseModuleSource, settleVersion, type ModuleVersion } from '../../lib/terraform/index.ts';
import { runtime } from '../support/fixture.ts';

/** 2 ** 53 + 1: a JavaScript number cannot hold it. */
const beyond = '9007199254740993';
const long = '99999999999999999999999';

const registry = 'terraform-aws-modules/eks/aws';
const git = (ref: string): string => `git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=${ref}`;

type Given = { constraint?: string; installed?: string; stated?: string; fork?: boolean };

const settle = (source: string, given: Given = {}): ModuleVersion =>
  settleVersion({
    source: parseModuleSource(source),
    constraint: given.constraint,
    constraintIsExpression: false,
    installed: given.installed,
    stated: given.stated,
    fork: given.fork ?? false,
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

// A config outlives the release that it states: phases 0 and 6 write another one into the call.
describe('the release that the config states', () => {
  test.each([
    ['an exact version', registry, { constraint: '20.37.2' }, '20.37.2'],
    ['a tag', git('v20.37.2'), {}, '20.37.2'],
    ['the tag of a fork', git('v20.37.2'), { fork: true }, '19.15.0'],
    ['a branch', git('main'), {}, '19.15.0'],
    ['a range', registry, { constraint: '~> 19.0', installed: '19.21.0' }, '19.15.0'],
    ['no version', registry, { installed: '19.21.0' }, '19.15.0'],
  ])('beside %s', (_name, source, given, version) => {
    expect(settle(source, { ...given, stated: '19.15.0' })).toMatchObject({ kind: 'exact', version });
  });
});

// terraform-aws-modules/eks went on after the releases that are known here: within a major version they are read as the newest one.
describe('a constraint that only newer releases fit', () => {
  test.each([
    ['>= 21.20', '21.19.0'],
    ['> 21.19.0, < 22.0.0', '21.19.0'],
    ['~> 21.22', '21.19.0'],
    ['~> 20.38', '20.37.2'],
  ])('%s', (constraint, version) => {
    expect(settle(registry, { constraint })).toEqual({ kind: 'newest', version, constraint, isBeyond: true });
  });

  // No release of that major version is known here, whatever says that it is in use.
  test.each([
    [registry, { constraint: '22.0.0' }],
    [registry, { constraint: '>= 20.0', installed: '22.0.0' }],
    [registry, { installed: '22.0.0' }],
    [git('v22.0.0'), {}],
  ])('%s %j is of a major version of which nothing is known', (source, given) => {
    expect(settle(source, given)).toEqual({
      kind: 'unknown',
      reason: '22.0.0 is of a major version that is not known here',
    });
  });

  test.each(['>= 22.0', '~> 22.1', '> 21.0, < 21.0', '>= 21.20, < 21.5'])('%s is not known', constraint => {
    expect(settle(registry, { constraint })).toEqual({
      kind: 'unknown',
      reason: `no known release fits "${constraint}"`,
    });
  });

  test('is said', async () => {
    const { diagnostics } = await converted(registry, '>= 21.20');
    const said = diagnostics.find(({ code }) => code === 'TAE216');
    expect(said?.message).toMatch(/">= 21\.20".*newer than 21\.19\.0/);
    expect(diagnostics.some(({ code }) => code === 'TAE201')).toBe(false);
    const exact = await converted(registry, '21.22.0');
    expect(exact.diagnostics.find(({ code }) => code === 'TAE216')?.message).toMatch(/21\.22\.0.*newer than 21\.19\.0/);
  });
});

const converted = async (source: string, version?: string): Promise<ConvertResult> => {
  const row = '{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }';
  const text = `module "eks" {\n  source       = "${source}"\n  ${version === undefined ? '' : `version = "${version}"\n  `}cluster_name = "demo"\n}

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
