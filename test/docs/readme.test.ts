import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/index.ts';
import { projectFiles, root } from '../architecture/project.ts';
import { cli, command } from '../cli/support/command.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';

const pages = projectFiles().filter(({ path }) => path.endsWith('.md') && !path.includes('/fixtures/'));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

type Fence = { readonly info: string; readonly text: string };

/** Fenced blocks, those inside of lists too, without their indentation. */
const fences = (text: string): Fence[] =>
  [...text.matchAll(/^( *)```([^\n]*)\n(.*?)^ *```$/gms)].map(([, indentation = '', info = '', body = '']) => ({
    info,
    text: body.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
  }));

const withInfo = (text: string, info: string): string[] =>
  fences(text).flatMap(fence => (fence.info === info ? [fence.text] : []));

describe('README', () => {
  test('command 1 stages what the page lists', () => {
    const [, line = ''] = /npm ci && npx --no -- tf-access-entries (.*)\n/.exec(readme) ?? [];
    const directory = directoryWith();
    cpSync(join(root, 'examples'), join(directory, 'examples'), { recursive: true });
    const { status, stderr } = command(directory, line.split(' '));
    expect([status, stderr]).toEqual([0, expect.stringContaining('0 blocked')]);
    const listing = withInfo(readme, '').find(text => text.includes('MIGRATION.md')) ?? '';
    const [out = '', ...names] = listing.trim().split('\n');
    const listed = names.map(name => name.trim().split(/\/? {2,}/)[0]);
    const staged = readdirSync(join(directory, out)).filter(name => name !== 'manifest.json' && name !== '.gitignore');
    expect(listed.toSorted()).toEqual(staged.toSorted());
  });

  test.each(readdirSync(join(root, 'examples')))('the command in examples/%s writes over what is there', example => {
    const text = readFileSync(join(root, 'examples', example, 'README.md'), 'utf8');
    const [, line = ''] = /^tf-access-entries (.*)$/m.exec(text) ?? [];
    const directory = directoryWith({ '.git/HEAD': 'ref: refs/heads/main\n' });
    cpSync(join(root, 'examples'), join(directory, 'examples'), { recursive: true });
    const { status } = command(directory, line.split(' '));
    expect(status).toBe(text.includes('The exit status is 1') ? 1 : 0);
    expect(readdirSync(join(directory, 'examples', example, 'after'))).toContain('manifest.json');
  });

  test('the command in a clone runs from elsewhere', () => {
    const [, line = ''] = /^node path\/to\/clone\/(.*)$/m.exec(readme) ?? [];
    const [path = '', ...args] = line.replace('path/to/module', 'before').split(' ');
    expect(join(root, path)).toBe(cli);
    expect(command(join(root, 'examples/quickstart'), args)).toMatchObject({ status: 0 });
  });

  test('the diff at its top is part of what command 1 shows with --diff', async () => {
    const [, line = ''] = /npx --no -- tf-access-entries (convert .*) --out /.exec(readme) ?? [];
    const { stdout } = await runHere(root, [...line.split(' '), '--diff']);
    expect(stdout).toContain(`\n${withInfo(readme, 'diff')[0] ?? 'no diff'}`);
  });
});

test.each(pages.map(({ path, text }) => [path, text]))('links of %s lead to files', (path, text) => {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const own = links.filter(link => !/^(https?:|mailto:|#)/.test(link)).map(link => link.replace(/#.*$/, ''));
  expect(own.filter(link => !existsSync(join(root, dirname(path), link)))).toEqual([]);
});

const flagsIn = (text: string): string[] => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])].toSorted();
const help = async (...args: string[]): Promise<string> => (await runHere(root, [...args, '--help'])).stdout;
const commands = ['convert', 'status', 'check', 'verify-plan', 'verify-access', 'import-blocks', 'policies', 'explain'];
const known = async (): Promise<string[]> => {
  const texts = await Promise.all(commands.map(name => help(name)));
  return flagsIn(texts.join('\n'));
};

test('docs/reference/cli.md has the flags that --help has', async () => {
  const reference = readFileSync(join(root, 'docs/reference/cli.md'), 'utf8');
  const wanted = (await known()).filter(flag => flag !== '--help' && flag !== '--version');
  expect(flagsIn(reference).filter(flag => flag !== '--help' && flag !== '--version')).toEqual(wanted);
});

test('commands in the pages have commands and flags that are there', async () => {
  const flags = await known();
  const lines = pages.flatMap(({ path, text }) =>
    fences(text)
      .flatMap(fence => fence.text.replaceAll('\\\n', ' ').split('\n'))
      .concat([...text.matchAll(/`(tf-access-entries [^`]+)`/g)].map(([, code = '']) => code))
      // In a runbook a function of the shell stands for it.
      .filter(line => !line.startsWith('tool() {'))
      .map(line => line.replace(/(?:^| )tool (?=(?:convert|verify|import)\b)/, ' npx --no -- tf-access-entries '))
      .flatMap(line => /(?:^|\$ |npx --no -- )(tf-access-entries [^|&]*)/.exec(line)?.[1] ?? [])
      .map(line => ({ path, line })),
  );
  expect(lines.length).toBeGreaterThan(100);
  const wrong = lines.filter(({ line }) => {
    const [, name = ''] = line.split(' ');
    return (
      !([...commands, 'completion'].includes(name) || name.startsWith('--')) ||
      flagsIn(line).some(flag => !flags.includes(flag))
    );
  });
  // The page of TAE101 is about a command line that is refused, with flags that are there.
  expect(wrong).toEqual([]);
});

test('nothing runs a package by its name alone, which is free in the public registry', () => {
  const others = ['action.yml', 'docs/github-workflow.yml', '.pre-commit-hooks.yaml'];
  const texts = [...pages.map(({ text }) => text), ...others.map(path => readFileSync(join(root, path), 'utf8'))];
  const called = texts.flatMap(text => text.match(/\bnpx(?: [^\s`]+)*? tf-access-entries\b(?!-)/g) ?? []);
  expect(called.length).toBeGreaterThan(10);
  const named = /^npx (?:--no --|--yes --package (?:"\$PACKAGE" --|\.\/\S+\.tgz)) tf-access-entries$/;
  expect(called.filter(call => !named.test(call))).toEqual([]);
  expect(texts.filter(text => /(?:PACKAGE[:=] ?"?|npm install (?:-\S+ )*)tf-access-entries/.test(text))).toEqual([]);
});

test('configs in the pages fit the schema', () => {
  const configs = pages
    .filter(({ path }) => /^(docs|examples|README)/.test(path))
    .flatMap(({ path, text }) => withConfigs(text).map(config => ({ path, config })));
  expect(configs.length).toBeGreaterThan(20);
  const wrong = configs.filter(({ path, config }) => refused(config) && !path.endsWith('TAE102.md'));
  expect(wrong).toEqual([]);
});

const withConfigs = (text: string): string[] =>
  fences(text)
    .filter(
      ({ info, text: body }) =>
        info.startsWith('json') &&
        !info.endsWith('.tf.json') &&
        /"(accept|drop|principals|groups|moduleVersion)":/.test(body),
    )
    .map(fence => fence.text);

const refused = (config: string): boolean => {
  try {
    parseConfig('tf-access-entries.config.json', config);
    return false;
  } catch {
    return true;
  }
};
