import { describe, expect, test } from '@jest/globals';
import { check, type CheckResult } from '../../lib/check.ts';
import { convert } from '../../lib/convert.ts';
import { readSuppression } from '../../lib/diagnostics/index.ts';
import { runtime } from '../support/fixture.ts';

const mark = 'tf-access-entries-ignore:';

const moduleWith = (rows: string, head = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
}

${head}module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
${rows}
  ]
}
`;

const row = `    {
      rolearn  = "arn:aws:iam::111122223333:role/ops"
      username = "ops"
      groups   = ["ops"]
    },`;

const checked = async (text: string): Promise<CheckResult> =>
  check(new Map([['main.tf', text]]), { runtime: await runtime() });

const codesOf = (result: CheckResult): string[] =>
  result.diagnostics.filter(({ severity }) => severity !== 'note').map(({ code }) => code);
const silenced = ({ suppressed }: CheckResult): string[] => suppressed.map(({ code }) => code);

describe('a comment silences', () => {
  test.each([
    ['on the line above', `    # ${mark} TAE702 goes with the cluster\n${row}`],
    ['with slashes', `    // ${mark} TAE702 goes with the cluster\n${row}`],
    ['between marks', `    /* ${mark} TAE702 goes with the cluster */\n${row}`],
    ['between marks on several lines', `    /*\n     * ${mark} TAE702\n     * goes with the cluster\n     */\n${row}`],
    ['on the same line', row.replace('{', `{ # ${mark} TAE702 goes with the cluster`)],
    ['on the same line, before', row.replace('    {', `    /* ${mark} TAE702 goes with the cluster */ {`)],
    ['above another comment', `    # ${mark} TAE702 goes with the cluster\n    # The operators\n${row}`],
    ['without a colon', `    # tf-access-entries-ignore TAE702 goes with the cluster\n${row}`],
    ['beside a code that is about nothing', `    # ${mark} TAE702, TAE701: goes with the cluster\n${row}`],
  ])('%s', async (_where, rows) => {
    for (const text of [moduleWith(rows), moduleWith(rows).replaceAll('\n', '\r\n'), `\ufeff${moduleWith(rows)}`]) {
      const result = await checked(text);
      expect(silenced(result)).toEqual(['TAE702']);
      expect(codesOf(result)).not.toContain('TAE702');
    }
  });

  test('its own code and no other', async () => {
    const text = moduleWith(row, `# ${mark} TAE701 the cluster goes in May\n`);
    const result = await checked(text);
    expect([codesOf(result), silenced(result)]).toEqual([['TAE702'], ['TAE701']]);
  });

  test('several codes', async () => {
    const rows = row.replace('"ops"]', '"system:nodes-readers"]').replace('{', `{ # x`);
    const result = await checked(
      moduleWith(rows.replaceAll(/^ +groups/gm, `      # ${mark} TAE314, TAE702 known, see INFRA-12\n      groups`)),
    );
    expect(silenced(result)).toEqual(['TAE314']);
    expect(codesOf(result)).toEqual(['TAE701', 'TAE704']);
  });

  test('errors, which stay blockers of convert', async () => {
    const rows = row.replace(
      'groups   = ["ops"]',
      `# ${mark} TAE314 moves in May\n      groups   = ["system:nodes-readers"]`,
    );
    const result = await checked(moduleWith(rows));
    expect(silenced(result)).toEqual(['TAE314']);
    const converted = await convert(new Map([['main.tf', moduleWith(rows)]]), { runtime: await runtime() });
    expect(converted.diagnostics.map(({ code }) => code)).toContain('TAE314');
    expect(converted.blockedFrom).toBe('add-access-entries');
  });

  test('and does not go with the entry', async () => {
    const text = moduleWith(`    # ${mark} TAE702 goes with the cluster\n    # The operators\n${row}`);
    const { revisions } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
    const written = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
    expect(written.match(/# The operators/g)).toHaveLength(2);
    expect(written.match(/tf-access-entries-ignore/g)).toHaveLength(1);
  });
});

describe('a comment does not silence', () => {
  test.each([
    ['the line after the next', `    # ${mark} TAE702 why\n\n${row}`, ['TAE704']],
    [
      'the line below, when it stands behind code',
      `    # x\n${row.replace('},', `}, # ${mark} TAE702 why`)}\n${row.replaceAll('ops', 'dev')}`,
      ['TAE704'],
    ],
    ['without a reason', `    # ${mark} TAE702\n${row}`, ['TAE703']],
    ['without a reason, with a dash', `    # ${mark} TAE702 -\n${row}`, ['TAE703']],
    ['without a code', `    # ${mark}\n${row}`, ['TAE703']],
    ['with a code that is not there', `    # ${mark} TAE999 why\n${row}`, ['TAE703']],
    ['with words only', `    # ${mark} legacy rows\n${row}`, ['TAE703']],
    ['what stops the run', `    # ${mark} TAE005 why\n${row}`, ['TAE703']],
    ['comments', `    # ${mark} TAE704 why\n${row}`, ['TAE703']],
    ['in a string', row.replace('"ops"\n', `"ops # ${mark} TAE702 why"\n`), []],
    ['when it only speaks of the word', `    # see tf-access-entries-ignore: TAE702 in the docs\n${row}`, []],
    ['of another name', `    # tf-access-entries-ignore-file: TAE702 why\n${row}`, []],
  ])('%s', async (_what, rows, problems) => {
    const result = await checked(moduleWith(rows));
    expect(codesOf(result)).toContain('TAE702');
    expect(codesOf(result).filter(code => /TAE70[34]/.test(code))).toEqual(problems);
    expect(silenced(result)).toEqual([]);
  });

  test('in a heredoc', async () => {
    const text = `${moduleWith(row)}\nlocals {\n  x = <<-EOT\n    # ${mark} TAE702 why\n    EOT\n}\n`;
    expect(codesOf(await checked(text))).toEqual(['TAE701', 'TAE702']);
  });

  test('in a module that is of no interest otherwise, and says so', async () => {
    expect(codesOf(await checked(`# ${mark} TAE702 why\nvariable "x" {}\n`))).toEqual(['TAE704']);
  });
});

test.each([
  ['# tf-access-entries-ignore: TAE012 reason', ['TAE012'], 'reason'],
  ['//tf-access-entries-ignore: TAE012,TAE013 , TAE014: because', ['TAE012', 'TAE013', 'TAE014'], 'because'],
  ['/** tf-access-entries-ignore: TAE012 - two\n * lines **/', ['TAE012'], 'two lines'],
  ['# tf-access-entries-ignore', [], ''],
])('%s', (comment, codes, reason) => {
  expect(readSuppression(comment)).toEqual({ codes, reason });
});
