import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit, filesIn } from './support/callers.ts';
import { runHere } from './support/host.ts';

const convert = (phase: string): readonly string[] => ['convert', '.', '--write', '--phase', phase];

const late = `module "platform" {
  source = "../../modules/eks"

  cluster_name = "late"
  vpc_id       = "vpc-1"
  subnet_ids   = ["subnet-1"]

  map_roles = [
    {
      rolearn  = "arn:aws:iam::121212121212:role/late"
      username = "late"
      groups   = ["late"]
    },
  ]
}
`;

/** Three callers at 4, and one that was written later, without a number. */
const withLate = async (text = late): Promise<string> => {
  const directory = callers(() => undefined);
  expect((await runHere(directory, convert('per-environment'))).status).toBe(0);
  for (const name of ['dev', 'prod', 'staging'])
    edit(directory, `envs/${name}/main.tf`, 'access_entries_phase = 0', 'access_entries_phase = 4');
  mkdirSync(join(directory, 'envs/late'));
  writeFileSync(join(directory, 'envs/late/main.tf'), text);
  return directory;
};

describe('a caller that is written later, without a number', () => {
  test('leaves the others where their numbers put them, in status of the tree', async () => {
    const { stdout } = await runHere(await withLate(), ['status', '.']);
    const said = stdout.replaceAll(/ +/g, ' ');
    expect(said).toContain('(module.platform of envs/dev) 20.24.3 API 2 4 api-only clean-up, once all are at 4');
    expect(said).toContain('(module.platform of envs/late) 20.24.3 2 0 0 per-environment');
    expect(said).not.toContain('not started');
    expect(said).toContain('--write --phase per-environment');
  });

  test('is named in status of the module, and in its runbook', async () => {
    const directory = await withLate();
    const { stdout } = await runHere(directory, ['status', 'modules/eks']);
    expect(stdout).toContain('modules/eks: a variable of the source says at which phase each environment is.');
    expect(stdout).toMatch(/envs\/late\s+0\s+its call gives no access_entries_phase: phase per-environment writes it/);
    expect(stdout).toMatch(/envs\/dev\s+4\s+clean-up, once all are here/);
    await runHere(directory, ['convert', 'modules/eks']);
    const runbook = readFileSync(join(directory, 'modules/eks/access-entries-migration/MIGRATION.md'), 'utf8');
    expect(runbook).toContain('| envs/late | 0, by default | `per-environment`, which writes its number |');
  });

  test('is the reason why clean-up is refused', async () => {
    const directory = await withLate();
    const { status, stderr } = await runHere(directory, convert('clean-up'));
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        'error TAE108: Phase clean-up cannot be written: module.platform of envs/late gives no access_entries_phase, and per-environment comes next.',
      ),
    ]);
  });

  test('is the one of which check says that rows have no entry', async () => {
    const { stdout } = await runHere(await withLate(), ['check', '.']);
    expect(stdout).toContain('TAE702: A principal in map_roles of module.platform of envs/late has a row in aws-auth');
    expect(stdout.match(/TAE702:/g)).toHaveLength(1);
  });

  test('gets its number and its entries by the same phase', async () => {
    const directory = await withLate();
    expect((await runHere(directory, convert('per-environment'))).status).toBe(0);
    const text = filesIn(directory)['envs/late/main.tf'];
    expect(text).toContain('  access_entries_phase = 0\n');
    expect(text).toContain('role/late"\n      type ');
    expect((await runHere(directory, ['check', '.'])).stdout).not.toContain('TAE702');
  });
});

test('rows that come later beside the number of a call are the reason, too', async () => {
  const directory = await withLate(late.replace('  cluster_name', '  access_entries_phase = 1\n\n  cluster_name'));
  const { stderr } = await runHere(directory, convert('clean-up'));
  expect(stderr).toContain('the source has rows that came later than its variable, and per-environment comes next');
});
