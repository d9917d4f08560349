import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { concernsAccess } from '../../lib/checker/concerns.ts';
import { check } from '../../lib/check.ts';
import { fixturesOf, runtime, themes } from '../support/fixture.ts';
import { command } from './support/command.ts';
import { directoryWith } from './support/directory.ts';
import { rootModule } from './support/modules.ts';

/** Resolves as usual and notes what was asked for. */
const hooks = `import { appendFileSync } from 'node:fs';
export const resolve = async (specifier, context, next) => {
  const found = await next(specifier, context);
  appendFileSync(process.env.LOADED, found.url + '\\n');
  return found;
};`;
const preload = `import { register } from 'node:module';
register('./hooks.mjs', import.meta.url);`;

const loadedBy = (directory: string, ...args: string[]): string[] => {
  const tools = directoryWith({ 'hooks.mjs': hooks, 'preload.mjs': preload });
  const LOADED = join(tools, 'loaded.txt');
  const NODE_OPTIONS = `--import ${join(tools, 'preload.mjs')}`;
  command(directory, ['check', ...args], { env: { ...process.env, LOADED, NODE_OPTIONS } });
  return readFileSync(LOADED, 'utf8').split('\n');
};

/** What unpacks the gate's wasm, which no import names. */
const gate = 'node:zlib';

const heavy = ['yargs', 'zod', 'web-tree-sitter', 'handlebars'];
/** By their own files, or as a part of a file of the bundle, where a comment says what comes from where. */
const packagesIn = (urls: readonly string[]): string[] => {
  const bundled = urls.filter(url => url.includes('/dist/')).map(url => readFileSync(fileURLToPath(url), 'utf8'));
  return heavy.filter(
    name =>
      urls.some(url => url.includes(`/node_modules/${name}/`)) ||
      bundled.some(text => text.includes(`// node_modules/${name}/`)),
  );
};

const sizeOf = (paths: Iterable<string>): number => [...paths].reduce((sum, path) => sum + statSync(path).size, 0);

describe('what is loaded', () => {
  const files = { 'a/main.tf': 'variable "x" {}\n', 'b/main.tf': rootModule() };

  test('for files of no interest: no parser, no yargs, no schema', () => {
    const loaded = loadedBy(directoryWith(files), 'a/main.tf', '--min-severity', 'error');
    expect(packagesIn(loaded)).toEqual([]);
    expect(loaded).not.toContain(gate);
    const directory = fileURLToPath(new URL('../../dist/bundle', import.meta.url));
    const own = new Set(loaded.filter(url => url.includes('/dist/')).map(url => fileURLToPath(url)));
    const whole = readdirSync(directory).filter(name => name.endsWith('.js'));
    expect(sizeOf(own)).toBeLessThan(sizeOf(whole.map(name => join(directory, name))) / 18);
  });

  test('for a root module of interest: the parser and the gate, and still no yargs', () => {
    const loaded = loadedBy(directoryWith(files), 'a', 'b');
    const packages = packagesIn(loaded);
    expect(packages).toContain('web-tree-sitter');
    expect(loaded).toContain(gate);
    expect(packages).not.toContain('yargs');
    expect(packages).not.toContain('zod');
  });

  test('and where a command line is wrong yargs is, so that the test can tell', () => {
    expect(packagesIn(loadedBy(directoryWith(files), 'a', '--no-such-flag'))).toContain('yargs');
  });
});

/** What is found when every file is parsed, whatever it speaks of. */
const codesIn = async (files: ReadonlyMap<string, string>): Promise<string[]> => {
  const { diagnostics } = await check(new Map([...files, ['probe.tf', '# aws-auth\n']]), {
    runtime: await runtime(),
  });
  return diagnostics.map(({ code }) => code);
};

describe('the look at texts', () => {
  test('misses nothing: files of which none is of interest have no findings', async () => {
    let skipped = 0;
    for (const { name, files } of themes.flatMap(fixturesOf)) {
      const sources = [...files].filter(([path]) => /\.(tf|tofu)$/.test(path));
      for (const [path, text] of sources.filter(([, own]) => !concernsAccess(own))) {
        skipped++;
        expect([name, path, await codesIn(new Map([[path, text]]))]).toEqual([name, path, []]);
      }
    }
    expect(skipped).toBeGreaterThan(5);
  });

  test.each([
    'source = "app.terraform.io/acme/eks/aws"',
    'source = "git::https://github.com/acme/terraform-aws-eks.git?ref=v20.0.0"',
    'resource "aws_eks_access_entry" "this" {}',
    'resource "aws_eks_access_policy_association" "this" {}',
    'metadata { name = "aws-auth" }',
    'compute_config { enabled = true }',
    'aws_auth_roles = []',
    'source = "terraform-aws-modules/\\u0065ks/aws"',
    '{ "source": "terraform-aws-modules\\/eks\\/aws" }',
    '# tf-access-entries-ignore: TAE701 later',
  ])('%s is of interest', text => {
    expect(concernsAccess(`\ufeff${text}\r\n`)).toBe(true);
  });

  test.each(['resource "aws_eks_cluster" "this" {}', 'data "aws_eks_cluster_auth" "this" {}', '', '# eks and aws'])(
    '"%s" is not',
    text => {
      expect(concernsAccess(text)).toBe(false);
    },
  );
});
