import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { root, run, temporaryDirectory, type Outcome } from './command.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
type Packed = { filename: string; files: { path: string; mode: number }[] };

const main = `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  create_aws_auth_configmap = true
  manage_aws_auth_configmap = true

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/admin"
      username = "admin"
      groups   = ["system:masters"]
    }
  ]
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
}
`;

const script = `import { check, convert } from 'tf-access-entries';
import { loadRuntime } from 'tf-access-entries/node';

const files = new Map([['main.tf', ${JSON.stringify(main)}]]);
const runtime = await loadRuntime();
const { revisions, rows } = await convert(files, { runtime });
const { diagnostics } = await check(files, { runtime });
const found = diagnostics.filter(({ severity }) => severity !== 'note').map(({ code, subject }) => code + ' ' + subject);
console.log(JSON.stringify({ phases: revisions.map(({ phase }) => phase), rows: rows.length, found }));
`;

const typed = `import { check, convert, type CheckOptions, type CheckResult, type ConvertOptions, type ConvertResult, type Diagnostic } from 'tf-access-entries';
import { loadRuntime } from 'tf-access-entries/node';

const options: ConvertOptions = { runtime: await loadRuntime(), ssoRegion: 'eu-west-1' };
const result: ConvertResult = await convert(new Map([['main.tf', '']]), options);
const diagnostics: readonly Diagnostic[] = result.diagnostics;
export const messages: string[] = diagnostics.map(({ code, message }) => \`\${code}: \${message}\`);
export const texts: string[] = result.revisions.flatMap(({ files }) => [...files.values()]);
export const counts: number[] = Object.values(result.report.counts);
const checkOptions: CheckOptions = { runtime: options.runtime };
const checked: CheckResult = await check(new Map([['main.tf', '']]), checkOptions);
export const subjects: string[] = checked.diagnostics.map(({ subject }) => subject ?? '');
export const silenced: number = checked.suppressed.length;
// @ts-expect-error the module as it was read is of the inside
export const inside = result.state;
// @ts-expect-error files are a map
export const wrong = await convert({ 'main.tf': '' }, options);
`;

const tsconfig = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: [],
    noEmit: true,
  },
  files: ['typed.ts'],
};

describe('the package in an empty project', () => {
  const directory = temporaryDirectory();
  let packed: Packed;
  let installed: Outcome;

  beforeAll(() => {
    const flags = ['--json', '--ignore-scripts', '--pack-destination', directory];
    [packed] = JSON.parse(run(root, 'npm', 'pack', ...flags).stdout) as [Packed];
    mkdirSync(join(directory, 'app'));
    writeFileSync(join(directory, 'app/package.json'), '{ "name": "app", "private": true, "type": "module" }\n');
    installed = npm('install', '--prefer-offline', '--no-audit', '--no-fund', `../${packed.filename}`);
    writeFileSync(join(directory, 'app/main.tf'), main);
    writeFileSync(join(directory, 'app/script.js'), script);
    writeFileSync(join(directory, 'app/typed.ts'), typed);
    writeFileSync(join(directory, 'app/tsconfig.json'), JSON.stringify(tsconfig));
  }, 120_000);

  const npm = (...args: string[]): Outcome => run(join(directory, 'app'), 'npm', ...args);
  const node = (...args: string[]): Outcome => run(join(directory, 'app'), process.execPath, ...args);
  const command = (...args: string[]): Outcome =>
    run(join(directory, 'app'), 'npx', '--no-install', 'tf-access-entries', ...args);

  test('holds what it needs and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter(path => !/^(dist|docs)\//.test(path)).toSorted()).toEqual([
      'LICENSE',
      'NOTICE',
      'README.md',
      'package.json',
    ]);
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/index.js',
        'dist/index.d.ts',
        'dist/node.js',
        'dist/node.d.ts',
        'dist/tree-sitter-hcl.wasm',
        'dist/tree-sitter-hcl.LICENSE',
        'dist/bundle/THIRD-PARTY-NOTICES.txt',
      ]),
    );
    expect(packed.files.find(({ path }) => path === 'dist/bundle/main.js')?.mode).toBe(0o755);
    expect(paths.filter(path => path.startsWith('dist/cli/'))).toEqual([]);
  });

  test('installs', () => {
    expect(installed).toMatchObject({ status: 0 });
  });

  test('brings no package that only builds need', () => {
    const { packages } = JSON.parse(readFileSync(join(directory, 'app/package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>;
    };
    expect(Object.keys(packages).filter(path => /\/(handlebars|esbuild|typescript)$/.test(path))).toEqual([]);
  });

  test('has a command', () => {
    expect(command('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('has a command that converts', () => {
    expect(command('convert', '.', '--out', 'out')).toMatchObject({ status: 0 });
    expect(readFileSync(join(directory, 'app/out/2-add-access-entries/main.tf'), 'utf8')).toContain('access_entries');
  });

  test('is installed from the file that README.md names', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(readme).toContain(`\`npm install --save-dev path/to/clone/${packed.filename}\``);
    expect(readme).toMatch(/^npx --no -- tf-access-entries status path\/to\/module$/m);
    const { status, stdout } = run(join(directory, 'app'), 'npx', '--no', '--', 'tf-access-entries', 'status', '.');
    expect([status, stdout]).toEqual([0, expect.stringContaining('1 row')]);
  });

  test('has types for a strict project without the types of node', () => {
    expect(node(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  test('can be imported', () => {
    const { stdout, stderr } = node('script.js');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      phases: ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'],
      rows: 1,
      found: ['TAE701 module.aws_auth', 'TAE702 arn:aws:iam::111122223333:role/admin'],
    });
  });

  test('can be required', () => {
    const code = `const { convert } = require('tf-access-entries'); console.log(typeof convert)`;
    expect(node('--input-type=commonjs', '--eval', code)).toMatchObject({ status: 0, stdout: 'function\n' });
  });
});
