import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root, run, temporaryDirectory, type Outcome } from './command.ts';

type Suite = { name: string; status: string; assertionResults: { status: string; fullName: string }[] };

const suite = (file: string, status = 'passed', ...tests: string[]): Suite => ({
  name: join(root, file),
  status,
  assertionResults: tests.map((result, index) => ({ status: result, fullName: `test ${index}` })),
});

const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter(path => /\.(test|engines|hook|browser)\.ts$|mutate\/main\.ts$/.test(path) && !path.includes('/fixtures/'))
  .map(path => `test/${path}`);
const [first = '', ...rest] = files;
const others = rest.map(file => suite(file, 'passed', 'passed'));

const judge = (testResults: readonly Suite[] | undefined): Outcome => {
  const directory = temporaryDirectory();
  const path = join(directory, 'results.json');
  writeFileSync(path, testResults === undefined ? '{"testRes' : JSON.stringify({ testResults }));
  return run(directory, process.execPath, join(root, '.ci/results.mjs'), path);
};

test('several files of results count together', () => {
  const directory = temporaryDirectory();
  const paths = [[suite(first, 'passed', 'passed')], others].map((testResults, index) => {
    const path = join(directory, `${index}.json`);
    writeFileSync(path, JSON.stringify({ testResults }));
    return path;
  });
  const judged = run(directory, process.execPath, join(root, '.ci/results.mjs'), ...paths);
  expect(judged).toEqual({ status: 0, stdout: `\n${rest.length + 1} passed, 0 failed\n`, stderr: '' });
});

test('tests on engines that did not run are a failure', () => {
  const engines = files.filter(file => !file.endsWith('.test.ts'));
  expect(engines).toContain('test/terraform/suite/phases.engines.ts');
  expect(engines).toContain('test/hook/pre-commit.hook.ts');
  expect(engines).toContain('test/browser/report.browser.ts');
  const { status, stdout } = judge([suite(first), ...others].filter(({ name }) => name.endsWith('.test.ts')));
  expect(status).toBe(1);
  for (const file of engines) expect(stdout).toContain(`${file}: did not run`);
});

test('all passed', () => {
  const passed = rest.length + 2;
  expect(judge([suite(first, 'passed', 'passed', 'passed'), ...others])).toEqual({
    status: 0,
    stdout: `\n${passed} passed, 0 failed\n`,
    stderr: '',
  });
});

test.each([
  ['a test that failed', [suite(first, 'failed', 'failed'), ...others], '', `${rest.length} passed, 1 failed`],
  [
    'a suite that failed before its tests',
    [suite(first, 'failed'), ...others],
    `${first}: the suite failed`,
    `${rest.length} passed, 1 failed`,
  ],
  ['a suite that did not run', others, `${first}: did not run`, `${rest.length} passed, 0 failed`],
  [
    'a skipped test that is not listed',
    [suite(first, 'passed', 'pending'), ...others],
    `${first} > test 0: skipped, not in .ci/skipped-tests.txt`,
    `${rest.length} passed, 0 failed, 1 skipped`,
  ],
  ['no tests', [], 'no test ran', '0 passed, 0 failed'],
  ['results cut off', undefined, 'no test ran', '0 passed, 0 failed'],
] as const)('%s', (_what, results, problem, closing) => {
  const { status, stdout } = judge(results);
  expect(status).toBe(1);
  expect(stdout).toContain(problem);
  expect(stdout.endsWith(`\n${closing}\n`)).toBe(true);
});
