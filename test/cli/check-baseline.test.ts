import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkReportSchema } from '../../lib/report/command-schemas.ts';
import type { CheckReport } from '../../lib/report/check/summary.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const lateRow = adminRow.replaceAll('admin"', 'late"');

type Json = { readonly status: number | null; readonly report: CheckReport };

const checked = async (directory: string, ...args: string[]): Promise<Json> => {
  const { status, stdout } = await runHere(directory, ['check', ...args, '--format', 'json']);
  return { status, report: checkReportSchema.parse(JSON.parse(stdout)) };
};
const found = ({ report }: Json): string[] =>
  report.findings.map(({ module, code, subject }) => [module, code, subject].join(' '));
const baseline = ['--baseline', 'baseline.json'];

/** A repository with a baseline of all that is in it. */
const adopted = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const directory = directoryWith(files);
  expect((await checked(directory, '.', ...baseline, '--write-baseline')).status).toBe(0);
  return directory;
};

const files = { 'a/main.tf': rootModule(), 'b/main.tf': rootModule(blockedRow), 'c/main.tf': 'variable "x" {}\n' };
const wrongType = (key: string): string => `module "eks" {
  source         = "terraform-aws-modules/eks/aws"
  version        = "20.24.3"
  access_entries = { ${key} = { principal_arn = "${role(key)}", type = "Standard", kubernetes_groups = ["x"] } }
}
`;

const textOf = (directory: string): string => readFileSync(join(directory, 'baseline.json'), 'utf8');

describe('writing', () => {
  test('one finding a line, sorted, without lines of the source', async () => {
    const directory = await adopted(files);
    expect(textOf(directory)).toBe(`{
  "version": 1,
  "findings": [
    { "module": "a", "code": "TAE701", "subject": "module.aws_auth" },
    { "module": "a", "code": "TAE702", "subject": "${role('admin')}" },
    { "module": "b", "code": "TAE314", "subject": "${role('ops')}" },
    { "module": "b", "code": "TAE701", "subject": "module.aws_auth" }
  ]
}
`);
  });

  test('says so, and ends with 0', async () => {
    const { status, stdout, stderr } = await runHere(directoryWith(files), [
      'check',
      '.',
      ...baseline,
      '--write-baseline',
    ]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'No findings in 3 modules. Not shown: 4 in the baseline.\nWritten: baseline.json.\n',
      stderr: '',
    });
  });

  test('modules are named from where the file is', async () => {
    const directory = directoryWith({ ...files, 'ci/readme': '' });
    await checked(join(directory, 'a'), '../b', '--baseline', '../ci/known.json', '--write-baseline');
    expect(readFileSync(join(directory, 'ci/known.json'), 'utf8')).toContain('"module": "../b"');
    expect(await checked(directory, 'b', '--baseline', 'ci/known.json')).toMatchObject({ status: 0 });
  });

  test('with a severity that is asked for', async () => {
    const directory = directoryWith(files);
    await checked(directory, '.', ...baseline, '--write-baseline', '--min-severity', 'error');
    expect(textOf(directory).match(/TAE\d+/g)).toEqual(['TAE314']);
  });

  test('a part of the repository leaves the rest of the file as it is', async () => {
    const directory = await adopted(files);
    writeFileSync(join(directory, 'a/main.tf'), rootModule(lateRow));
    await checked(directory, 'a', ...baseline, '--write-baseline');
    expect(textOf(directory).match(/role\/\w+/g)).toEqual(['role/late', 'role/ops']);
  });

  test('what is gone goes, and what cannot be read stays', async () => {
    const directory = await adopted({ ...files, 'd/main.tf': rootModule() });
    writeFileSync(join(directory, 'a/main.tf'), 'variable "x" {}\n');
    writeFileSync(join(directory, 'b/main.tf'), `${rootModule(blockedRow)}}\n`);
    const { status } = await checked(directory, '.', ...baseline, '--write-baseline');
    expect(status).toBe(3);
    expect(textOf(directory).match(/"module": "\w"/g)).toEqual(['b', 'b', 'd', 'd'].map(name => `"module": "${name}"`));
  });

  test('the same findings give the same bytes', async () => {
    const directory = await adopted(files);
    const before = contentOf(directory);
    await checked(directory, '.', ...baseline, '--write-baseline');
    expect(contentOf(directory)).toEqual(before);
  });

  test('none without --baseline', async () => {
    const { status, stderr } = await runHere(directoryWith(files), ['check', '.', '--write-baseline']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('TAE101: --write-baseline writes the file')]);
  });
});

describe('reading', () => {
  test('what it has is not shown, what is new is', async () => {
    const directory = await adopted(files);
    expect(await checked(directory, '.', ...baseline)).toMatchObject({
      status: 0,
      report: { counts: { baselined: 4 } },
    });
    writeFileSync(join(directory, 'a/main.tf'), rootModule(adminRow + lateRow));
    const outcome = await checked(directory, '.', ...baseline);
    expect([outcome.status, found(outcome)]).toEqual([1, [`a TAE702 ${role('late')}`]]);
    expect(outcome.report.counts).toMatchObject({ baselined: 4, stale: 0 });
  });

  const lists = {
    'a for of a for': (names: string) =>
      rootModule('').replace(
        /aws_auth_roles\s*=\s*\[[^\]]*\]/,
        `aws_auth_roles = flatten([for group, roles in { "system:masters" = [${names}] } : [for role in roles : { rolearn = "arn:aws:iam::111122223333:role/\${role}", username = role, groups = [group] }]])`,
      ),
    'the arguments of another module': (names: string) => `module "c" {
  source                   = "cloudposse/eks-cluster/aws"
  map_additional_iam_roles = [for r in [${names}] : { rolearn = "arn:aws:iam::111122223333:role/\${r}", username = r, groups = ["system:masters"] }]
}
`,
  };
  test.each(Object.entries(lists))('one more name in %s is new', async (_, text) => {
    const directory = await adopted({ 'main.tf': text('"a", "b", "c", "d"') });
    expect((await checked(directory, '.', ...baseline)).status).toBe(0);
    writeFileSync(join(directory, 'main.tf'), text('"a", "b", "c", "d", "mallory"'));
    const outcome = await checked(directory, '.', ...baseline);
    expect(outcome.status).toBe(1);
    expect(outcome.report.findings).toHaveLength(1);
  });

  test('lines above, another order and another file do not make a finding new', async () => {
    const directory = await adopted({ 'a/main.tf': rootModule(adminRow + blockedRow) });
    writeFileSync(join(directory, 'a/main.tf'), '# nothing here any more\n');
    writeFileSync(join(directory, 'a/eks.tf'), `# moved\n\n${rootModule(blockedRow + adminRow)}`);
    expect(await checked(directory, '.', ...baseline)).toMatchObject({ status: 0, report: { counts: { stale: 0 } } });
  });

  test('findings that are alike are counted', async () => {
    const row = adminRow.replace('rolearn', 'rolarn');
    const directory = await adopted({ 'main.tf': rootModule(row) });
    writeFileSync(join(directory, 'main.tf'), rootModule(row + row));
    const outcome = await checked(directory, '.', ...baseline);
    expect(outcome.report.findings.map(({ code }) => code)).toEqual(['TAE306']);
  });

  test('the same of another access entry is new', async () => {
    const directory = await adopted({ 'main.tf': wrongType('ops') });
    writeFileSync(join(directory, 'main.tf'), wrongType('late'));
    const { status, report } = await checked(directory, '.', ...baseline);
    expect([status, report.findings.map(({ subject }) => subject)]).toEqual([
      1,
      ['access_entries["late"] of module.eks'],
    ]);
  });

  test('the same in another root module is new', async () => {
    const directory = await adopted({ 'a/main.tf': rootModule() });
    writeFileSync(join(directory, 'a/main.tf'), rootModule());
    const other = directoryWith({ 'b/main.tf': rootModule(), 'baseline.json': textOf(directory) });
    expect(found(await checked(other, 'b', ...baseline))).toHaveLength(2);
  });

  test('an entry that matches nothing is a note', async () => {
    const directory = await adopted(files);
    writeFileSync(join(directory, 'b/main.tf'), rootModule());
    const { status, stdout } = await runHere(directory, ['check', 'b', ...baseline, '--min-severity', 'note']);
    expect(status).toBe(1);
    expect(stdout).toContain(
      `note TAE132: baseline.json has TAE314 in b (${role('ops')}), which is not found any more.`,
    );
    const quiet = await runHere(directory, ['check', 'c', ...baseline]);
    expect(quiet).toMatchObject({ status: 0, stdout: 'No findings in 1 module.\n' });
  });

  test('the summary counts such entries whatever is asked for', async () => {
    const directory = await adopted(files);
    writeFileSync(join(directory, 'b/main.tf'), 'variable "x" {}\n');
    const { status, stdout } = await runHere(directory, ['check', '.', ...baseline]);
    expect([status, stdout]).toEqual([
      0,
      'No findings in 3 modules. The baseline has 2 findings that are not found any more: write it again. Not shown: 2 in the baseline.\n',
    ]);
  });

  test('a root module that is gone is missed by those who look through the directory above', async () => {
    const directory = directoryWith({ 'a/main.tf': rootModule() });
    const entry = '{ "module": "gone", "code": "TAE701", "subject": "module.aws_auth", "count": 2 }';
    writeFileSync(join(directory, 'baseline.json'), `{ "version": 1, "findings": [${entry}] }`);
    expect((await checked(directory, 'a', ...baseline)).report.counts.stale).toBe(0);
    expect((await checked(directory, '.', ...baseline)).report.counts.stale).toBe(2);
  });

  test('it hides no error of reading and none of the config', async () => {
    const text = `{ "version": 1, "findings": [{ "module": "a", "code": "TAE005" }, { "module": "a", "code": "TAE103" }] }`;
    const broken = directoryWith({ 'a/main.tf': `${rootModule()}}\n`, 'baseline.json': text });
    expect(await checked(broken, 'a', ...baseline)).toMatchObject({ status: 3, report: { counts: { baselined: 0 } } });
    const config = { 'a/main.tf': rootModule(), 'a/tf-access-entries.config.json': '{', 'baseline.json': text };
    expect(await checked(directoryWith(config), 'a', ...baseline)).toMatchObject({ status: 2 });
  });

  test('less severe findings in it are not gone when they are not asked for', async () => {
    const directory = await adopted(files);
    const { report } = await checked(directory, '.', ...baseline, '--min-severity', 'error');
    expect(report.counts).toMatchObject({ baselined: 4, stale: 0 });
  });

  test.each([
    ['none', undefined, 'it does not exist'],
    ['an empty file', '', 'it is not one JSON object'],
    ['marks of a merge', '<<<<<<< HEAD\n', 'it is not JSON'],
    ['another file', '{"version": 1}', 'it has not version 1 and a list of findings'],
    ['another version', '{"version": 2, "findings": []}', 'it has not version 1'],
    ['a finding without a code', '{"version": 1, "findings": [{"module": "a"}]}', 'finding 1 is none'],
    ['a count of none', '{"version": 1, "findings": [{"module": "a", "code": "TAE701", "count": 0}]}', 'finding 1'],
    [
      'a member that is not known',
      '{"version": 1, "findings": [{"module": "a", "code": "TAE701", "x": 1}]}',
      'finding 1',
    ],
    [
      'a member of the file that is not known',
      '{"version": 1, "findings": [], "finding": []}',
      '"finding" is no member of it',
    ],
    ['a member twice', '{"version": 1, "findings": [], "findings": []}', '"findings" is written twice'],
  ])('%s ends with 2', async (_what, text, reason) => {
    const directory = directoryWith({ ...files, ...(text === undefined ? {} : { 'baseline.json': text }) });
    const outcome = await checked(directory, '.', ...baseline);
    expect(outcome).toMatchObject({ status: 2, report: { findings: [{ code: 'TAE131' }] } });
    expect(outcome.report.findings[0]?.message).toContain(`baseline.json is no baseline: ${reason}`);
  });

  test('a path that leads through a file ends with 2', async () => {
    const directory = directoryWith({ ...files, 'x/y': '' });
    const { status, report } = await checked(directory, '.', '--baseline', 'x/y/z.json', '--write-baseline');
    expect([status, report.findings.map(({ code }) => code)]).toEqual([2, ['TAE131']]);
  });

  test('it works for files of no interest, too', async () => {
    const directory = await adopted(files);
    expect(await runHere(directory, ['check', 'c/main.tf', ...baseline])).toMatchObject({ status: 0 });
    writeFileSync(join(directory, 'baseline.json'), '[');
    expect(await runHere(directory, ['check', 'c/main.tf', ...baseline])).toMatchObject({ status: 2 });
  });
});
