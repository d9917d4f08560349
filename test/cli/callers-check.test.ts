import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { edit, filesIn, repository, write } from './support/callers.ts';
import { runHere } from './support/host.ts';

/** The case at the end of a phase, with each phase before it. */
const at = async (last: string): Promise<string> => {
  const directory = repository();
  for (const phase of ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only']) {
    expect((await runHere(directory, write(['envs/dev'], phase))).status).toBe(0);
    if (phase === last) break;
  }
  return directory;
};

/** The codes that `check` finds in a place, from errors down to notes where these are asked for. */
const found = async (directory: string, path: string): Promise<readonly string[]> => {
  const { stdout } = await runHere(directory, ['check', path, '--format', 'json']);
  const { findings } = JSON.parse(stdout) as { findings: readonly { code: string; module: string }[] };
  return findings.map(({ module, code }) => `${module} ${code}`).filter(one => one.startsWith('modules/eks '));
};

describe('check of a module whose callers have the rows', () => {
  test('says that they have no entries until phase 2 gives them some', async () => {
    const lists = ['modules/eks TAE702', 'modules/eks TAE702'];
    expect(await found(await at('enable-api'), '.')).toEqual(expect.arrayContaining(lists));
    const directory = await at('add-access-entries');
    for (const path of ['.', 'modules/eks', 'modules/eks/main.tf'])
      expect([path, await found(directory, path)]).toEqual([path, ['modules/eks TAE701']]);
  });

  test('says it again of a row that somebody adds to one of them', async () => {
    const directory = await at('add-access-entries');
    const row = '{ rolearn = "arn:aws:iam::111122223333:role/late", username = "late", groups = ["late"] },';
    edit(directory, 'envs/dev/main.tf', 'map_roles = [\n', `map_roles = [\n    ${row}\n`);
    expect(await found(directory, 'modules/eks')).toEqual(['modules/eks TAE701', 'modules/eks TAE702']);
  });

  test.each(['remove-aws-auth', 'api-only'])('has nothing against what is there after %s', async phase => {
    const directory = await at(phase);
    const { status, stdout } = await runHere(directory, ['check', 'modules/eks']);
    expect([status, stdout]).toEqual([0, expect.stringContaining('No findings in 1 module')]);
  });

  test('counts the module as one, and not as a root module', async () => {
    const { stdout } = await runHere(repository(), ['check', '.']);
    expect(stdout).toMatch(/ in 4 modules\./);
    expect(stdout).not.toMatch(/\d root modules?/);
  });

  test('claims nothing of callers that are not in sight, where the module takes entries', async () => {
    const directory = await at('add-access-entries');
    renameSync(join(directory, 'envs'), join(directory, 'examples'));
    expect(filesIn(directory)).toHaveProperty(['examples/dev/main.tf']);
    expect(await found(directory, 'modules/eks')).not.toContain('modules/eks TAE702');
  });

  test.each(['envs', 'examples'])(
    'says nothing of a list that the module itself converts, with callers in %s',
    async place => {
      const directory = repository();
      edit(directory, 'modules/eks/main.tf', '], var.map_roles)', '], var.map_roles, [for row in var.more : row])');
      edit(directory, 'modules/eks/variables.tf', 'variable', 'variable "more" {\n  default = []\n}\n\nvariable');
      for (const phase of ['enable-api', 'add-access-entries'])
        expect((await runHere(directory, write(['envs/dev'], phase))).status).toBe(0);
      if (place !== 'envs') renameSync(join(directory, 'envs'), join(directory, place));
      expect(await found(directory, 'modules/eks')).toEqual(['modules/eks TAE701']);
    },
  );

  test('is not stopped by a caller that cannot be read', async () => {
    const directory = await at('enable-api');
    writeFileSync(join(directory, 'envs/dev/broken.tf'), 'module "x" {\n');
    const { status, stdout } = await runHere(directory, ['check', 'modules/eks']);
    expect([status, stdout]).toEqual([1, expect.stringContaining('TAE702')]);
  });
});
