import { describe, expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { isCommentedOut } from '../../lib/parser/expressions/comments.ts';
import { runtime } from '../support/fixture.ts';

describe('a comment that is a row, or a part of one', () => {
  test.each([
    '# rolearn = "arn:aws:iam::111122223333:role/x"',
    '//   userarn  = var.x',
    '# "rolearn" : "x"',
    '# {',
    '# },',
    '# ]',
    '#   username = "x"',
    '#   groups   = ["system:masters"]',
    '/* { rolearn = "x" } */',
  ])('%s', text => {
    expect(isCommentedOut(text)).toBe(true);
  });
});

describe('a comment that is words', () => {
  test.each([
    '# the platform team',
    '// {owner}',
    '# groups of people',
    '/* see the wiki */',
    '# username is theirs',
    '#',
  ])('%s', text => {
    expect(isCommentedOut(text)).toBe(false);
  });
});

const entriesText = async (rows: string): Promise<string> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = [${rows}]
}
`;
  const { revisions } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const written = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  return written.slice(0, written.indexOf('module "aws_auth"'));
};

const row = (name: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["x"] }`;

describe('which entry a comment goes to', () => {
  test.each<[string, string, readonly string[]]>([
    ['above', `\n# one\n# two\n${row('a')},\n# three\n${row('b')}\n`, ['# one', '# two', 'a', '# three', 'b']],
    ['beside', `\n${row('a')}, # one\n${row('b')} # two\n`, ['# one', 'a', '# two', 'b']],
    ['after the opening bracket', ` # one\n${row('a')}\n`, ['# one', 'a']],
    ['after the last row', `\n${row('a')},\n# nobody else\n`, ['a']],
    [
      'inside',
      `\n{ # one\nrolearn = "arn:aws:iam::111122223333:role/a" # two\nusername = "a"\n}\n`,
      ['# one', '# two', 'a'],
    ],
    ['with a blank line between', `\n# one\n\n${row('a')}\n`, ['# one', 'a']],
  ])('%s', async (_, rows, expected) => {
    const text = await entriesText(rows);
    const found = [...text.matchAll(/^ {4}(#.*|(\w+) = \{)$/gm)].map(([, whole = '', key]) => key ?? whole);
    expect(found).toEqual(expected);
  });
});
