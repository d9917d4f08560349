import { expect, test } from '@jest/globals';
import { parse } from '@cdktf/hcl2json';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { runtime, type RunOptions } from '../support/fixture.ts';

const run = async (text: string, options: RunOptions = {}): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { ...options, runtime: await runtime() });

/** The text of main.tf at the end of a phase. */
const after = ({ revisions }: ConvertResult, phase: string): string => {
  const found = revisions.find(revision => revision.phase === phase)?.files.get('main.tf');
  if (found === undefined) throw new Error(`no revision ${phase}`);
  return found;
};

/** The calls of a text by HashiCorp's parser, by label. */
const calls = async (text: string): Promise<Readonly<Record<string, Record<string, unknown>[]>>> => {
  const { module: found } = (await parse('main.tf', text)) as { module: Record<string, Record<string, unknown>[]> };
  return found;
};

const allPhases = [
  'split-aws-auth',
  'enable-api',
  'add-access-entries',
  'remove-aws-auth',
  'api-only',
  'clean-up',
] as const;

const rows = `
  manage_aws_auth_configmap = true
  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/admins"
      username = "admins"
      groups   = ["system:masters"]
    },
  ]`;

/** A call of version 19 with aws-auth in it. */
const inline = (more: string, end = '\n}\n'): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name = "prod"
${more}${end}`;

/** A call of version 20 and one of its submodule. */
const split = (eks: string, auth = rows): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.0"

  cluster_name        = "prod"
  authentication_mode = "CONFIG_MAP"
${eks}}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.0"
${auth}
}
`;

test.each([
  ['/* multi\n line */', ''],
  ['/* one */ /* multi\n line */ # end', '\n'],
  [' # end', '\n'],
  ['/* multi\n line */', '\n\nlocals {\n}\n'],
])('aws-auth goes behind the comments %j behind the call', async (comment, rest) => {
  for (const newline of ['\n', '\r\n']) {
    const text = inline(rows, `\n}${comment}${rest}`).replaceAll('\n', newline);
    const result = await run(text);
    expect(result.revisions.map(({ phase }) => phase)).toEqual(allPhases);
    const written = after(result, 'split-aws-auth');
    expect(Object.keys(await calls(written))).toEqual(['eks', 'eks_aws_auth']);
    expect(written).toContain(`}${comment.replaceAll('\n', newline)}${newline}${newline}module "eks_aws_auth"`);
  }
});

test('a comment shares the line of the closing brace', async () => {
  const result = await run(inline(rows, '\n/* c */}\n'));
  expect(result.revisions.map(({ phase }) => phase)).toEqual(allPhases);
  expect(after(result, 'split-aws-auth')).toContain('  cluster_name = "prod"\n\n/* c */\n\n  authentication_mode');
});

test.each([
  ['  access_entries = { # by hand\n  }\n', { keys: ['admins'] }],
  ['  access_entries = { # by hand\n    # none yet\n  }\n', { keys: ['admins'] }],
  ['  access_entries = { a = { # by hand\n    principal_arn = "x"\n  } }\n', { keys: undefined }],
])('the comments in %j stay', async (entries, { keys }) => {
  const written = after(await run(split(entries)), 'add-access-entries');
  expect(written).toContain('# by hand\n');
  const found = (await calls(written))['eks']?.[0]?.['access_entries'];
  if (keys) expect(Object.keys(found ?? {})).toEqual(keys);
  else expect(found).toEqual({ a: { principal_arn: 'x' } });
});
