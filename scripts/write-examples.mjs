// Writes examples/<name>/after: what `convert` stages for examples/<name>/before, with the options of options.json.
// Usage: npm run compile && node scripts/write-examples.mjs [--check]
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processHost } from '../dist/cli/process-host.js';
import { run } from '../dist/cli/run.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { pipeline } = processHost(process);

/** The manifest and the .gitignore would keep the rest from being read and committed. */
const hidden = new Set(['manifest.json', '.gitignore']);

/** Flags by the names of the library's options. */
const flags = { ssoRegion: '--sso-region', runner: '--runner', existing: '--existing', config: '--config' };

const optionsOf = example => {
  const path = join(root, 'examples', example, 'options.json');
  if (!existsSync(path)) return [];
  return Object.entries(JSON.parse(readFileSync(path, 'utf8'))).flatMap(([name, value]) => {
    if (flags[name] === undefined) throw new Error(`${example}/options.json: there is no option ${name}`);
    return [flags[name], value];
  });
};

/** Stages an example in a copy of the repository, so that paths are as they are there. */
const stage = async (example, repository) => {
  const before = join('examples', example, 'before');
  const after = join('examples', example, 'after');
  cpSync(join(root, before), join(repository, before), { recursive: true });
  let said = '';
  const note = text => (said += text);
  const argv = ['convert', before, '--out', after, ...optionsOf(example)];
  const status = await run(argv, {
    cwd: repository,
    readStdin: async () => Buffer.of(),
    stdout: note,
    stderr: note,
    style: () => (_format, text) => text,
    isTerminal: () => false,
    width: () => undefined,
    pipeline,
  });
  if (status > 1) throw new Error(`${example}: exit status ${status}\n${said}`);
  for (const name of hidden) rmSync(join(repository, after, name), { force: true });
  return after;
};

const filesIn = directory =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => relative(directory, join(entry.parentPath, entry.name)))
        .toSorted()
    : [];

/** Files that are not the same in both directories. */
const differences = (wanted, present) =>
  [...new Set([...filesIn(wanted), ...filesIn(present)])].filter(path => {
    const [a, b] = [join(wanted, path), join(present, path)];
    return !existsSync(a) || !existsSync(b) || !readFileSync(a).equals(readFileSync(b));
  });

const check = process.argv.includes('--check');
const repository = realpathSync(mkdtempSync(join(tmpdir(), 'tf-access-entries-examples-')));
try {
  mkdirSync(join(repository, '.git'));
  for (const example of readdirSync(join(root, 'examples')).toSorted()) {
    const after = await stage(example, repository);
    const changed = differences(join(repository, after), join(root, after));
    for (const path of changed) console.log(join(after, path));
    if (check && changed.length > 0) process.exitCode = 1;
    if (check || changed.length === 0) continue;
    rmSync(join(root, after), { recursive: true, force: true });
    cpSync(join(repository, after), join(root, after), { recursive: true });
  }
} finally {
  rmSync(repository, { recursive: true, force: true });
}
