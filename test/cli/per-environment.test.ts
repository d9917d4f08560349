import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, rootModule } from './support/modules.ts';

const source = rootModule(adminRow);
const envs = {
  'envs/dev.tfvars': 'access_entries_phase = 4\n',
  'envs/stage.tfvars': 'access_entries_phase = "2"\n',
  'envs/prod.tfvars': 'region = "eu-central-1"\n',
};

const phased = async (more: Readonly<Record<string, string>> = {}): Promise<string> => {
  const directory = directoryWith({ 'main.tf': source, ...more });
  const outcome = await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
  expect([outcome.status, outcome.stdout]).toEqual([0, '']);
  return directory;
};

const mainIn = (directory: string): string => readFileSync(join(directory, 'main.tf'), 'utf8');

/** The text that the phases lead to, one after another. */
const ordinaryEnd = async (): Promise<string> => {
  const directory = directoryWith({ 'main.tf': source });
  for (const phase of ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'])
    await runHere(directory, ['convert', '.', '--write', '--phase', phase, '--accept-unverified']);
  return mainIn(directory);
};

const codesOf = async (directory: string): Promise<readonly string[]> =>
  (await runHere(directory, ['check', '.'])).stdout.match(/TAE\d+/g) ?? [];

describe('--per-environment', () => {
  test('is written in place by its phase, and says what comes then', async () => {
    const directory = directoryWith({ 'main.tf': source });
    const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
    expect(status).toBe(0);
    expect(mainIn(directory)).toContain('variable "access_entries_phase" {');
    expect(stderr).toContain('Next: plan and apply phase per-environment.');
    expect(stderr).toContain('set access_entries_phase one higher in its file');
  });

  test('is written where a file ends with blank lines', async () => {
    const directory = directoryWith({
      'main.tf': `${source.trimEnd()}\n\n\n`,
      'envs/dev.tfvars': 'access_entries_phase = 4\n',
    });
    const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Next: plan and apply phase per-environment.')]);
    const again = await runHere(directory, ['status', '.', '--environments', 'envs/*.tfvars']);
    expect(again.stdout).toMatch(/per-environment\s+done/);
    const end = ['convert', '.', '--write', '--phase', 'clean-up', '--environments', 'envs/*.tfvars'];
    expect((await runHere(directory, end)).status).toBe(0);
    expect(mainIn(directory)).not.toContain('access_entries_phase');
  });

  test('clean-up waits for all at 4, says whoever is asked, until all are known to be there', async () => {
    const waits = /5 clean-up\s+waits for all at 4/;
    const directory = directoryWith({ 'main.tf': source, 'envs/dev.tfvars': 'access_entries_phase = 4\n' });
    const status = (...given: readonly string[]) => runHere(directory, ['status', '.', ...given]);
    expect((await status('--per-environment')).stdout).toMatch(waits);
    const written = await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
    expect(written.stderr).toMatch(waits);
    const unnamed = await status();
    expect(unnamed.stdout).toMatch(waits);
    expect(unnamed.stdout).not.toContain('Next: ');
    expect((await status('--format', 'html')).stdout).toContain('waits for all environments at 4');
    const done = await status('--environments', 'envs/*.tfvars');
    expect(done.stdout).toMatch(/5 clean-up\s+ready/);
    expect(done.stdout).toContain('Next: tf-access-entries convert . --environments');
  });

  test('the config asks for it as the flag does', async () => {
    const directory = directoryWith({
      'main.tf': source,
      'tf-access-entries.config.json': '{ "perEnvironment": true }',
    });
    await runHere(directory, ['convert', '.']);
    const staged = Object.keys(contentOf(join(directory, 'access-entries-migration')));
    expect(staged).toEqual(expect.arrayContaining(['per-environment/main.tf', '5-clean-up/main.tf']));
    expect(staged.filter(path => path.startsWith('1-'))).toEqual([]);
  });

  test('a second time there is nothing to do', async () => {
    const directory = await phased();
    const before = mainIn(directory);
    const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
    expect([status, mainIn(directory)]).toEqual([0, before]);
    expect(stderr).toContain('TAE012');
  });

  test('a row that comes later gets its entry by the same phase, and the variable stays as it is', async () => {
    const directory = await phased();
    const row = adminRow.replaceAll('admin', 'support');
    const text = mainIn(directory).replace('default     = 0', 'default     = 2').replace(adminRow, `${adminRow}${row}`);
    expect(text).toContain('role/support');
    const again = directoryWith({ 'main.tf': text });
    const { status } = await runHere(again, ['convert', '.', '--write', '--phase', 'per-environment']);
    expect(status).toBe(0);
    expect(mainIn(again)).toMatch(/support = \{[^}]*role\/support/);
    expect(mainIn(again)).toContain('default     = 2');
    expect(mainIn(again).match(/access_entries_phase/g)).toHaveLength(text.match(/access_entries_phase/g)?.length ?? 0);
  });

  test('status says where each environment is', async () => {
    const directory = await phased(envs);
    const { stdout } = await runHere(directory, ['status', '.', '--environments', 'envs/*.tfvars']);
    expect(stdout).toMatch(/dev\s+4\s+clean-up, once all are here/);
    expect(stdout).toMatch(/stage\s+2\s+access_entries_phase = 3 in envs\/stage\.tfvars/);
    expect(stdout).toMatch(/prod\s+0\s+access_entries_phase = 1 in envs\/prod\.tfvars/);
  });

  test('a directory stands for the files in it, and a --var-file with the number is an environment', async () => {
    const directory = await phased({ ...envs, 'all.tfvars': 'x = 1\n' });
    const found = async (...given: readonly string[]): Promise<unknown> => {
      const { stdout } = await runHere(directory, ['status', '.', '--format', 'json', ...given]);
      const { environments } = JSON.parse(stdout) as { environments: readonly { name: string; phase: number }[] };
      return environments.map(({ name, phase }) => `${name} ${phase}`);
    };
    expect(await found('--environments', 'envs')).toEqual(['dev 4', 'prod 0', 'stage 2']);
    expect(await found('--var-file', 'all.tfvars', '--var-file', 'envs/dev.tfvars')).toEqual(['dev 4']);
  });

  test('a file that is named twice is one environment, however it is spelled', async () => {
    const directory = await phased(envs);
    const found = async (...given: readonly string[]): Promise<unknown> => {
      const { stdout } = await runHere(directory, ['status', '.', '--format', 'json', ...given]);
      return (JSON.parse(stdout) as { environments: readonly { file: string }[] }).environments.map(({ file }) => file);
    };
    const dev = ['--environments', 'envs/dev.tfvars'];
    expect(await found(...dev, '--environments', './envs/dev.tfvars')).toEqual(['envs/dev.tfvars']);
    expect(await found(...dev, '--environments', join(directory, 'envs/dev.tfvars'))).toEqual(['envs/dev.tfvars']);
    expect(await found('--environments', 'envs/d*', '--environments', './envs/*v.tfvars')).toEqual(['envs/dev.tfvars']);
    expect(await found('--var-file', './envs/dev.tfvars', ...dev)).toEqual(['./envs/dev.tfvars']);
  });

  test('a mode that is a variable is read for each environment', async () => {
    const text = `${rootModule(adminRow, '  authentication_mode = var.mode\n')}\nvariable "mode" {\n  type    = string\n  default = "CONFIG_MAP"\n}\n`;
    const files = { 'main.tf': text, 'a.tfvars': '', 'b.tfvars': 'mode = "API_AND_CONFIG_MAP"\n' };
    const { stdout } = await runHere(directoryWith(files), ['status', '.', '--environments', '*.tfvars']);
    expect(stdout).toMatch(/a\s+unknown\s+CONFIG_MAP\s+mode of module\.eks: API_AND_CONFIG_MAP, which is phase 1/);
    expect(stdout).toMatch(/b\s+unknown\s+API_AND_CONFIG_MAP\s+mode of module\.eks: API in phase 4/);
  });

  test('clean-up wants every environment at 4', async () => {
    const directory = await phased(envs);
    const before = mainIn(directory);
    const cleanUp = ['convert', '.', '--write', '--phase', 'clean-up'];
    const behind = await runHere(directory, [...cleanUp, '--environments', 'envs/*.tfvars']);
    expect(behind.status).toBe(1);
    expect(behind.stderr).toContain(
      'TAE264: Phase clean-up is not written: envs/prod.tfvars is at 0, envs/stage.tfvars is at 2.',
    );
    // What a file says is not for a person to accept.
    expect(behind.stderr).not.toContain('--accept-unverified');
    const unnamed = await runHere(directory, cleanUp);
    expect(unnamed.stderr).toContain('no environment is named');
    expect(unnamed.stderr).toContain('--accept-unverified');
    expect(mainIn(directory)).toBe(before);
    const done = await runHere(directory, [...cleanUp, '--environments', 'envs/dev.tfvars']);
    expect(done.status).toBe(0);
    expect(mainIn(directory)).toBe(await ordinaryEnd());
  });

  test.each([[[]], [['--all-or-none']]])(
    'of several root modules each is cleaned up by its own files %j',
    async more => {
      const directory = directoryWith({
        'live/main.tf': source,
        'live/envs/eu.tfvars': 'access_entries_phase = 4\n',
        'b/main.tf': source,
        'b/envs/eu.tfvars': 'access_entries_phase = 2\n',
      });
      for (const name of ['live', 'b'])
        await runHere(directory, ['convert', name, '--write', '--phase', 'per-environment']);
      const cleanUp = async (paths: readonly string[], pattern = 'envs/*.tfvars'): ReturnType<typeof runHere> =>
        runHere(
          join(directory, 'live'),
          ['convert', ...paths, '--write', '--phase', 'clean-up', '--environments', pattern].concat(more),
        );
      const before = mainIn(join(directory, 'b'));
      const behind = await cleanUp(['.', '../b/main.tf']);
      expect([behind.status, behind.stderr]).toEqual([
        1,
        expect.stringContaining('TAE264: Phase clean-up is not written: ../b/envs/eu.tfvars is at 2.'),
      ]);
      expect(mainIn(join(directory, 'b'))).toBe(before);
      const unnamed = await cleanUp(['.', '../b'], 'values/*.tfvars');
      expect([unnamed.status, unnamed.stderr]).toEqual([
        3,
        expect.stringContaining('TAE001: values/*.tfvars does not exist in any of the root modules.'),
      ]);
      writeFileSync(join(directory, 'b/envs/eu.tfvars'), 'access_entries_phase = 4\n');
      expect((await cleanUp(['.', '../b'])).status).toBe(0);
      expect([mainIn(join(directory, 'live')), mainIn(join(directory, 'b'))]).toEqual([
        await ordinaryEnd(),
        await ordinaryEnd(),
      ]);
    },
  );

  test('phases 1 to 4 are a number there', async () => {
    const directory = await phased();
    const before = mainIn(directory);
    const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'remove-aws-auth']);
    expect([status, mainIn(directory)]).toEqual([0, before]);
    expect(stderr).toContain('phase remove-aws-auth is reached by a value here: access_entries_phase = 3');
  });

  test('a number that the variable does not take is said', async () => {
    const directory = await phased({ 'x.tfvars': 'access_entries_phase = 7\n' });
    const { status, stderr } = await runHere(directory, ['status', '.', '--environments', 'x.tfvars']);
    expect(status).toBe(2);
    expect(stderr).toContain('TAE266: x.tfvars sets access_entries_phase to 7, and the source takes 0, 1, 2, 3, 4.');
  });

  test.each([
    ['--environments', 'acces_entries_phase = 3\n'],
    ['--var-file', 'access_entry_phase = 3\n'],
  ])('a name that is nearly that of the variable is said, given with %s', async (flag, text) => {
    const directory = await phased({ 'x.tfvars': text });
    const { status, stdout, stderr } = await runHere(directory, ['status', '.', flag, 'x.tfvars']);
    const name = text.split(' ')[0];
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(`warning TAE283: x.tfvars gives a value to ${name},`),
    ]);
    if (flag === '--environments') expect(stdout).toMatch(/\n\s+x\s+0 /);
  });

  test.each([
    ['both', 'access_entries_phase = 3\nacces_entries_phase = 3\n', ''],
    ['a variable of that name', 'access_entries_phases = 3\n', 'variable "access_entries_phases" {}\n'],
    ['another name', 'access_phase = 3\n', ''],
    ['one in JSON', 'access_entries_phases = 3\n', '{ "variable": { "access_entries_phases": {} } }'],
  ])('nothing is said of %s', async (_, text, beside) => {
    const more = beside.startsWith('{') ? 'more.tf.json' : 'more.tf';
    const directory = await phased({ 'x.tfvars': text, [more]: beside });
    const { stderr } = await runHere(directory, ['status', '.', '--environments', 'x.tfvars']);
    expect(stderr).not.toContain('TAE283');
  });

  test('comments that clean-up leaves out are said at their places in the source', async () => {
    const text = source.replace('configmap = true', 'configmap = true # ours');
    const { stderr } = await runHere(directoryWith({ 'main.tf': text }), ['status', '.', '--per-environment']);
    const line = text.split('\n').findIndex(one => one.endsWith('# ours')) + 1;
    expect(stderr).toContain(`main.tf:${line}:36: note TAE219: The comment "# ours" is not in the revision clean-up`);
  });

  test('check has no finding about what was written', async () => {
    const before = await codesOf(directoryWith({ 'main.tf': source }));
    expect(before).not.toEqual([]);
    expect((await codesOf(await phased())).filter(code => !before.includes(code))).toEqual([]);
  });
});

const runbookOf = async (directory: string, ...given: readonly string[]): Promise<string> => {
  await runHere(directory, ['convert', '.', ...given]);
  return readFileSync(join(directory, 'access-entries-migration/MIGRATION.md'), 'utf8');
};
const commandsOf = (text: string, id: string): string =>
  text.split(`\n## Phase `).find(part => part.includes(id)) ?? '';

describe('the runbook', () => {
  test('has a column for each environment', async () => {
    const text = await runbookOf(await phased(envs), '--environments', 'envs');
    expect(text).toContain('| phase | dev | prod | stage |');
    expect(text).toContain('| 1 `enable-api` | done | next | done |');
    expect(text).toContain('| 3 `remove-aws-auth` | done |  | next |');
  });

  test('says each phase as a value, in which nothing is written into the source', async () => {
    const text = await runbookOf(directoryWith({ 'main.tf': source }), '--per-environment');
    const phases = ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only'];
    phases.forEach((id, index) => {
      const part = commandsOf(text, `: ${id}`);
      expect(part).toContain(`Write \`access_entries_phase = ${index + 1}\` into the file of one environment`);
      expect(part).toContain('terraform plan -var-file="${VALUES:?the file of the environment}"');
      expect(part).not.toContain('--write --phase');
    });
    expect(commandsOf(text, ': per-environment')).toContain('convert . --write --phase per-environment');
    expect(commandsOf(text, ': clean-up')).toContain(
      '--write --phase clean-up --environments "${ENVIRONMENTS:?the files of values, such as envs/*.tfvars}"',
    );
  });

  test('plans with the file of each environment also what is written once for all', async () => {
    const text = await runbookOf(directoryWith({ 'main.tf': source, ...envs }), '--per-environment');
    for (const id of ['per-environment', 'clean-up']) {
      const part = commandsOf(text, `: ${id}`);
      expect(part).toContain('In each environment, with VALUES set to its file:');
      expect(part).toContain('terraform plan -var-file="${VALUES:?the file of the environment}" -out=');
    }
    expect(text).not.toContain('terraform plan -out=');
    expect(commandsOf(text, ': clean-up')).toContain(
      'Once that is applied in all of them, take `access_entries_phase` out of their files',
    );
    expect(commandsOf(text, ': per-environment')).not.toContain('out of their files');
  });

  test('gives the file to all that reads values: what adopts entries, and what comes before the way back', async () => {
    const planned = source
      .replace('aws_auth_roles = [', 'aws_auth_roles = concat(var.map_roles, [')
      .replace(/ {2}\]\n\}\n$/, '  ])\n}\n\nvariable "map_roles" {\n  type    = any\n  default = []\n}\n');
    const flag = '-var-file="${VALUES:?the file of the environment}"';
    const directory = directoryWith({ 'main.tf': planned, ...envs });
    const text = await runbookOf(directory, '--per-environment');
    expect(text).toContain('\nexport VALUES\n');
    expect(text).toContain(`Apply again, with \`terraform apply -refresh=false ${flag}\` where`);
    const gates = readFileSync(join(directory, 'access-entries-migration/gates.sh'), 'utf8');
    const reading = /(?:terraform"?|tofu"?) (?:plan|import|apply)\b(?! [\w.]*\.tfplan).*/g;
    const commands = [...(gates.match(reading) ?? []), ...(text.match(reading) ?? [])];
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.filter(command => !command.includes(flag))).toEqual([]);
    const ordinary = directoryWith({ 'main.tf': planned, ...envs });
    expect(await runbookOf(ordinary)).not.toContain('VALUES');
    expect(readFileSync(join(ordinary, 'access-entries-migration/gates.sh'), 'utf8')).not.toContain('VALUES');
  });

  test('of a source that has the variable tells an environment all that a first one was told', async () => {
    const first = await runbookOf(directoryWith({ 'main.tf': source }), '--per-environment');
    const later = await runbookOf(await phased());
    for (const id of ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only'])
      expect(commandsOf(later, `: ${id}`)).toBe(commandsOf(first, `: ${id}`));
  });
});

/** The source, with another name of its cluster and the variable of an environment. */
const named = (name: string): string =>
  `${source.replace(/^( *cluster_name +=).*$/m, `$1 ${name}`)}\nvariable "env" {\n  type = string\n}\n`;

describe('a cluster whose name is that of each environment', () => {
  const expression = named('"core-${var.env}"');
  const values = {
    'envs/dev.tfvars': 'env = "dev"\n',
    'envs/prod.tfvars': 'env = "prod"\n',
  };
  const convertedWith = async (text: string, configText: string, ...given: readonly string[]) => {
    const directory = directoryWith({
      'main.tf': text,
      ...values,
      'tf-access-entries.config.json': configText,
    });
    const { stderr } = await runHere(directory, ['convert', '.', '--environments', 'envs/*.tfvars', ...given]);
    const staged = (name: string): string =>
      readFileSync(join(directory, 'access-entries-migration', name), 'utf8').replaceAll(/\s+/g, ' ');
    return {
      said: stderr,
      runbook: staged('MIGRATION.md'),
      gates: staged('gates.sh'),
    };
  };

  test.each([['--per-environment'], []])('is asked for in each shell (%s)', async (...given) => {
    const { runbook } = await convertedWith(expression, '{}', ...given);
    expect(runbook).toContain('export CLUSTER_NAME="${CLUSTER_NAME:-$(gates value CLUSTER_NAME)}"');
    expect(runbook).toContain('Each environment has a cluster of its own.');
    expect(runbook).toContain(
      'Begin a new shell for each, with its state and credentials: there the set-up asks for `CLUSTER_NAME` anew.',
    );
    expect(runbook).not.toContain('"clusterName"');
  });

  test.each([['--per-environment'], []])('is not that of the config (%s)', async (...given) => {
    const { runbook, gates, said } = await convertedWith(expression, '{ "clusterName": "core-dev" }', ...given);
    expect(gates).toContain('cluster_1() { on "${CLUSTER_NAME-}" ');
    expect(runbook).not.toContain('core-dev');
    expect(said).toContain('tf-access-entries.config.json:1:18: note TAE459: ');
    expect(said).toContain('set it to the cluster of the environment that you are in');
  });

  test('is the one that the source writes out, where it does', async () => {
    const { runbook, gates, said } = await convertedWith(named('"core"'), '{}', '--per-environment');
    expect(gates).toContain("cluster_1() { on 'core' ");
    expect(runbook).not.toContain('Each environment has a cluster of its own.');
    expect(said).not.toContain('TAE459');
  });
});

test('what comes before phases 1 to 4 has the number of none of them', async () => {
  const directory = directoryWith({ 'main.tf': source });
  const text = await runbookOf(directory, '--per-environment');
  expect(text).toContain('| 0 per-environment |');
  const gates = readFileSync(join(directory, 'access-entries-migration/gates.sh'), 'utf8');
  expect(gates).toMatch(/# {3}per-environment +phase 0: /);
  expect(gates).toContain('Before phase 0, per-environment');
  const diff = await runHere(directory, ['convert', '.', '--per-environment', '--diff']);
  expect(diff.stdout).toMatch(/^# Phase 0, per-environment$/m);
  const json = await runHere(directory, ['status', '.', '--per-environment', '--format', 'json']);
  const { phases } = JSON.parse(json.stdout) as { phases: readonly { id: string; number: number }[] };
  expect(phases.find(({ id }) => id === 'per-environment')?.number).toBe(0);
});

test('status of a tree numbers it so, apart from others with that number', async () => {
  const directory = directoryWith({ 'a/main.tf': source, 'b/main.tf': source });
  const { stdout } = await runHere(directory, ['status', '.', '--per-environment']);
  expect(stdout).toContain('0 per-environment');
  expect(stdout).toContain('Phase 0 is next in 2 root modules: ');
  expect(stdout).not.toContain('4 per-environment');
});

const gatesOf = async (directory: string, ...given: readonly string[]): Promise<string> => {
  await runHere(directory, ['convert', '.', ...given]);
  return readFileSync(join(directory, 'access-entries-migration/gates.sh'), 'utf8');
};

test('gates.sh of a source that has the variable checks and repairs the entries that come with phase 2, beside those that were there', async () => {
  const entry = '    glass = {\n      principal_arn = "arn:aws:iam::111122223333:role/glass"\n    }\n';
  const text = rootModule(adminRow, `  access_entries = {\n${entry}  }\n`);
  const first = await gatesOf(directoryWith({ 'main.tf': text }), '--per-environment');
  expect(first).toContain('associate-access-policy');
  expect(await gatesOf(await phased({ 'main.tf': text }))).toBe(first);
});

test('import-blocks names the one instance of an entry beside the module', async () => {
  const entries = JSON.stringify({
    accessEntry: {
      clusterName: 'demo',
      principalArn: 'arn:aws:iam::111122223333:role/admin',
      type: 'STANDARD',
      username: 'admin',
      kubernetesGroups: [],
    },
  });
  const directory = directoryWith({ 'main.tf': source, 'entries.json': entries });
  const blocks = async (): Promise<string> => {
    const given = ['--cluster-name', 'demo', '--existing', 'entries.json', '--emit', 'resources'];
    return (await runHere(directory, ['import-blocks', '.', ...given, '--module-address', 'root'])).stdout;
  };
  expect(await blocks()).toContain('to = aws_eks_access_entry.admin\n');
  await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment', '--emit', 'resources']);
  expect(mainIn(directory)).toContain('count = var.access_entries_phase >= 2 ? 1 : 0');
  expect(await blocks()).toContain('to = aws_eks_access_entry.admin[0]\n');
});
