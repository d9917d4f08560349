import { describe, expect, test } from '@jest/globals';
import { repository } from './support/callers.ts';
import { runHere } from './support/host.ts';

describe('status of a tree with a module that three root modules call', () => {
  test('has the rows of the module in the line of each, as they are in the aws-auth of each cluster', async () => {
    const { status, stdout } = await runHere(repository(), ['status', '.']);
    const lines = stdout.split('\n').filter(line => line.includes(' of envs/'));
    const rows = lines.map(line => line.trim().split(/ {2,}/)[2]);
    // The node role of the module, and beside it 1, 3 and 2 rows.
    expect([status, rows]).toEqual([0, ['2', '4', '3']]);
  });

  test('counts each row once in all, as status of one of them does', async () => {
    const directory = repository();
    const counts = '7 rows: 6 converted, 1 left to EKS';
    expect((await runHere(directory, ['status', 'envs/prod'])).stdout).toContain(counts);
    expect((await runHere(directory, ['status', '.'])).stdout).toContain(counts);
    const { stdout } = await runHere(directory, ['status', '.', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      counts: { clusters: 3, rows: { rows: 7, converted: 6, leftToEks: 1 } },
      modules: [{ module: 'modules/eks', shared: { rows: 1, leftToEks: 1 } }],
    });
  });

  test('does not call the module a root module', async () => {
    const { stdout } = await runHere(repository(), ['status', '.']);
    expect(stdout).toContain('3 clusters in 1 module: 3 ready');
    expect(stdout).toContain('Phase 1 is next in 1 module: ');
    expect(stdout).not.toContain('root module');
  });
});
