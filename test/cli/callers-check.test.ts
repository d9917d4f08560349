import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { edit, envs, filesIn, repository, write } from './support/callers.ts';
import { load, runHere } from './support/host.ts';

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

const lateRow = '{ rolearn = "arn:aws:iam::111122223333:role/late", username = "late", groups = ["late"] },';

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
    edit(directory, 'envs/dev/main.tf', 'map_roles = [\n', `map_roles = [\n    ${lateRow}\n`);
    expect(await found(directory, 'modules/eks')).toEqual(['modules/eks TAE701', 'modules/eks TAE702']);
    // The others of the list have their entries, so it is not said of the list.
    const { stdout } = await runHere(directory, ['check', 'modules/eks']);
    expect(stdout).toMatch(
      /TAE702: A principal in map_roles of module\.platform of envs\/dev has a row in aws-auth and no access entry/,
    );
  });

  test.each(['remove-aws-auth', 'api-only'])('has nothing against what is there after %s', async phase => {
    const directory = await at(phase);
    const { status, stdout } = await runHere(directory, ['check', 'modules/eks']);
    expect([status, stdout]).toEqual([0, expect.stringContaining('No findings in 1 module')]);
  });

  test('says of a row that somebody adds after phase 3 that it lets nobody in', async () => {
    const directory = await at('remove-aws-auth');
    edit(directory, 'envs/dev/main.tf', 'map_roles = [\n', `map_roles = [\n    ${lateRow}\n`);
    for (const path of ['.', 'modules/eks']) {
      const { status, stdout } = await runHere(directory, ['check', path]);
      expect([status, stdout]).toEqual([
        1,
        expect.stringMatching(/envs\/dev\/main\.tf:\d+:5: error TAE310: .*role\/late/),
      ]);
      expect(stdout.match(/error TAE310:.*/g)).toEqual([expect.stringContaining('role/late')]);
    }
    edit(directory, 'envs/dev/main.tf', lateRow, `# tf-access-entries-ignore: TAE310 comes by SSO\n    ${lateRow}`);
    expect((await runHere(directory, ['check', '.'])).stdout).toMatch(/^No findings in 4 modules\..*1 silenced/);
  });

  test('has nothing against a comment in a caller that silences what is said there', async () => {
    const directory = await at('add-access-entries');
    edit(
      directory,
      'envs/dev/main.tf',
      '  map_roles = [',
      '  # tf-access-entries-ignore: TAE775 moves in May\n  map_roles = [',
    );
    for (const path of ['.', 'modules/eks', 'envs/dev'])
      expect((await runHere(directory, ['check', path])).stdout).not.toContain('TAE704');
    edit(directory, 'envs/dev/main.tf', 'ignore: TAE775', 'ignore: TAE701');
    expect((await runHere(directory, ['check', '.'])).stdout.match(/TAE704:/g)).toHaveLength(1);
  });

  test('says it where the caller alone is checked, and says it once', async () => {
    const directory = await at('remove-aws-auth');
    const quiet = await runHere(directory, ['check', 'envs/dev']);
    // The caller, and the module that it calls.
    expect([quiet.status, quiet.stdout]).toEqual([0, expect.stringContaining('No findings in 2 modules')]);
    edit(directory, 'envs/dev/main.tf', 'map_roles = [\n', `map_roles = [\n    ${lateRow}\n`);
    for (const [from, path, file] of [
      ['', 'envs/dev', 'envs/dev/main.tf'],
      ['', 'envs/dev/main.tf', 'envs/dev/main.tf'],
      ['', 'envs', 'envs/dev/main.tf'],
      ['envs/dev', '.', 'main.tf'],
    ] as const) {
      const { status, stdout } = await runHere(join(directory, from), ['check', path, '--format', 'json']);
      const { findings } = JSON.parse(stdout) as { findings: readonly { code: string; file: string }[] };
      expect([path, status, findings.map(one => [one.code, one.file])]).toEqual([path, 1, [['TAE310', file]]]);
    }
    edit(directory, 'envs/dev/main.tf', lateRow, `# tf-access-entries-ignore: TAE310 comes by SSO\n    ${lateRow}`);
    expect((await runHere(directory, ['check', 'envs/dev'])).status).toBe(0);
  });

  test('checks a module once for all the callers that are checked', async () => {
    const directory = await at('remove-aws-auth');
    const { check, ...others } = await load();
    let count = 0;
    const counted: typeof check = (...given) => {
      count += 1;
      return check(...given);
    };
    await runHere(directory, ['check', 'envs'], { pipeline: async () => ({ check: counted, ...others }) });
    expect(count).toBe(envs.length + 1);
  });

  test('takes what the config of the module decides about a row of a caller, as convert does', async () => {
    const directory = repository();
    edit(directory, 'envs/dev/main.tf', 'map_roles = [\n', `map_roles = [\n    ${lateRow}\n`);
    const drop = (name: string): void => {
      const text = JSON.stringify({ drop: [{ principal: `arn:aws:iam::111122223333:role/${name}`, reason: 'left' }] });
      writeFileSync(join(directory, 'modules/eks/tf-access-entries.config.json'), text);
    };
    drop('late');
    for (const path of ['.', 'modules/eks'])
      expect((await runHere(directory, ['check', path])).stdout).not.toContain('TAE104');
    drop('nobody');
    expect((await runHere(directory, ['check', 'modules/eks'])).stdout).toContain('error TAE104');
  });

  test('says the same where the number of the call is 3 or more', async () => {
    const directory = repository();
    expect((await runHere(directory, write(['envs/dev'], 'per-environment'))).status).toBe(0);
    edit(directory, 'envs/dev/main.tf', 'map_roles = [\n', `map_roles = [\n    ${lateRow}\n`);
    let last = 0;
    const codesAt = async (number: number) => {
      edit(directory, 'envs/dev/main.tf', `access_entries_phase = ${last}`, `access_entries_phase = ${number}`);
      last = number;
      return (await found(directory, '.')).filter(one => /TAE(310|702)/.test(one));
    };
    expect(await codesAt(2)).toEqual(['modules/eks TAE702']);
    for (const number of [3, 4]) {
      expect(await codesAt(number)).toEqual(['modules/eks TAE310']);
      const { stdout } = await runHere(directory, ['check', 'envs/dev']);
      expect(stdout.match(/(?:error|warning) TAE\d+/g)).toEqual(['error TAE310', 'warning TAE701']);
    }
    edit(directory, 'envs/dev/main.tf', 'access_entries_phase = 4', 'access_entries_phase = local.number');
    writeFileSync(join(directory, 'envs/dev/locals.tf'), 'locals {\n  number = 3\n}\n');
    const { stdout } = await runHere(directory, ['check', '.']);
    expect(stdout).toContain('error TAE310');
    expect(stdout).not.toMatch(/envs\/dev\/main\.tf.* TAE775/);
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

// From phase 3 on aws-auth is off in the module, and the rows stand in the calls until phase 5.
test.each(['remove-aws-auth', 'api-only'])(
  'after phase %s nobody is said to hand the rows of a call on',
  async last => {
    const { stdout } = await runHere(await at(last), ['check', '.']);
    expect(stdout).not.toContain('TAE288');
  },
);
