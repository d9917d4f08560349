import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../architecture/project.ts';

const folder = 'docs/why';
const page = readFileSync(join(root, folder, 'threats.md'), 'utf8');

/** How a claim of the page begins, the file of its test, and the test there. */
const table: readonly (readonly [claim: string, file: string, test: string])[] = [
  [
    'No command starts a process',
    'test/hostile/nothing-runs.test.ts',
    'no process is started, no connection is opened',
  ],
  ['No command in the runbook', 'test/hostile/files.test.ts', 'and no command runs of one'],
  ['With `--where-due` git', 'test/hostile/nothing-runs.test.ts', '--where-due runs no filter and no hook'],
  ['`--commit` runs', 'test/hostile/nothing-runs.test.ts', '--commit asks, adds and commits'],
  ['In a terminal an escape', 'test/hostile/who-writes.test.ts', 'nothing steers a terminal or begins a line'],
  ['In Markdown a value', 'test/hostile/who-writes.test.ts', 'nothing is markup in Markdown'],
  ['In HTML a value', 'test/hostile/who-writes.test.ts', 'nothing is an element in HTML'],
  ['With `--format github` a value', 'test/hostile/who-writes.test.ts', 'nothing is a workflow command'],
  ['JSON and SARIF stay valid', 'test/hostile/formats.test.ts', 'json and sarif are JSON, whole and alone'],
  ['A diff and a revision', 'test/hostile/who-writes.test.ts', 'steer no terminal, and are the bytes of the files'],
  ['`check` does not read a', 'test/cli/links.test.ts', 'check prints nothing of a file outside'],
  ['A `*.auto.tfvars` that is a link', 'test/cli/auto-loaded-files.test.ts', 'by a link: inside of the repository'],
  ['`file("/etc/passwd")` and', 'test/cli/named-files.test.ts', 'what is no file of the module is not read'],
  ['The config is not looked for above', 'test/cli/config-upwards.test.ts', 'and never above it'],
  [
    'Of the files that the tool finds',
    'test/cli/special-files.test.ts',
    'a file that is found may be so large and no larger',
  ],
  ['When a file with `--var-file`', 'test/cli/hidden-values.test.ts', 'nothing is shown of a file that cannot be read'],
  ['When a file with `--existing`', 'test/cli/hidden-values.test.ts', 'of a file with --existing'],
  ['Rows that `--var-file` gives', 'test/cli/hidden-values.test.ts', 'nor those of a variable that JSON'],
  [
    'The `principal_arn` of an entry',
    'test/verifier/plan/faults.test.ts',
    'what is sensitive decides, and is not shown',
  ],
  ['`--write` does not replace a file', 'test/cli/write-files.test.ts', 'when a file was changed since it was read'],
  ['`convert` does not stage into', 'test/cli/write-output.test.ts', 'a directory that is not ours'],
  ['A kill while `--write`', 'test/cli/kills.test.ts', 'a kill at any moment loses no file'],
  ['The journal of an interrupted write', 'test/cli/write-files.test.ts', 'a journal that is not ours to follow'],
  ['A journal that names a file behind', 'test/cli/links.test.ts', 'a journal in a checkout writes nothing outside'],
  [
    'A journal is not completed',
    'test/cli/two-runs.test.ts',
    'another phase than the one that was interrupted is refused',
  ],
  ['While one run writes', 'test/cli/two-runs.test.ts', 'a second one refuses'],
  ['Where a run on another host', 'test/cli/two-runs.test.ts', 'cannot be asked on another host'],
  ['`verify-plan` refuses each of the faults', 'test/verifier/plan/faults.test.ts', 'describe.each(faults)'],
  [
    '`--write --phase remove-aws-auth`',
    'test/cli/proof-of-rights.test.ts',
    'does not go past an entry without the policy',
  ],
];

/** The lines of the list below "What keeps it", each as one line. */
const claims = (/## What keeps it\n([^]*?)\n## /.exec(page)?.[1] ?? '')
  .split(/\n(?=- |#|\n)/)
  .map(line => line.trim().replaceAll(/\s+/g, ' '))
  .filter(line => line.startsWith('- '))
  .map(line => line.slice(2));

const [listed, tested] = [
  claims.map(claim => ({ claim, file: / \[[\w-]+\]\(([^)]+\.test\.ts)\)$/.exec(claim)?.[1] })),
  table.map(([claim, file]) => ({ claim, file })),
];

test('each claim of the page is in the table, in the order of the page, and the other way round', () => {
  const shortened = listed.map(({ claim }, index) => claim.slice(0, tested[index]?.claim.length ?? 30));
  expect(shortened).toEqual(tested.map(({ claim }) => claim));
});

test('each names the file that has its test', () => {
  const files = listed.map(({ file }) => file && normalize(join(folder, file)));
  expect(files).toEqual(tested.map(({ file }) => file));
});

test.each(table)('%s: %s has the test', (_claim, file, title) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(title);
});

test('nothing but claims and their heads stands there', () => {
  const head = /## What keeps it\n([^]*?)\n## /.exec(page)?.[1] ?? '';
  const paragraphs = head.split(/\n\n+/).filter(text => !/^(- |#)/.test(text.trim()));
  expect(paragraphs.map(text => text.trim().replaceAll(/\s+/g, ' '))).toEqual([
    'Each line ends with the test that holds it.',
    expect.stringMatching(/^Values come from whoever writes /),
  ]);
});
