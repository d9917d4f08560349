import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './command.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

// pre-commit installs from a clone: old versions take all that `npm pack` prints for a file name, new ones install globally
// from git, without devDependencies. Scripts of these names make npm prepare the clone a second time.
test('a clone can be installed by pre-commit', () => {
  expect(
    Object.keys(scripts).filter(name => /^(build|(pre|post)?(install|pack)|(pre|post)prepare)$/.test(name)),
  ).toEqual([]);
  expect(scripts['prepare']).toBe(
    'npm install --no-global --include=dev --ignore-scripts --no-save --silent && npm run --silent compile',
  );
  expect(read('.npmrc').split('\n')).toContain('foreground-scripts=false');
});

test('the lock file names no registry', () => {
  expect(read('.npmrc').split('\n')).toContain('omit-lockfile-registry-resolved=true');
  expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
});

test.each([
  ['@tree-sitter-grammars/tree-sitter-hcl', 'tree-sitter-hcl'],
  ['handlebars', 'the runtime of Handlebars'],
])('the notice names the version of %s', (name, title) => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };
  expect(read('NOTICE')).toContain(`${title} ${packages[`node_modules/${name}`]?.version},`);
});

// A clone has no generated file: each of these makes it before it reads it.
test.each(['typecheck', 'lint', 'test', 'prepare', 'generate', 'compile'])('npm run %s makes the templates', name => {
  const made = [scripts[`pre${name}`], scripts[name]].join(' ');
  expect(made).toMatch(/generate:templates|npm run --silent compile/);
});

// `npm version` changes package.json alone.
test('what users copy names this release', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const pages = ['docs/how-to/check-in-ci.md', 'docs/github-workflow.yml'].map(read).join('\n');
  const named = pages.match(/(?<=tf-access-entries(?:\.git)?(?:@v?|:|#v|\n +rev: v))\d+\.\d+\.\d+/g) ?? [];
  expect(named).toHaveLength(6);
  expect(new Set(named)).toEqual(new Set([version]));
});
