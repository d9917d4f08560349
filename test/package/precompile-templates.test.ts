import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import { root, run, temporaryDirectory, type Outcome } from './command.ts';

const script = join(root, 'scripts/precompile-templates.mjs');
const target = 'lib/emitter/templates.generated.ts';
const pages = 'lib/report/pages.generated.ts';
const made = [target, pages, 'lib/emitter/handlebars.generated.ts'];

const project = (templates: Readonly<Record<string, string>>): string => {
  const directory = temporaryDirectory();
  for (const [path, text] of Object.entries(templates)) {
    const file = join(directory, 'templates', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return directory;
};
const precompile = (directory: string): Outcome => run(directory, process.execPath, script, directory);

/** Renders in a process that cannot make code from text and has no packages. */
const render = (directory: string, name: string, data: object, from = target): Outcome => {
  for (const path of made) {
    const { code } = transformSync(readFileSync(join(directory, path), 'utf8'), {
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    });
    writeFileSync(join(directory, path.replace(/\.ts$/, '.mjs')), code.replaceAll('.generated.ts', '.generated.mjs'));
  }
  const table = from === pages ? 'pages' : 'templates';
  const program = `import { ${table} } from './${from.replace(/\.ts$/, '.mjs')}';
process.stdout.write(${table}[${JSON.stringify(name)}](${JSON.stringify(data)}));`;
  writeFileSync(join(directory, 'main.mjs'), program);
  return run(directory, process.execPath, '--disallow-code-generation-from-strings', 'main.mjs');
};

test.each(made)('git does not hold %s, which is made from the templates', path => {
  expect(execFileSync('git', ['ls-files', path], { cwd: root, encoding: 'utf8' })).toBe('');
  expect(execFileSync('git', ['check-ignore', path], { cwd: root, encoding: 'utf8' })).toBe(`${path}\n`);
});

test.each(made)('%s makes no code from text', path => {
  expect(readFileSync(join(root, path), 'utf8')).not.toMatch(/\beval\b|new Function|\bFunction\(|\bglobalThis\b/);
});

test('a page escapes by itself, stands apart from what is written into a repository, and its policy allows its style alone', () => {
  const directory = project({
    'list.hbs': '{{title}}',
    'html/page.hbs': '{{> page-style-hash}} <style>{{> page-style}}</style> {{title}}',
    'html/page.css': 'a {\n  color: red;\n}\n',
  });
  precompile(directory);
  expect(render(directory, 'list', { title: '<a>' }).stdout).toBe('<a>');
  const { stdout } = render(directory, 'page', { title: '<a>' }, pages);
  const hash = `sha256-${createHash('sha256').update('a{color:red}').digest('base64')}`;
  expect(stdout).toBe(`${hash} <style>a{color:red}</style> &lt;a&gt;`);
  expect(readFileSync(join(directory, target), 'utf8')).toContain('export type TemplateName = "list";');
});

test('templates become functions, in order of their names', () => {
  const directory = project({
    'list.hbs': '{{title}}\n{{#each rows}}\n  {{> row}}\n{{/each}}\n',
    'parts/row.hbs': 'name = "{{name}}" # \\{{EC2PrivateDNSName}}\r\n',
  });
  expect(precompile(directory)).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(directory, target), 'utf8')).toContain('export type TemplateName = "list" | "row";');
  expect(render(directory, 'list', { title: '"<a> & b"', rows: [{ name: 'x' }, { name: 'y' }] }).stdout).toBe(
    '"<a> & b"\n  name = "x" # {{EC2PrivateDNSName}}\n  name = "y" # {{EC2PrivateDNSName}}\n',
  );
});

test('a name that the data lacks is an error', () => {
  const directory = project({ 'a.hbs': '{{missing}}' });
  precompile(directory);
  expect(render(directory, 'a', {}).stderr).toContain('"missing" not defined');
});

test('without templates the table is empty', () => {
  const directory = project({});
  expect(precompile(directory).status).toBe(0);
  expect(readFileSync(join(directory, target), 'utf8')).toContain('export type TemplateName = never;');
});

test('a changed template changes the file', () => {
  const directory = project({ 'a.hbs': 'one' });
  precompile(directory);
  writeFileSync(join(directory, 'templates/a.hbs'), 'two');
  expect(precompile(directory)).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(render(directory, 'a', {}).stdout).toBe('two');
});

test.each([
  ['a partial that is no template', { 'a.hbs': '{{> b}}' }, 'a.hbs: there is no template "b"'],
  ['a partial with a computed name', { 'a.hbs': '{{> (lookup . "b")}}' }, 'a.hbs: there is no template "(computed)"'],
  ['a helper that is not built in', { 'a.hbs': '{{upper b}}' }, 'unknown helper upper'],
  ['a syntax error', { 'a.hbs': '{{#if b}}' }, 'a.hbs: Parse error'],
  ['two templates of one name', { 'a.hbs': '', 'b/a.hbs': '' }, 'a.hbs: two templates have this name'],
  ['a name that is not kebab-case', { 'aB.hbs': '' }, "aB.hbs: a template's name is kebab-case"],
])('%s is refused', (_what, templates, message) => {
  const outcome = precompile(project(templates));
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toContain(message);
});
