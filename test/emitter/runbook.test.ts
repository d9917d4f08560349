import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions, type ConvertResult } from '../../lib/convert.ts';
import { hclString, hostileValues } from '../hostile/values.ts';
import { codeBlocks, injectedElements } from '../hostile/markdown.ts';
import { runtime } from '../support/fixture.ts';

const run = async (text: string, options: Omit<ConvertOptions, 'runtime'> = {}): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { ...options, runtime: await runtime() });

const module20 = (rows: string, name = 'demo'): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = ${hclString(name)}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = ${rows}
}
`;

const ops = `[{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }]`;

const problems = async (text: string, options?: Omit<ConvertOptions, 'runtime'>): Promise<readonly string[]> => {
  const { runbook } = await run(text, options);
  expect(runbook).not.toBe('');
  const steering = runbook
    .split('\n')
    .filter(line => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}/u.test(line));
  return [...injectedElements(runbook), ...steering];
};

describe('a value of the input', () => {
  test.each(hostileValues)('%j is escaped where it is printed', async value => {
    const text = hclString(value);
    const guarded = `(var.on == ${text} ? ${ops} : [])`;
    const inline = (repetition: string): string => `module "eks" {
  source   = "terraform-aws-modules/eks/aws"
  version  = "19.21.0"
  for_each = ${repetition}

  cluster_name              = "demo"
  manage_aws_auth_configmap = true
  aws_auth_roles            = ${ops}
}
`;
    const given = {
      variableFiles: new Map([['a.tfvars', `rows = [{ rolearn = ${text}, username = ${text}, groups = [${text}] }]`]]),
    };
    const listed = `${module20('var.rows')}variable "rows" {\n  type = any\n}\n`;
    expect(await problems(module20(ops, value))).toEqual([]);
    expect(await problems(module20(guarded))).toEqual([]);
    expect(await problems(inline(`toset([${text}])`))).toEqual([]);
    expect(await problems(listed, given)).toEqual([]);
    expect(await problems(module20(ops, value), { emit: 'aws-cli' })).toEqual([]);
  });
});

test('the way back of phase 2 forgets no entry by itself: those of this migration are to be destroyed', async () => {
  const { runbook } = await run(module20(ops));
  const commands = codeBlocks(runbook, 'sh').flatMap(block => block.split('\n'));
  expect(commands.filter(line => /^terraform state rm .*aws_eks_access_/.test(line))).toEqual([]);
});

test('each phase is written by the tool, with what was given to it, and no file is copied over the source', async () => {
  const rows = ops.replace('role/ops', 'role/AWSReservedSSO_Ops_0123456789abcdef');
  const { runbook } = await run(module20(rows), {
    ssoRegion: 'eu-west-1',
    runner: 'arn:aws:iam::111122223333:role/ci',
  });
  expect(runbook).not.toContain('copy the files');
  const written = runbook.split('\n').filter(line => line.startsWith('npx tf-access-entries convert'));
  expect(written.map(line => /--phase (\S+)/.exec(line)?.[1])).toEqual([
    'enable-api',
    'add-access-entries',
    'remove-aws-auth',
    'api-only',
    'clean-up',
  ]);
  for (const line of written) expect(line).toContain('--write');
  for (const line of written) expect(line).toContain('--sso-region eu-west-1');
  expect(written[2]).toContain('--existing entries.json --runner arn:aws:iam::111122223333:role/ci');
});
