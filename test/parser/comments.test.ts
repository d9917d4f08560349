import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const converted = async (rows: string | undefined, more = ''): Promise<ConvertResult> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = ${rows === undefined ? 'local.rows' : `[${rows}]`}
}
${more}`;
  return convert(new Map([['main.tf', text]]), { runtime: await runtime() });
};

/** What is said of comments. */
const notesOf = async (rows: string): Promise<readonly string[]> =>
  (await converted(rows)).diagnostics.map(({ code }) => code).filter(code => code === 'TAE413' || code === 'TAE219');

const entriesText = async (rows: string): Promise<string> => {
  const { revisions } = await converted(rows);
  const written = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  return written.slice(0, written.indexOf('module "aws_auth"'));
};

const row = (name: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["x"] }`;

const commentsIn = (text: string): readonly string[] => text.match(/(#|\/\/|\/\*).*/g) ?? [];

describe('a comment that is a row, or a part of one, is counted and goes to no entry', () => {
  test.each([
    ['a line', '# { rolearn = "arn:aws:iam::111122223333:role/x" },'],
    ['another kind of comment', '//   userarn  = var.x'],
    ['a key in quotes', '# "rolearn" : "x"'],
    ['a block', '/* { rolearn = "x" } */'],
    ['an object', '# {\n#   rolearn  = "x"\n#   username = "x"\n#   groups   = ["system:masters"]\n# },'],
    ['a list over several lines', '# {\n#   userarn = "x"\n#   groups = [\n#     "dev",\n#   ]\n# }'],
    ['YAML', '# - rolearn: x\n#   username: {{SessionName}}:x\n#   groups:\n#     - dev'],
  ])('%s', async (_, comment) => {
    for (const rows of [`\n${comment}\n${row('a')}\n`, `\n${row('a')},\n${comment}\n${row('b')}\n`]) {
      expect(commentsIn(await entriesText(rows))).toEqual([]);
      expect(await notesOf(rows)).toEqual(['TAE413']);
    }
  });
});

const notesOfLocal = async (more: string): Promise<readonly string[]> => {
  const comment = '# {\n#   rolearn  = "x"\n#   groups   = ["dev"]\n# },\n# { rolearn = "y" },';
  const { diagnostics } = await converted(undefined, `locals {\n  rows = [\n${comment}\n${row('a')}\n]\n}\n${more}`);
  return diagnostics
    .filter(({ code }) => code === 'TAE413' || code === 'TAE219')
    .map(({ code, message }) => `${code} ${/"(.*)"/.exec(message)?.[1]}`);
};

describe('a row that is a comment in a local', () => {
  test('is named when the local goes', async () => {
    expect(await notesOfLocal('')).toEqual(['TAE219 #   rolearn  = "x"', 'TAE219 # { rolearn = "y" },'].map(oneLine));
  });

  test('is not named when the local stays', async () => {
    expect(await notesOfLocal('output "rows" {\n  value = local.rows\n}\n')).toEqual([]);
  });
});

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

describe('a comment that is words goes with its row', () => {
  test.each([
    '# the platform team',
    '// {owner}',
    '# groups of people',
    '# groups: only those that the platform team agreed on',
    '// username = the name in the audit log',
    '# username = "the old one"',
    '# groups = ["old"]',
    '/* see the wiki */',
    '# username is theirs',
    '# [',
    '#',
  ])('%s', async comment => {
    for (const rows of [`\n${comment}\n${row('a')}\n`, `\n${row('a')}, ${comment}\n`]) {
      expect(commentsIn(await entriesText(rows))).toEqual([comment]);
      expect(await notesOf(rows)).toEqual([]);
    }
  });
});

describe('words above a row that is a comment are about that', () => {
  const old = '# {\n#   rolearn = "x" # gone\n# },';

  test.each<[string, string, readonly string[]]>([
    ['above', `\n# the old team\n${old}\n${row('a')}\n`, []],
    ['above, with a blank line between', `\n# all teams\n\n# the old team\n${old}\n${row('a')}\n`, ['# all teams']],
    ['below', `\n${old}\n# the new team\n${row('a')}\n`, ['# the new team']],
    ['between two', `\n${old}\n# older\n${old}\n\n# new\n${row('a')}\n`, ['# new']],
    ['behind the row before', `\n${row('a')}, # on call\n${old}\n${row('b')}\n`, ['# on call']],
  ])('%s', async (_, rows, kept) => {
    const lost = (rows.match(/# (the old team|older)/g) ?? []).map(text => `The comment "${text}" is not in the`);
    expect(commentsIn(await entriesText(rows))).toEqual(kept);
    const { diagnostics } = await converted(rows);
    const said = diagnostics.filter(({ code }) => code === 'TAE219').map(({ message }) => message);
    expect(said).toEqual(lost.map(text => expect.stringContaining(`${text} revision clean-up`)));
  });
});

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
