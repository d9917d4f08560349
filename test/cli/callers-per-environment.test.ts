import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit, envs, expected, filesIn, repository, write } from './support/callers.ts';
import { runHere } from './support/host.ts';

const perEnvironment = (path = '.'): readonly string[] => ['convert', path, '--write', '--phase', 'per-environment'];

const phased = async (edits: (directory: string) => void = () => undefined): Promise<string> => {
  const directory = callers(edits);
  const { status, stderr } = await runHere(directory, perEnvironment());
  expect([status, stderr]).toEqual([0, expect.stringContaining('Written: ')]);
  return directory;
};

const setTo = (directory: string, name: string, from: number | string, to: number | string): void =>
  edit(directory, `envs/${name}/main.tf`, `access_entries_phase = ${from}\n`, `access_entries_phase = ${to}\n`);

/** All three at a number. */
const allAt = (directory: string, from: number, to: number): void => {
  for (const name of ['dev', 'prod', 'staging']) setTo(directory, name, from, to);
};

const numbered = (text = ''): string =>
  text.replace('  source = "../../modules/eks"\n', '  source = "../../modules/eks"\n\n  access_entries_phase = 0\n');

const codes = (text: string): readonly string[] => text.match(/TAE\d+/g) ?? [];

const odd = (directory: string): void => {
  edit(
    directory,
    'envs/dev/main.tf',
    '  source = "../../modules/eks"\n\n',
    '  source   =   "../../modules/eks" # ours\n',
  );
  const path = join(directory, 'envs/staging/main.tf');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
};

describe('a phase for each caller of a module', () => {
  test('moves the rows into the calls, under a number that each call gives', async () => {
    const directory = await phased();
    const written = filesIn(directory);
    const entries = expected('three-environments', 'add-access-entries');
    for (const env of envs) expect(written[`${env}/main.tf`]).toBe(numbered(entries[`${env}/main.tf`]));
    expect(written['modules/eks/main.tf']).toBe(
      entries['modules/eks/main.tf']
        ?.replace('= "API_AND_CONFIG_MAP"', '= var.access_entries_phase >= 4 ? "API" : "API_AND_CONFIG_MAP"')
        .replace(
          'access_entries = var.access_entries\n',
          'access_entries = { for key, entry in var.access_entries : key => entry if var.access_entries_phase >= 2 }\n',
        )
        .replace('manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = var.access_entries_phase < 3'),
    );
    expect(written['modules/eks/variables.tf']).toContain('variable "access_entries" {');
    expect(written['modules/eks/variables.tf']).toContain('variable "access_entries_phase" {');
  });

  test('a second time there is nothing to do, whatever the numbers are', async () => {
    const directory = await phased();
    setTo(directory, 'prod', 0, 3);
    const before = filesIn(directory);
    const { status, stderr } = await runHere(directory, perEnvironment('envs/dev'));
    expect([status, stderr, filesIn(directory)]).toEqual([0, expect.stringContaining('TAE012'), before]);
  });

  test('a row that comes later in one of them gets its entry there, and a caller that comes later its number', async () => {
    const directory = await phased();
    setTo(directory, 'dev', 0, 3);
    const row =
      '    {\n      rolearn  = "arn:aws:iam::111122223333:role/late"\n      username = "late"\n      groups   = ["late"]\n    },\n  ]\n';
    edit(directory, 'envs/dev/main.tf', '  ]\n', row);
    const late =
      'module "late" {\n  source = "../../modules/eks"\n\n  cluster_name = "late"\n  vpc_id       = "vpc-1"\n  subnet_ids   = ["subnet-1"]\n}\n';
    writeFileSync(join(directory, 'envs/prod/late.tf'), late);
    const before = filesIn(directory);
    expect((await runHere(directory, perEnvironment())).status).toBe(0);
    const after = filesIn(directory);
    expect(after['envs/dev/main.tf']).toContain(
      '    late = {\n      principal_arn       = "arn:aws:iam::111122223333:role/late"',
    );
    expect(after['envs/dev/main.tf']).toContain('access_entries_phase = 3\n');
    expect(after['envs/prod/late.tf']).toBe(numbered(late));
    const others = (texts: typeof after): object => ({ ...texts, 'envs/dev/main.tf': '', 'envs/prod/late.tf': '' });
    expect(others(after)).toEqual(others(before));
  });

  test('clean-up takes number and variable out, and ends where the phases end one after another', async () => {
    const directory = await phased();
    allAt(directory, 0, 4);
    const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'clean-up']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Written: ')]);
    expect(filesIn(directory)).toEqual(expected('three-environments', 'clean-up'));
  });

  test('clean-up is refused while one of them is not at 4, or says so by an expression', async () => {
    const directory = await phased();
    allAt(directory, 0, 4);
    setTo(directory, 'prod', 4, 2);
    const before = filesIn(directory);
    const cleanUp = (...more: readonly string[]) =>
      runHere(directory, ['convert', '.', '--write', '--phase', 'clean-up', ...more]);
    const behind = await cleanUp('--accept-unverified');
    expect([behind.status, behind.stderr]).toEqual([
      1,
      expect.stringContaining('TAE264: Phase clean-up is not written: module.platform of envs/prod is at 2.'),
    ]);
    setTo(directory, 'prod', 2, 'var.phase');
    const untold = await cleanUp();
    expect([untold.status, untold.stderr]).toEqual([
      1,
      expect.stringContaining('TAE264: Phase clean-up is not written: module.platform of envs/prod is at var.phase.'),
    ]);
    setTo(directory, 'prod', 'var.phase', 2);
    expect(filesIn(directory)).toEqual(before);
    setTo(directory, 'prod', 2, 'var.phase');
    expect((await cleanUp('--accept-unverified')).status).toBe(0);
    expect(filesIn(directory)).toEqual(expected('three-environments', 'clean-up'));
  });

  test('status has a line for each', async () => {
    const directory = await phased();
    setTo(directory, 'dev', 0, 4);
    setTo(directory, 'staging', 0, '"2"');
    const { stdout, stderr } = await runHere(directory, ['status', 'envs/prod']);
    expect(stdout).toMatch(/envs\/dev\s+4\s+clean-up, once all are here/);
    expect(stdout).toMatch(/envs\/prod\s+0\s+access_entries_phase = 1 in envs\/prod\/main\.tf/);
    expect(stdout).toMatch(/envs\/staging\s+2\s+access_entries_phase = 3 in envs\/staging\/main\.tf/);
    expect(stdout).toContain('7 rows: 6 converted, 1 left to EKS, 0 dropped, 0 blocked.');
    expect(stderr).not.toContain('error');
  });

  test('a number that the module does not take is said at its place', async () => {
    const directory = await phased();
    setTo(directory, 'prod', 0, 7);
    const { status, stderr } = await runHere(directory, ['status', 'envs/dev']);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('TAE266: envs/prod/main.tf sets access_entries_phase to 7, and the source takes 0, 1'),
    ]);
  });

  test('also in status of the tree', async () => {
    const directory = await phased();
    setTo(directory, 'prod', 0, 7);
    const { status, stdout } = await runHere(directory, ['status', '.']);
    expect([status, stdout]).toEqual([
      2,
      expect.stringContaining('envs/prod/main.tf: TAE266: envs/prod/main.tf sets access_entries_phase to 7,'),
    ]);
  });

  test('check has no finding about what was written', async () => {
    const directory = await phased();
    const before = await runHere(repository(), ['check', '.']);
    const { stdout, stderr } = await runHere(directory, ['check', '.']);
    expect(codes(stdout + stderr).filter(code => !codes(before.stdout + before.stderr).includes(code))).toEqual([]);
  });

  test('check says of rows that the module writes them, until the number of their call is 3', async () => {
    const directory = await phased();
    setTo(directory, 'dev', 0, 2);
    expect((await runHere(directory, ['check', 'envs/dev'])).stdout).toContain('TAE775');
    setTo(directory, 'dev', 2, 3);
    expect((await runHere(directory, ['check', 'envs/dev'])).stdout).not.toContain('TAE775');
    expect((await runHere(directory, ['check', 'envs/prod'])).stdout).toContain('TAE775');
  });

  test('Windows line ends, odd spacing and comments come back as they were', async () => {
    const ordinary = callers(odd);
    for (const phase of ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'])
      expect((await runHere(ordinary, write(envs, phase))).status).toBe(0);
    const directory = await phased(odd);
    const { 'envs/staging/main.tf': staging = '' } = filesIn(directory);
    expect(staging.match(/[^\r]\n/g)).toBe(null);
    expect(staging).toContain('\r\n\r\n  access_entries_phase = 0\r\n');
    for (const name of ['dev', 'prod']) setTo(directory, name, 0, 4);
    edit(directory, 'envs/staging/main.tf', 'access_entries_phase = 0', 'access_entries_phase = 4');
    expect((await runHere(directory, ['convert', '.', '--write', '--phase', 'clean-up'])).status).toBe(0);
    expect(filesIn(directory)).toEqual(filesIn(ordinary));
  });

  test('status of the tree has a line for each, at its number', async () => {
    const directory = await phased();
    setTo(directory, 'dev', 0, 4);
    setTo(directory, 'staging', 0, 2);
    const { stdout } = await runHere(directory, ['status', '.']);
    expect(stdout.split('\n').slice(0, 4).join('\n')).toBe(`\
  module                                         release  mode                rows  phase                 next
  modules/eks (module.platform of envs/dev)      20.24.3  API                 2     4 api-only            clean-up, once all are at 4
  modules/eks (module.platform of envs/prod)     20.24.3                      4     0                     access_entries_phase = 1 in envs/prod/main.tf
  modules/eks (module.platform of envs/staging)  20.24.3  API_AND_CONFIG_MAP  3     2 add-access-entries  access_entries_phase = 3 in envs/staging/main.tf`);
    setTo(directory, 'prod', 0, 4);
    setTo(directory, 'staging', 2, 4);
    expect((await runHere(directory, ['status', '.'])).stdout).toMatch(
      /envs\/prod\)\s+20\.24\.3\s+API\s+4\s+4 api-only\s+5 clean-up/,
    );
  });

  test('a caller that hands a variable of its own on has the environments whose files lie with it', async () => {
    const directory = await phased();
    setTo(directory, 'prod', 0, 'var.phase');
    const declared = 'variable "phase" {\n  type    = number\n  default = 1\n}\n';
    writeFileSync(join(directory, 'envs/prod/phase.tf'), declared);
    writeFileSync(join(directory, 'envs/prod/eu.tfvars'), 'phase = 3\n');
    writeFileSync(join(directory, 'envs/prod/us.tfvars'), 'region = "us-east-1"\n');
    const without = await runHere(directory, ['status', 'envs/prod']);
    expect(without.stdout).toMatch(/envs\/prod\s+unknown\s+at var\.phase\n/);
    const given = ['--environments', 'envs/prod/*.tfvars'];
    const { stdout } = await runHere(directory, ['status', 'envs/prod', ...given]);
    expect(stdout).toMatch(/envs\/prod eu\s+3\s+phase = 4 in envs\/prod\/eu\.tfvars/);
    expect(stdout).toMatch(/envs\/prod us\s+1\s+phase = 2 in envs\/prod\/us\.tfvars/);
    writeFileSync(join(directory, 'envs/dev/dev.tfvars'), 'phase = 3\n');
    const other = await runHere(directory, ['status', 'envs/prod', '--environments', 'envs/dev/*.tfvars']);
    expect([other.status, other.stderr]).toEqual([
      0,
      expect.stringContaining('warning TAE275: envs/dev/dev.tfvars does not say'),
    ]);
    for (const name of ['dev', 'staging']) setTo(directory, name, 0, 4);
    const cleanUp = ['convert', '.', '--write', '--phase', 'clean-up', ...given];
    expect((await runHere(directory, cleanUp)).stderr).toContain('not written: module.platform of envs/prod is at 3');
  });

  test('a name in such a file that is nearly that of the variable is said', async () => {
    const directory = await phased();
    setTo(directory, 'prod', 0, 'var.access_entries_phase');
    const declared = 'variable "access_entries_phase" {\n  type    = number\n  default = 1\n}\n';
    writeFileSync(join(directory, 'envs/prod/phase.tf'), declared);
    writeFileSync(join(directory, 'envs/prod/eu.tfvars'), 'acces_entries_phase = 3\n');
    const { stderr } = await runHere(directory, ['status', 'envs/prod', '--environments', 'envs/prod/*.tfvars']);
    expect(stderr).toContain('warning TAE283: envs/prod/eu.tfvars gives a value to acces_entries_phase,');
  });

  test('one in JSON syntax, or whose unit includes what may give the number, is not known', async () => {
    const directory = await phased();
    const json = { module: { late: { source: '../../modules/eks', map_roles: [] } } };
    writeFileSync(join(directory, 'envs/dev/late.tf.json'), JSON.stringify(json));
    const { stdout } = await runHere(directory, ['status', 'envs/prod']);
    expect(stdout).toMatch(/late\.tf\.json of envs\/dev\s+unknown\s+at what its JSON says/);
  });
});

const entriesVariable = '\nvariable "access_entries" {\n  type    = any\n  default = {}\n}\n';

/** The module takes entries of its callers already. */
const takesEntries = (directory: string): void => {
  const place = '}\n\nmodule "aws_auth"';
  edit(directory, 'modules/eks/main.tf', place, `\n  access_entries = var.access_entries\n${place}`);
  edit(
    directory,
    'modules/eks/variables.tf',
    'variable "map_roles"',
    `${entriesVariable.trimStart()}\nvariable "map_roles"`,
  );
};

/** An entry that a caller hands over today. */
const handsOver = (directory: string, name: string, key: string): void => {
  const entry = `{ principal_arn = "arn:aws:iam::111122223333:role/break-glass" }`;
  edit(
    directory,
    `envs/${name}/main.tf`,
    '  map_roles',
    `  access_entries = {\n    ${key} = ${entry}\n  }\n\n  map_roles`,
  );
};

const withGlass = (directory: string): void => {
  takesEntries(directory);
  handsOver(directory, 'dev', 'glass');
};

describe('entries that a caller hands over already', () => {
  test('are there at every number, and new ones from 2 on', async () => {
    const directory = await phased(withGlass);
    expect(filesIn(directory)['modules/eks/main.tf']).toContain(
      '  access_entries = { for key, entry in var.access_entries : key => entry if var.access_entries_phase >= 2 || contains(["glass"], key) }\n',
    );
    const ordinary = callers(withGlass);
    for (const phase of ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'])
      expect((await runHere(ordinary, write(envs, phase))).status).toBe(0);
    allAt(directory, 0, 4);
    expect((await runHere(directory, ['convert', '.', '--write', '--phase', 'clean-up'])).status).toBe(0);
    expect(filesIn(directory)).toEqual(filesIn(ordinary));
  });

  test.each([
    [
      'have a key that a row of another caller gets',
      (root: string) => handsOver(root, 'dev', 'operators'),
      'the key operators',
    ],
    [
      'have keys by an expression',
      (root: string) => handsOver(root, 'dev', '(var.key)'),
      'an expression tells the keys',
    ],
  ])('and %s are refused', async (_name, edits, reason) => {
    const directory = callers(root => {
      takesEntries(root);
      edits(root);
    });
    const before = filesIn(directory);
    const { status, stderr } = await runHere(directory, perEnvironment());
    expect([status, stderr, filesIn(directory)]).toEqual([1, expect.stringMatching(`TAE262: .*${reason}`), before]);
  });
});

const gatesOf = async (directory: string, ...given: readonly string[]): Promise<string> => {
  await runHere(directory, ['convert', 'envs/dev', ...given]);
  return readFileSync(join(directory, 'modules/eks/access-entries-migration/gates.sh'), 'utf8');
};

test('gates.sh of a module that has the variable is what it was before, whoever hands entries over', async () => {
  for (const edits of [() => undefined, withGlass]) {
    const first = await gatesOf(callers(edits), '--per-environment');
    expect(first).toContain('associate-access-policy');
    expect(await gatesOf(await phased(edits))).toBe(first);
  }
});

describe('refused, since the phase is known in the call alone', () => {
  test('an entry that needs a resource beside the call', async () => {
    const directory = callers(root => {
      edit(root, 'envs/prod/main.tf', '"eks-operators"', '"${module.platform.cluster_name}-operators"');
    });
    const { status, stderr } = await runHere(directory, perEnvironment());
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        'envs/prod/main.tf:31:5: error TAE262: aws_eks_access_entry.operators cannot differ between environments: it stands beside module.platform of envs/prod',
      ),
    ]);
  });

  test('a role that is looked up beside it', async () => {
    const directory = callers(root => {
      edit(root, 'envs/dev/main.tf', 'role/developers', 'role/AWSReservedSSO_Admin_0123456789abcdef');
    });
    const refused = await runHere(directory, perEnvironment());
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/envs\/dev\/main\.tf:10:5: error TAE262: data\.aws_iam_roles\.\w+ cannot differ/),
    ]);
    const told = await runHere(directory, [...perEnvironment(), '--sso-region', 'eu-west-1']);
    expect(told.status).toBe(0);
  });
});

test('rows that only a plan knows stay with the module, and each caller has its number', async () => {
  const directory = await phased(root =>
    edit(root, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows'),
  );
  const written = filesIn(directory);
  expect(written['modules/eks/main.tf']).toContain('roles = var.access_entries_phase >= 2 ? var.map_roles : null');
  for (const env of envs) expect(written[`${env}/main.tf`]).toContain('  access_entries_phase = 0\n');
  allAt(directory, 0, 4);
  expect((await runHere(directory, ['convert', '.', '--write', '--phase', 'clean-up'])).status).toBe(0);
  expect(Object.values(filesIn(directory)).join('')).not.toContain('access_entries_phase');
});

test('two calls in one root module have a line each', async () => {
  const directory = callers(root => {
    const path = join(root, 'envs/dev/main.tf');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text}\n${text.replace('"platform"', '"second"').replace('"dev"', '"second"')}`);
  });
  expect((await runHere(directory, perEnvironment())).status).toBe(0);
  const { stdout } = await runHere(directory, ['status', 'envs/dev']);
  expect(stdout).toMatch(/module\.platform of envs\/dev\s+0\s/);
  expect(stdout).toMatch(/module\.second of envs\/dev\s+0\s/);
});

const shared = (number = '', variable = ''): string =>
  callers(directory => {
    const path = join(directory, 'envs/dev/main.tf');
    const text = readFileSync(path, 'utf8').replace('../../modules/eks', '../eks');
    mkdirSync(join(directory, 'modules/mid'));
    writeFileSync(
      join(directory, 'modules/mid/main.tf'),
      `${variable}${text.replace('"../eks"\n', `"../eks"\n${number}`)}`,
    );
    const given = variable === '' ? '' : '\n  access_entries_phase = 2\n';
    for (const env of envs)
      writeFileSync(join(directory, `${env}/main.tf`), `module "mid" {\n  source = "../../modules/mid"\n${given}}\n`);
  });

describe('a call in a module that root modules share', () => {
  test.each([
    ['without a number', ''],
    ['with a number of its own', '\n  access_entries_phase = 1\n'],
  ])('gets no number, which would be that of all of them (%s)', async (_name, number) => {
    const directory = shared(number);
    const before = filesIn(directory);
    const { status, stderr } = await runHere(directory, perEnvironment());
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        'TAE289: module.platform of modules/mid is not in a root module: envs/dev, envs/prod, envs/staging call modules/mid.',
      ),
    ]);
    expect(filesIn(directory)).toEqual(before);
  });

  test('hands a variable on that each of them gives', async () => {
    const handedOn = '\n  access_entries_phase = var.access_entries_phase\n';
    const directory = shared(handedOn, 'variable "access_entries_phase" {\n  type = number\n}\n\n');
    const { status, stderr } = await runHere(directory, perEnvironment());
    expect([status, stderr]).toEqual([0, expect.stringContaining('Written: ')]);
    const written = filesIn(directory);
    expect(written['modules/mid/main.tf']).toContain(handedOn);
    expect(written['envs/dev/main.tf']).toContain('access_entries_phase = 2\n');
  });

  test('is converted phase by phase for all of them', async () => {
    const { status, stderr } = await runHere(shared(), write(['.'], 'enable-api'));
    expect([status, stderr]).toEqual([0, expect.stringContaining('Written: ')]);
  });
});
