import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

const main = join(import.meta.dirname, '../../dist/bundle/main.js');
const files = { 'main.tf': rootModule() };
const here = directoryWith(files);

test.each([['-h'], ['convert -h'], ['status . -h']])('%s is --help', async line => {
  const short = await runHere(here, line.split(' '));
  expect(short).toEqual(await runHere(here, line.replace('-h', '--help').split(' ')));
  expect([short.status, short.stdout]).toEqual([0, expect.stringContaining('Options:')]);
});

test.each([
  ['conver .', 'Did you mean convert?'],
  ['chek .', 'Did you mean check?'],
  ['status . --fromat json', 'Did you mean --format?'],
  ['convert . --sso-regoin eu-west-1', 'Did you mean --sso-region?'],
  ['convert . --write --phase enable-ap', 'Did you mean enable-api?'],
])('%s: %s', async (line, words) => {
  const { status, stderr } = await runHere(here, line.split(' '));
  expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
});

test.each([
  ['TAE30', 'Did you mean TAE301, TAE302 or TAE303?'],
  ['tae3010', 'Did you mean TAE301, TAE010 or TAE310?'],
  ['TAE776', 'Did you mean TAE276, TAE706 or TAE716?'],
])('explain %s: %s', async (code, words) => {
  const { status, stderr } = await runHere(here, ['explain', code]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
});

test('nothing is meant where nothing is near', async () => {
  for (const line of [
    'frobnicate .',
    'status . --colour-scheme dark',
    'convert . --write --phase last',
    'explain TAE999',
  ]) {
    expect((await runHere(here, line.split(' '))).stderr).not.toContain('Did you mean');
  }
});

test.each([
  'convert . --write=yes --phase enable-api',
  'convert . --quiet=maybe',
  'convert . --write --phase enable-api --all-or-none=1',
  'check . --no-color=',
])('%s gives a value to a flag that takes none', async line => {
  const { status, stderr } = await runHere(here, line.split(' '));
  expect([status, stderr]).toEqual([2, expect.stringMatching(/--[a-z-]+ takes no value but true or false/)]);
});

test('a flag that takes no value may be true or false, and what stands behind -- is a path', async () => {
  const diff = await runHere(here, ['convert', '.', '--diff']);
  expect(await runHere(here, ['convert', '.', '--diff=true', '--quiet=false'])).toEqual(diff);
  const { stderr } = await runHere(here, ['status', '--', '--no-color=x']);
  expect(stderr).not.toContain('takes no value');
});

test('a phase goes by its number, too', async () => {
  const byId = directoryWith(files);
  const byNumber = directoryWith(files);
  await runHere(byId, ['convert', '.', '--write', '--phase', 'enable-api']);
  const { status } = await runHere(byNumber, ['convert', '.', '--write', '--phase', '1']);
  expect(status).toBe(0);
  expect(contentOf(byNumber)).toEqual(contentOf(byId));
  expect(contentOf(byNumber)).not.toEqual(contentOf(here));
});

test.each(['9', '-1', '1.0', '01'])('there is no phase %s', async number => {
  const { status, stderr } = await runHere(here, ['convert', '.', '--write', `--phase=${number}`]);
  expect([status, stderr]).toEqual([2, expect.stringContaining('"enable-api"')]);
});

test.each([60, 80, 200])('help fits a terminal of %d columns', async width => {
  for (const command of [[], ['convert'], ['check'], ['verify-plan'], ['import-blocks']]) {
    const { stdout } = await runHere(here, [...command, '--help'], { width: () => width });
    expect(stdout.split('\n').filter(line => stringWidth(line) > width)).toEqual([]);
  }
});

const run = (args: readonly string[], env: Readonly<Record<string, string>>, node: readonly string[] = []) =>
  spawnSync(process.execPath, [...node, main, ...args], {
    cwd: here,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });

describe('the built command', () => {
  const escape = '\u001B[';

  test('has colours where they are asked for', () => {
    expect(run(['status', '.'], { FORCE_COLOR: '1' }).stdout).toContain(escape);
    expect(run(['status', '.'], {}).stdout).not.toContain(escape);
    expect(run(['status', '.'], { FORCE_COLOR: '0' }).stdout).not.toContain(escape);
    expect(run(['status', '.', '--no-color'], { FORCE_COLOR: '1' }).stdout).not.toContain(escape);
    expect(run(['status', '.'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).toContain(escape);
    expect(run(['status', '.'], { FORCE_COLOR: '0', NO_COLOR: '' }).stdout).not.toContain(escape);
  });

  test('has a script that completes commands, flags and values', () => {
    const script = run(['completion'], { SHELL: '/bin/bash' });
    expect([script.status, script.stdout]).toEqual([0, expect.stringContaining('complete -o')]);
    const after = (...words: readonly string[]): readonly string[] =>
      run(['--get-yargs-completions', 'tf-access-entries', ...words], { SHELL: '/bin/bash' }).stdout.split('\n');
    expect(after('con')).toContain('convert');
    expect(after('verify-plan', 'plan.json', '--cl')).toContain('--cluster-name');
    expect(after('convert', '.', '--phase', '')).toContain('remove-aws-auth');
  });

  test('has a script that bash 3.2 takes, which knows no mapfile', () => {
    const { stdout } = run(['completion'], { SHELL: '/bin/bash' });
    const words = `enable -n mapfile readarray
tf-access-entries() { ${process.execPath} ${main} "$@"; }
eval "$1"
COMP_WORDS=(tf-access-entries con) COMP_CWORD=1
_tf-access-entries_yargs_completions
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { PATH: process.env['PATH'] ?? '', SHELL: '/bin/bash' };
    const completed = spawnSync('bash', ['--norc', '-c', words, 'bash', stdout], { encoding: 'utf8', env });
    expect([completed.stdout, completed.stderr]).toEqual(['convert\n', '']);
  });

  test.each(['16.20.2', '18.20.4', '20.18.3'])('Node %s gets one sentence', version => {
    const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
    const { status, stdout, stderr } = run(['status', '.'], {}, ['--import', `data:text/javascript,${script}`]);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^tf-access-entries needs Node\.js 20\.19 .* and this is [\d.]+\.\n$/);
    expect(stderr).toContain(version);
  });
});
