import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import { root, run, temporaryDirectory, type Outcome } from './command.ts';

const script = join(root, 'scripts/precompile-templates.mjs');
const target = 'lib/emitter/templates.generated.ts';

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
const render = (directory: string, name: string, data: object): Outcome => {
  const { code } = transformSync(readFileSync(join(directory, target), 'utf8'), {
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  });
  writeFileSync(join(directory, 'templates.mjs'), code);
  const program = `import { templates } from './templates.mjs';
process.stdout.write(templates[${JSON.stringify(name)}](${JSON.stringify(data)}));`;
  writeFileSync(join(directory, 'main.mjs'), program);
  return run(directory, process.execPath, '--disallow-code-generation-from-strings', 'main.mjs');
};

test('git does not hold what is made from the templates', () => {
  expect(execFileSync('git', ['ls-files', target], { cwd: root, encoding: 'utf8' })).toBe('');
  expect(execFileSync('git', ['check-ignore', target], { cwd: root, encoding: 'utf8' })).toBe(`${target}\n`);
});

test('what is made makes no code from text', () => {
  expect(readFileSync(join(root, target), 'utf8')).not.toMatch(/\beval\b|new Function|\bFunction\(|\bglobalThis\b/);
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
