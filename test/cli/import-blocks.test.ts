import { expect, test } from '@jest/globals';
import { importReportSchema } from '../../lib/report/command-schemas.ts';
import { admin, cluster, live, role, state } from '../import-blocks/support/inputs.ts';
import { command } from './support/command.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const ops = role('ops');
const entries = `${live({ arn: ops })}\n${state({})}`;
const files = { 'main.tf': cluster(`{ ops = ${admin(ops)} }`), 'entries.json': entries };
const args = (...more: readonly string[]): string[] => [
  'import-blocks',
  '.',
  '--cluster-name',
  'demo',
  '--existing',
  'entries.json',
  ...more,
];
const blocks = `# Access entries of demo that exist already. Remove these blocks once they are applied.
import {
  to = module.eks.aws_eks_access_entry.this["ops"]
  id = "demo:${ops}"
}
`;

test('stdout has the blocks, and nothing is written', async () => {
  const directory = directoryWith(files);
  const before = contentOf(directory);
  expect(await runHere(directory, args())).toEqual({ status: 0, stdout: blocks, stderr: '' });
  expect(contentOf(directory)).toEqual(before);
});

test('the built command does the same', () => {
  expect(command(directoryWith(files), args())).toEqual({ status: 0, stdout: blocks, stderr: '' });
});

test('findings go to stderr, and nothing to stdout where there is nothing', async () => {
  const { status, stdout, stderr } = await runHere(
    directoryWith({ ...files, 'entries.json': live({ arn: role('dev') }) }),
    args(),
  );
  expect([status, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^note TAE431: Nothing to import/);
});

test.each([
  ['a refusal', 1, { 'main.tf': cluster(`{ ops = ${admin(ops)} }`, { version: '20.0.0' }) }, 'TAE224'],
  ['another cluster', 3, { 'entries.json': live({ arn: ops, cluster: 'other' }) }, 'TAE010'],
  ['a broken module', 3, { 'main.tf': 'module "eks" {' }, 'TAE005'],
  ['a broken config', 2, { 'tf-access-entries.config.json': '{' }, 'TAE103'],
  ['a broken snapshot', 3, { 'entries.json': '{' }, 'TAE010'],
  ['a snapshot that is not UTF-8', 3, { 'entries.json': Uint8Array.of(0xff, 0xfe, 0x7b) }, 'TAE004'],
] as const)('%s ends with status %d and without blocks', async (_name, status, changed, code) => {
  const directory = directoryWith({ ...files, ...changed });
  const outcome = await runHere(directory, args());
  expect([outcome.status, outcome.stdout]).toEqual([status, '']);
  expect(outcome.stderr).toContain(`error ${code}: `);
  const json = await runHere(directory, args('--format', 'json'));
  const report = importReportSchema.parse(JSON.parse(json.stdout));
  expect([json.status, json.stderr, report.hcl]).toEqual([status, '', '']);
  expect(report.diagnostics.map(own => own.code)).toContain(code);
});

test('a snapshot that is not there', async () => {
  const outcome = await runHere(directoryWith({ 'main.tf': files['main.tf'] }), args());
  expect([outcome.status, outcome.stdout]).toEqual([3, '']);
});

test('--format json fits its schema', async () => {
  const { stdout, stderr } = await runHere(directoryWith(files), args('--format', 'json'));
  expect(importReportSchema.parse(JSON.parse(stdout))).toEqual({
    version: 1,
    cluster: 'demo',
    imports: [{ to: 'module.eks.aws_eks_access_entry.this["ops"]', id: `demo:${ops}` }],
    moves: [],
    hcl: blocks,
    diagnostics: [],
  });
  expect(stderr).toBe('');
});

test('the runner and the release may come from the config', async () => {
  const main = cluster('{}', { version: '20.24.3', more: '  enable_cluster_creator_admin_permissions = true\n' });
  const config = JSON.stringify({ moduleVersion: '20.24.3', runner: ops });
  const directory = directoryWith({
    ...files,
    'main.tf': main.replace('"20.24.3"', 'var.release'),
    'tf-access-entries.config.json': config,
  });
  const { stdout } = await runHere(directory, args());
  expect(stdout).toContain('to = module.eks.aws_eks_access_entry.this["cluster_creator"]');
});

test('a module comes from stdin, too', async () => {
  const [name = '', , ...more] = args();
  const outcome = await runHere(directoryWith({ 'entries.json': entries }), [name, '-', ...more], {
    stdin: files['main.tf'],
  });
  expect(outcome).toEqual({ status: 0, stdout: blocks, stderr: '' });
});

// developer.hashicorp.com/terraform/language/block/import: a block names the whole address, from the root module on.
test('a module that a call leads to gets no blocks without the address of that call, also where it has no variables', async () => {
  const directory = directoryWith({
    '.git/HEAD': '',
    'main.tf': 'provider "aws" {}\n\nmodule "p" {\n  source = "./modules/p"\n}\n',
    'modules/p/main.tf': files['main.tf'],
    'entries.json': entries,
  });
  const refused = await runHere(directory, args());
  expect([refused.status, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toMatch(/^error TAE225: modules\/p is called by module\.p/);
  expect(refused.stderr).toContain('fix: Give modules/p and the address under which the root module calls it');
  const [name = '', , ...more] = args('--module-address', 'module.p');
  const { stdout } = await runHere(directory, [name, 'modules/p', ...more]);
  expect(stdout).toContain('  to = module.p.module.eks.aws_eks_access_entry.this["ops"]\n');
});
