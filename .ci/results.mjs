// Judges the results of jest, and others in its format, and prints the closing line. Usage: node .ci/results.mjs <results.json>...
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = path => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const slashes = path => path.replaceAll('\\', '/');

const readResults = path => {
  try {
    return JSON.parse(read(path)).testResults;
  } catch {
    return [];
  }
};

const suites = process.argv
  .slice(2)
  .flatMap(readResults)
  .map(({ name, status, assertionResults }) => ({
    file: slashes(relative(root, name)),
    status,
    tests: assertionResults,
  }));
const tests = suites.flatMap(({ file, tests: all }) =>
  all.map(test => ({ id: `${file} > ${test.fullName}`, ...test })),
);

const passed = tests.filter(({ status }) => status === 'passed');
const failed = tests.filter(({ status }) => status === 'failed');
const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status));
// A suite that failed before its first test, or after its last.
const broken = suites.filter(
  ({ status, tests: all }) => status === 'failed' && all.every(test => test.status !== 'failed'),
);

const listed = read(join(root, '.ci/skipped-tests.txt')).split('\n');
const files = readdirSync(join(root, 'test'), { recursive: true })
  .map(path => `test/${slashes(path)}`)
  .filter(
    path =>
      /\.(test|engines|hook|browser)\.ts$|^test\/terraform\/mutate\/main\.ts$/.test(path) &&
      !path.includes('/fixtures/'),
  );

const problems = [
  ...(tests.length === 0 ? ['no test ran'] : []),
  ...broken.map(({ file }) => `${file}: the suite failed`),
  ...files.filter(file => !suites.some(suite => suite.file === file)).map(file => `${file}: did not run`),
  ...skipped.filter(({ id }) => !listed.includes(id)).map(({ id }) => `${id}: skipped, not in .ci/skipped-tests.txt`),
];
const failures = failed.length + broken.length;

console.log('');
for (const problem of problems) console.log(problem);
console.log(`${passed.length} passed, ${failures} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`);
process.exitCode = problems.length + failures === 0 ? 0 : 1;
