import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit, envs, expected, filesIn, repository, write } from './support/callers.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

describe('a module with three callers', () => {
  test('moves the rows of each into its call, phase by phase, and leaves nothing behind', async () => {
    const directory = repository('three-environments');
    const before = filesIn(directory);
    const after = async (phase: string): Promise<Readonly<Record<string, string>>> => {
      const { status, stderr } = await runHere(directory, write(envs, phase));
      expect([phase, status, stderr]).toEqual([phase, 0, expect.stringContaining('Written: ')]);
      return filesIn(directory);
    };
    const { 'modules/eks/main.tf': main = '', ...others } = before;
    const mode = '  }\n\n  authentication_mode = "API_AND_CONFIG_MAP"\n}\n\nmodule "aws_auth"';
    expect(await after('enable-api')).toEqual({
      ...others,
      'modules/eks/main.tf': main.replace('  }\n}\n\nmodule "aws_auth"', mode),
    });
    const entries = expected('three-environments', 'add-access-entries');
    expect(await after('add-access-entries')).toEqual(entries);
    const off = (entries['modules/eks/main.tf'] ?? '').replace(
      'manage_aws_auth_configmap = true',
      'manage_aws_auth_configmap = false',
    );
    expect(await after('remove-aws-auth')).toEqual({ ...entries, 'modules/eks/main.tf': off });
    const api = off.replace('"API_AND_CONFIG_MAP"', '"API"');
    expect(await after('api-only')).toEqual({ ...entries, 'modules/eks/main.tf': api });
    expect(await after('clean-up')).toEqual(expected('three-environments', 'clean-up'));
    const again = await runHere(directory, write(envs, 'clean-up'));
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining('TAE012')]);
  });

  test.each([['envs/prod'], ['modules/eks'], ['envs/staging/main.tf']])(
    'all of them move, whichever is named: %s',
    async path => {
      const directory = repository('three-environments');
      await runHere(directory, write([path], 'enable-api'));
      await runHere(directory, write([path], 'add-access-entries'));
      expect(filesIn(directory)).toEqual(expected('three-environments', 'add-access-entries'));
    },
  );

  test.each([['envs/prod'], ['modules/eks']])(
    'in no repository they are looked for in the working directory: %s',
    async path => {
      const directory = repository('three-environments');
      rmSync(join(directory, '.git'), { recursive: true });
      await runHere(directory, write([path], 'enable-api'));
      await runHere(directory, write([path], 'add-access-entries'));
      expect(filesIn(directory)).toEqual(expected('three-environments', 'add-access-entries'));
    },
  );

  test('the root of the tree stands for all of it, and is written once', async () => {
    const directory = repository('three-environments');
    mkdirSync(join(directory, 'network'));
    writeFileSync(join(directory, 'network/main.tf'), 'resource "aws_vpc" "this" {\n  cidr_block = "10.0.0.0/16"\n}\n');
    const { 'network/main.tf': network } = filesIn(directory);
    await runHere(directory, write(['.'], 'enable-api'));
    const { status, stderr } = await runHere(directory, write(['.'], 'add-access-entries'));
    expect([status, stderr]).toEqual([0, expect.stringContaining('Written: modules/eks/')]);
    expect(filesIn(directory)).toEqual({
      ...expected('three-environments', 'add-access-entries'),
      'network/main.tf': network,
    });
    const staged = await runHere(directory, ['convert', '.']);
    expect([staged.status, staged.stderr]).toEqual([
      0,
      expect.stringContaining('Written to modules/eks/access-entries-migration'),
    ]);
  });

  test.each([
    [['--format', 'json'], '--format json reports one root module: give one path.'],
    [['--aws-auth', 'aws-auth.yaml'], '--aws-auth is the ConfigMap of one cluster: give one path.'],
  ])('a tree with two modules is several root modules: %j', async (flags, said) => {
    const directory = repository('three-environments');
    const main = readFileSync(join(directory, 'modules/eks/main.tf'), 'utf8');
    mkdirSync(join(directory, 'modules/other'));
    writeFileSync(join(directory, 'modules/other/main.tf'), main);
    writeFileSync(join(directory, 'aws-auth.yaml'), 'kind: ConfigMap\nmetadata: { name: aws-auth }\ndata: {}\n');
    const before = filesIn(directory);
    const { status, stdout, stderr } = await runHere(directory, [...write(['.'], 'enable-api'), ...flags]);
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining(said)]);
    expect(filesIn(directory)).toEqual(before);
  });

  test('status judges each row where it stands', async () => {
    const { status, stdout, stderr } = await runHere(repository('three-environments'), ['status', 'envs/prod']);
    expect([status, stdout]).toEqual([0, expect.stringContaining('7 rows: 6 converted, 1 left to EKS')]);
    expect(stderr).toContain('envs/prod/main.tf:44:18: note TAE401');
    expect(stderr).toContain(
      'TAE458: This module is called by module.platform of envs/dev, module.platform of envs/prod',
    );
  });

  test('a blocked row of one of them stops phase 3 for all', async () => {
    const directory = repository('three-environments');
    edit(directory, 'envs/staging/main.tf', '["release"]', '["system:basic-user"]');
    await runHere(directory, write(envs, 'enable-api'));
    await runHere(directory, write(envs, 'add-access-entries'));
    const { status, stderr } = await runHere(directory, write(envs, 'remove-aws-auth'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('envs/staging/main.tf:7:18: error TAE314')]);
  });

  test('staged files and their diffs are called from the root of the repository', async () => {
    const directory = repository('three-environments');
    const { status } = await runHere(directory, ['convert', 'envs/dev']);
    expect(status).toBe(0);
    const staged = join(directory, 'modules/eks/access-entries-migration/2-add-access-entries');
    const whole = Object.entries(expected('three-environments', 'add-access-entries'));
    const touched = whole.filter(([path]) => /\/(main|variables)\.tf$/.test(path));
    expect(filesIn(staged)).toEqual(Object.fromEntries(touched));
    expect(readFileSync(join(staged, 'phase.diff'), 'utf8')).toContain('+++ b/envs/dev/main.tf');
  });

  test('one that hands over what only a plan knows leaves the rows of all to the plan', async () => {
    const directory = repository('three-environments');
    edit(directory, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows');
    await runHere(directory, write(envs, 'enable-api'));
    const { status, stderr } = await runHere(directory, write(envs, 'add-access-entries'));
    expect([status, stderr]).toEqual([0, expect.stringContaining('envs/staging/main.tf:24:15: note TAE457')]);
    const written = filesIn(directory);
    expect(written['modules/eks/main.tf']).toContain('module.aws_auth_entries.access_entries');
    expect(written['envs/dev/main.tf']).toBe(expected('three-environments', 'before')['envs/dev/main.tf']);
  });

  test('one that comes later with what only a plan knows is refused: the others have moved', async () => {
    const directory = repository('three-environments');
    await runHere(directory, write(envs, 'enable-api'));
    await runHere(directory, write(envs, 'add-access-entries'));
    edit(directory, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows');
    const { status, stderr } = await runHere(directory, write(envs, 'remove-aws-auth'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('envs/staging/main.tf:24:15: error TAE271')]);
  });

  test.each([
    [
      'of a principal without a row',
      '{ one = { principal_arn = "arn:aws:iam::111122223333:role/auditors" } }',
      'note TAE457',
    ],
    ['of its row', '{ one = { principal_arn = "arn:aws:iam::111122223333:role/developers" } }', 'error TAE271'],
    [
      'of whom the source does not tell',
      '{ for arn in data.x.y.arns : arn => { principal_arn = arn } }',
      'error TAE271',
    ],
    ['in a map that the source does not tell', 'data.x.y.entries', 'error TAE271'],
  ])('an entry that one hands over %s', async (_, entries, said) => {
    const directory = repository('three-environments');
    edit(directory, 'modules/eks/main.tf', '  vpc_id ', '  access_entries = var.access_entries\n\n  vpc_id ');
    edit(
      directory,
      'modules/eks/variables.tf',
      'variable',
      'variable "access_entries" {\n  default = {}\n}\n\nvariable',
    );
    edit(directory, 'envs/dev/main.tf', '  map_roles = [', `  access_entries = ${entries}\n\n  map_roles = [`);
    edit(directory, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows');
    const { stderr } = await runHere(directory, ['status', 'envs/dev']);
    expect(stderr).toContain(`envs/staging/main.tf:24:15: ${said}`);
  });

  test('one in JSON syntax is not read, and says so', async () => {
    const directory = repository('three-environments');
    const json = { module: { platform: { source: '../../modules/eks', map_roles: [] } } };
    writeFileSync(join(directory, 'envs/dev/main.tf.json'), JSON.stringify(json));
    renameSync(join(directory, 'envs/dev/main.tf'), join(directory, 'envs/dev/main.txt'));
    const { stderr } = await runHere(directory, ['status', 'envs/prod']);
    expect(stderr).toContain('envs/dev/main.tf.json:1:1: note TAE457');
  });

  test.each([
    ['add-access-entries', []],
    ['clean-up', ['add-access-entries', 'remove-aws-auth', 'api-only']],
  ])('a run of %s that is killed between two files is completed by the same command', async (phase, done) => {
    const start = repository('three-environments');
    for (const earlier of ['enable-api', ...done]) await runHere(start, write(envs, earlier));
    const before = filesIn(start);
    const { stderr } = await runHere(start, write(envs, phase));
    const files = /Written: (.*)\.$/m.exec(stderr)?.[1]?.split(', ') ?? [];
    expect(files).toHaveLength(5);
    const after = filesIn(start);
    // What calls the module comes after it, and what is no longer given goes before what no longer takes it.
    const isModule = files.map(file => file.startsWith('modules/'));
    expect(isModule).toEqual(
      phase === 'clean-up' ? [false, false, false, true, true] : [true, true, false, false, false],
    );
    // The two of the module have a journal, by which they are replaced together.
    const between = [...files.keys()].filter(index => !isModule[index] || !isModule[index - 1]);
    for (const replaced of between) {
      const texts = {
        ...before,
        ...Object.fromEntries(files.slice(0, replaced).map(file => [file, after[file] ?? ''])),
      };
      const directory = directoryWith({ '.git/HEAD': 'ref: refs/heads/main\n', ...texts });
      const { status } = await runHere(directory, write(envs, phase));
      expect([replaced, status, filesIn(directory)]).toEqual([replaced, 0, after]);
    }
  });

  test('a journal of an interrupted run in one of them is completed first, or stops the run', async () => {
    const directory = repository('three-environments');
    await runHere(directory, write(envs, 'enable-api'));
    const path = join(directory, 'envs/dev/.tf-access-entries-journal.json');
    writeFileSync(path, JSON.stringify({ version: 2, phase: 'add-access-entries', moves: [] }));
    const stopped = await runHere(directory, ['status', 'envs/prod']);
    expect([stopped.status, stopped.stderr]).toEqual([3, expect.stringContaining('TAE014')]);
    const { status } = await runHere(directory, write(envs, 'add-access-entries'));
    expect([status, existsSync(path)]).toEqual([0, false]);
    expect(filesIn(directory)).toEqual(expected('three-environments', 'add-access-entries'));
  });
});

describe('a module whose callers', () => {
  test('stand several times, or under a condition: entries read each as the rows do', async () => {
    const directory = callers(root => {
      edit(root, 'envs/dev/main.tf', 'module "platform" {', 'module "platform" {\n  count = var.on ? 1 : 0');
      edit(root, 'envs/staging/main.tf', 'module "platform" {', 'module "platform" {\n  for_each = var.blue_green');
      edit(root, 'envs/staging/main.tf', 'role/ci"', 'role/ci-${each.key}"');
    });
    await runHere(directory, write(envs, 'enable-api'));
    const { status } = await runHere(directory, write(envs, 'add-access-entries'));
    const written = filesIn(directory);
    expect([status, written['envs/staging/main.tf']]).toEqual([
      0,
      expect.stringContaining('principal_arn     = "arn:aws:iam::222233334444:role/ci-${each.key}"'),
    ]);
    expect(written['envs/dev/main.tf']).toContain('\n  access_entries = {\n    # Everybody');
  });

  test('hand rows over under a flag of the module: entries have it as their condition', async () => {
    const directory = callers(root => {
      edit(root, 'modules/eks/main.tf', 'manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = var.manage');
    });
    for (const phase of ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up']) {
      const { status } = await runHere(directory, write(envs, phase));
      expect([phase, status]).toEqual([phase, 0]);
    }
    const written = filesIn(directory);
    expect(written['modules/eks/main.tf']).toContain(
      '  access_entries = { for key, entry in var.access_entries : key => entry if var.manage }\n',
    );
    expect(Object.values(written).join('')).not.toContain('map_roles');
  });

  test.each([
    ['manage = false', 'true', 'It is off in envs/prod, so that no entry is made there.'],
    ['manage = "false"', 'true', 'It is off in envs/prod, so that no entry is made there.'],
    ['manage = !true', 'true', 'It is off in envs/prod, so that no entry is made there.'],
    ['', 'false', 'It is off in envs/prod, so that no entry is made there.'],
    ['manage = true', 'false', 'switched off once aws-auth is gone, it deletes them.'],
    ['manage = data.x.y.z', 'false', 'switched off once aws-auth is gone, it deletes them.'],
  ])('hand the flag over as well: %s, with the default %s', async (given, fallback, said) => {
    const directory = repository('three-environments');
    edit(directory, 'modules/eks/main.tf', 'manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = local.on');
    const variable = `variable "manage" {\n  default = ${fallback}\n}\n\nlocals {\n  on = var.manage\n}\n\n`;
    edit(directory, 'modules/eks/variables.tf', 'variable', `${variable}variable`);
    edit(directory, 'envs/prod/main.tf', '  cluster_name', `  ${given}\n\n  cluster_name`);
    const { stderr } = await runHere(directory, ['status', 'envs/prod']);
    expect(stderr.split('\n').find(line => / TAE426: .* of envs\/prod /.test(line))).toContain(said);
  });

  test('hand rows over under a flag, and entries under none, are refused: the entries would count where the rows do not', async () => {
    const variable = '\nvariable "access_entries" {\n  type    = any\n  default = {}\n}\n';
    const directory = callers(root => {
      edit(root, 'modules/eks/main.tf', 'manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = var.manage');
      edit(
        root,
        'modules/eks/main.tf',
        '}\n\nmodule "aws_auth"',
        '\n  access_entries = var.access_entries\n}\n\nmodule "aws_auth"',
      );
      writeFileSync(join(root, 'modules/eks/entries.tf'), variable);
    });
    await runHere(directory, write(envs, 'enable-api'));
    const before = filesIn(directory);
    const { status, stderr } = await runHere(directory, write(envs, 'add-access-entries'));
    expect([status, stderr, filesIn(directory)]).toEqual([
      1,
      expect.stringContaining('TAE276: var.access_entries is part of access_entries whatever var.manage is'),
      before,
    ]);
    const own = '= { for key, entry in var.access_entries : key => entry if var.manage }';
    edit(directory, 'modules/eks/main.tf', '= var.access_entries', own);
    expect((await runHere(directory, write(envs, 'add-access-entries'))).status).toBe(0);
    expect(filesIn(directory)['envs/dev/main.tf']).toBe(
      expected('three-environments', 'add-access-entries')['envs/dev/main.tf'],
    );
  });

  test('hand rows over in a release before version 20: phase 0 comes first', async () => {
    const directory = callers(root => {
      const path = join(root, 'modules/eks/main.tf');
      writeFileSync(
        path,
        'module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "~> 19.21"\n\n  cluster_name = var.cluster_name\n\n  manage_aws_auth_configmap = true\n  aws_auth_roles            = var.map_roles\n  aws_auth_users            = var.map_users\n}\n',
      );
    });
    const phases = ['split-aws-auth', 'enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'];
    for (const phase of phases) {
      const { status } = await runHere(directory, write(envs, phase));
      expect([phase, status]).toEqual([phase, 0]);
    }
    const { 'envs/dev/main.tf': dev } = filesIn(directory);
    expect(dev).toBe(expected('three-environments', 'clean-up')['envs/dev/main.tf']);
  });

  test('have keys that the module has already get longer ones', async () => {
    const directory = callers(root => {
      const entries =
        '  access_entries = {\n    # Break glass.\n    developers = {\n      principal_arn = "arn:aws:iam::111122223333:role/break-glass"\n    }\n  }\n}\n\nmodule "aws_auth"';
      edit(root, 'modules/eks/main.tf', '}\n\nmodule "aws_auth"', `\n${entries}`);
    });
    await runHere(directory, write(envs, 'enable-api'));
    await runHere(directory, write(envs, 'add-access-entries'));
    const written = filesIn(directory);
    expect(written['modules/eks/main.tf']).toContain('  access_entries = merge({\n    # Break glass.\n');
    expect(written['modules/eks/main.tf']).toContain('    }\n  }, var.access_entries)\n');
    expect(written['envs/dev/main.tf']).toContain('    developers_111122223333 = {\n');
  });

  test('have a broken file, or an override of the call, stop the run at that place', async () => {
    const broken = callers(root => writeFileSync(join(root, 'envs/dev/broken.tf'), 'module "x" {\n'));
    const first = await runHere(broken, ['status', 'envs/prod']);
    expect([first.status, first.stderr]).toEqual([3, expect.stringContaining('envs/dev/broken.tf:1:12: error TAE005')]);
    const override = callers(root => writeFileSync(join(root, 'envs/dev/override.tf'), 'module "platform" {\n}\n'));
    const second = await runHere(override, ['status', 'envs/prod']);
    expect([second.status, second.stderr]).toEqual([
      3,
      expect.stringContaining(
        'envs/dev/override.tf:1:1: error TAE009: The migration reads or changes what envs/dev/override.tf says,',
      ),
    ]);
  });

  test.each([
    '{ "module": { "platform": { "map_roles": [{ "rolearn": "arn:aws:iam::111122223333:role/hidden" }] } } }',
    '{ "module": { "platform": { "access_entries_phase": 1 } } }',
    '{ "locals": { "roles": [{ "rolearn": "arn:aws:iam::111122223333:role/hidden" }] } }',
  ])('have an override in JSON (%s) stop the run', async text => {
    const directory = callers(root => writeFileSync(join(root, 'envs/dev/override.tf.json'), text));
    const { status, stderr } = await runHere(directory, ['status', 'envs/prod']);
    expect([status, stderr]).toEqual([3, expect.stringContaining('error TAE009: ')]);
    expect(stderr).toContain('envs/dev/override.tf.json');
  });

  test('use Windows line ends keep them', async () => {
    const directory = callers(root => {
      const path = join(root, 'envs/dev/main.tf');
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
    });
    await runHere(directory, write(envs, 'enable-api'));
    await runHere(directory, write(envs, 'add-access-entries'));
    const whole = expected('three-environments', 'add-access-entries')['envs/dev/main.tf'];
    expect(filesIn(directory)['envs/dev/main.tf']).toBe(whole?.replaceAll('\n', '\r\n'));
  });

  test.each([
    ['modules/eks/examples', '../..'],
    ['examples', '../../modules/eks'],
  ])('are examples only is one that nobody in sight calls: %s', async (place, source) => {
    const directory = callers(root => {
      renameSync(join(root, 'envs'), join(root, place));
      for (const name of ['dev', 'prod', 'staging'])
        edit(root, `${place}/${name}/main.tf`, '"../../modules/eks"', `"${source}"`);
    });
    const { stdout } = await runHere(directory, ['status', 'modules/eks']);
    expect(stdout).toContain('var.map_roles in aws_auth_roles: converted at plan time');
    await runHere(directory, ['convert', 'modules/eks']);
    const runbook = readFileSync(join(directory, 'modules/eks/access-entries-migration/MIGRATION.md'), 'utf8');
    expect(runbook).toContain('## For those who call this module\n');
    expect(runbook).toContain('You hand rows of aws-auth over in `map_roles`, `map_users`.');
  });
});

/** An entry without policies, as the AWS CLI prints it. */
const live = (cluster: string, arn: string, username: string): string =>
  `${JSON.stringify({ accessEntry: { clusterName: cluster, principalArn: arn, type: 'STANDARD', username, kubernetesGroups: [] } }, null, 2)}\n${JSON.stringify({ clusterName: cluster, principalArn: arn, associatedAccessPolicies: [] }, null, 2)}\n`;

describe('entries that exist', () => {
  test('get import blocks for the root module that is applied, at the addresses in its state', async () => {
    const directory = callers(root => {
      const own = `\n  access_entries = {\n    admin = {\n      principal_arn = "arn:aws:iam::111122223333:role/admin"\n    }\n  }\n}\n\nmodule "aws_auth"`;
      edit(root, 'modules/eks/main.tf', '}\n\nmodule "aws_auth"', own);
    });
    const entries = [
      live('dev', 'arn:aws:iam::111122223333:role/developers', 'developers'),
      live('dev', 'arn:aws:iam::111122223333:role/admin', 'admin'),
    ];
    writeFileSync(join(directory, 'entries.json'), entries.join(''));
    const args = ['import-blocks', 'envs/dev', '--cluster-name', 'dev', '--existing', 'entries.json'];
    const expectedBlocks = `# Access entries of dev that exist already. Remove these blocks once they are applied.
import {
  for_each = {
    admin      = "dev:arn:aws:iam::111122223333:role/admin"
    developers = "dev:arn:aws:iam::111122223333:role/developers"
  }

  to = module.platform.module.eks.aws_eks_access_entry.this[each.key]
  id = each.value
}
`;
    const before = await runHere(directory, args);
    expect([before.status, before.stdout.split('\n').toSorted()]).toEqual([0, expectedBlocks.split('\n').toSorted()]);
    await runHere(directory, write(envs, 'enable-api'));
    await runHere(directory, write(envs, 'add-access-entries'));
    const after = await runHere(directory, args);
    expect([after.status, after.stdout.split('\n').toSorted()]).toEqual([0, expectedBlocks.split('\n').toSorted()]);
    const inModule = ['import-blocks', 'modules/eks', '--cluster-name', 'dev', '--existing', 'entries.json'];
    expect((await runHere(directory, inModule)).stderr).toContain('TAE225');
  });

  test('are looked at where there is one caller, and refused where there are several', async () => {
    const directory = repository('three-environments');
    writeFileSync(
      join(directory, 'entries.json'),
      live('dev', 'arn:aws:iam::111122223333:role/developers', 'developers'),
    );
    const args = ['status', 'envs/dev', '--existing', 'entries.json'];
    const several = await runHere(directory, args);
    expect([several.status, several.stderr]).toEqual([
      1,
      expect.stringContaining('error TAE272: --existing is of one cluster'),
    ]);
    for (const name of ['prod', 'staging']) rmSync(join(directory, 'envs', name), { recursive: true });
    const one = await runHere(directory, args);
    expect([one.status, one.stderr]).toEqual([0, expect.stringContaining('warning TAE409: ')]);
  });
});
