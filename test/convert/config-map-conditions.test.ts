import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// Rows of one principal under different conditions, beside the live ConfigMap: which of them is in force only a plan knows, and what
// the principal has today the ConfigMap says.

type Given = Partial<Omit<ConvertOptions, 'runtime' | 'awsAuth'>>;

const principal = 'arn:aws:iam::111122223333:role/x';
const row = (group: string): string => `{ rolearn = "${principal}", username = "x", groups = ["${group}"] }`;
const source = (flag: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  ${flag}

  aws_auth_roles = concat([${row('always')}], var.more ? [${row('sometimes')}] : [])
}

variable "more" {}
`;

const run = async (flag: string, liveGroup: string | undefined, options: Given = {}): Promise<ConvertResult> => {
  const list = liveGroup === undefined ? [] : [{ rolearn: principal, username: 'x', groups: [liveGroup] }];
  const data = { mapRoles: JSON.stringify(list) };
  const live = { kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data };
  return convert(new Map([['main.tf', source(flag)]]), {
    ...options,
    runtime: await runtime(),
    awsAuth: { file: 'live/aws-auth.json', text: JSON.stringify(live) },
  });
};

const ends = ({ rows }: ConvertResult): readonly string[] =>
  rows.map(({ disposition, codes }) => [disposition, ...codes.filter(code => code !== 'TAE419')].join(' '));

describe('a call that manages the ConfigMap', () => {
  const flag = 'manage_aws_auth_configmap = true';

  test('writes the row of which the condition holds: it is enough that one of them is live', async () => {
    expect(ends(await run(flag, 'always'))).toEqual(['converted', 'converted']);
    expect(ends(await run(flag, 'sometimes'))).toEqual(['converted', 'converted']);
  });

  test('a live row that is none of them is one that somebody has changed', async () => {
    expect(ends(await run(flag, 'other'))).toEqual(['blocked TAE325', 'blocked TAE325']);
  });

  test('none of them is live', async () => {
    expect(ends(await run(flag, undefined))).toEqual(['converted TAE440', 'converted TAE440']);
  });

  test('what is dropped although the ConfigMap grants it is said', async () => {
    const config = { drop: [{ principal, reason: 'a test' }] };
    const { diagnostics } = await run(flag, 'other', { config });
    expect(diagnostics.filter(({ code }) => code === 'TAE416').map(({ message }) => message)).toEqual([
      expect.stringContaining('gives it the username "x" and the group other'),
      expect.stringContaining('gives it the username "x" and the group other'),
    ]);
  });
});

describe.each([
  ['is off', 'manage_aws_auth_configmap = false'],
  ['creates the ConfigMap and no more', 'create_aws_auth_configmap = true\n  manage_aws_auth_configmap = false'],
])('no apply of a call that %s changes the live row', (_, flag) => {
  test('one row says what it says, and the other would take its place', async () => {
    expect(ends(await run(flag, 'always'))).toEqual(['blocked TAE323', 'blocked TAE325']);
  });

  test('accepted, both become entries', async () => {
    const config = { accept: [{ principal, code: 'TAE325' as const, reason: 'a test' }] };
    expect(ends(await run(flag, 'always', { config }))).toEqual(['converted', 'converted TAE415']);
  });
});
