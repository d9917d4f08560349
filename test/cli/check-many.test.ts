import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { checkReportSchema } from '../../lib/report/command-schemas.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, rootModule } from './support/modules.ts';

const row = (name: string, groups = '"developers"'): string => `    {
      rolearn  = "arn:aws:iam::111122223333:role/${name}"
      username = "${name}"
      groups   = [${groups}]
    },
`;
const rows = (count: number, groups?: string): string =>
  Array.from({ length: count }, (_, index) => row(`team-${index}`, groups)).join('');

const check = async (files: Record<string, string>, width?: number): Promise<string> =>
  (await runHere(directoryWith(files), ['check', '.'], { width: () => width })).stdout;

describe('findings of one code in one file', () => {
  test('up to five stand each for itself', async () => {
    const text = await check({ 'main.tf': rootModule(rows(5)) });
    expect(text.match(/warning TAE702: /g)).toHaveLength(5);
    expect(text).not.toContain('more of TAE702');
  });

  test('of more the first one is shown, three are named, and the rest is counted', async () => {
    const text = await check({ 'main.tf': rootModule(rows(40)) });
    expect(text.match(/warning TAE702: /g)).toHaveLength(1);
    expect(text).toContain(`\
  fix: Where the mode has the API, grant new access by an access entry instead. For rows that are there already, \`tf-access-entries convert\` writes entries.
  39 more of TAE702 in this file:
    20:5  arn:aws:iam::111122223333:role/team-1
    25:5  arn:aws:iam::111122223333:role/team-2
    30:5  arn:aws:iam::111122223333:role/team-3
    and 36 more: --format json lists all of them

41 warnings in 1 module.
`);
  });

  test('what is found of other codes, and in other files, is not folded with them', async () => {
    const files = { 'main.tf': rootModule(rows(6) + rows(6, '"system:nodes-readers"').replaceAll('team', 'ops')) };
    const text = await check({ ...files, 'b/main.tf': rootModule(rows(2)) });
    expect(text.match(/(warning|error) TAE\d+: |\d+ more of .*/g)).toEqual([
      'warning TAE701: ',
      'warning TAE702: ',
      '5 more of TAE702 in this file:',
      'error TAE314: ',
      '5 more of TAE314 in this file:',
      'warning TAE701: ',
      'warning TAE702: ',
      'warning TAE702: ',
    ]);
  });

  test('without a subject of its own each is told by its message', async () => {
    const bad = Array.from({ length: 7 }, (_, index) => `# tf-access-entries-ignore: TAE70${index % 2 ? 1 : 2}\n`);
    const text = await check({ 'main.tf': rootModule() + bad.join('\n') });
    expect(text).toMatch(/^ {2}6 more of TAE703 in this file:$/m);
  });

  test('machines get all of them', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(rows(40)) });
    const json = await runHere(directory, ['check', '.', '--format', 'json']);
    expect(checkReportSchema.parse(JSON.parse(json.stdout)).findings).toHaveLength(41);
    for (const format of ['sarif', 'github', 'markdown']) {
      const { stdout } = await runHere(directory, ['check', '.', '--format', format]);
      for (const name of ['team-0', 'team-20', 'team-39']) expect(stdout).toContain(`role/${name}`);
    }
  });

  test('in a narrow terminal the list of them stays in its columns', async () => {
    const text = await check({ 'main.tf': rootModule(rows(8).replaceAll('team', `team-${'long-'.repeat(14)}`)) }, 60);
    const list = text.slice(text.indexOf('7 more of')).split('\n\n')[0] ?? '';
    for (const line of list.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60);
  });
});

describe('root modules', () => {
  test('each has a heading where several have findings', async () => {
    const text = await check({
      'a/main.tf': rootModule(rows(7)),
      'b/main.tf': rootModule(adminRow),
      'bucket/main.tf': 'locals {}\n',
    });
    expect(text.match(/^\S+: \d+ .*$/gm)).toEqual(['a: 8 warnings', 'b: 2 warnings']);
    expect(text).toMatch(/^a: 8 warnings\n\na\/main\.tf:8:1: warning TAE701: /);
    expect(text).toMatch(/\n\nb: 2 warnings\n\nb\/main\.tf:8:1: warning TAE701: /);
    expect(text).toMatch(/\n\n10 warnings in 3 modules\.\n/);
  });

  test('one alone has none', async () => {
    expect(await check({ 'a/main.tf': rootModule() })).toMatch(/^a\/main\.tf:8:1: warning TAE701: /);
  });
});
