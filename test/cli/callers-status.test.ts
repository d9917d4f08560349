import { describe, expect, test } from '@jest/globals';
import { edit, repository } from './support/callers.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const wrapper = `variable "roles" {
  type    = any
  default = []
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.roles
}
`;

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

  test('counts a row as blocked whose principal has one in the module itself', async () => {
    const directory = repository();
    const row = '{ rolearn = "arn:aws:iam::111122223333:role/developers", username = "d", groups = ["d"] },';
    edit(directory, 'modules/eks/main.tf', '    # The nodes.', `    ${row}\n    # The nodes.`);
    const counts = '8 rows: 6 converted, 1 left to EKS, 0 dropped, 1 blocked';
    const { status, stdout, stderr } = await runHere(directory, ['status', 'envs/dev']);
    expect([status, stdout]).toEqual([1, expect.stringContaining(counts)]);
    expect(stderr).toContain('envs/dev/main.tf:10:5: error TAE273');
    expect(stdout).toContain('2 add-access-entries  blocked');
    const json = JSON.parse((await runHere(directory, ['status', 'envs/dev', '--format', 'json'])).stdout);
    expect(json).toMatchObject({ counts: { rows: 8, converted: 6, blocked: 1 } });
    const blocked = json.rows.filter(({ disposition }: { disposition: string }) => disposition === 'blocked');
    expect(blocked).toMatchObject([{ line: 10, codes: ['TAE273'] }]);
  });

  // EKS quotas: 3,000 access entries per cluster. The one cluster of a caller has its entries and those of the module itself.
  test('counts the entries of a call together with those of the module', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => {
      const name = `team-${index}`;
      return `{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["${name}"] }`;
    });
    const own = '[{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]';
    const directory = directoryWith({
      '.git/HEAD': '',
      'modules/p/main.tf': wrapper.replace('= var.roles\n', `= concat(${own}, var.roles)\n`),
      'envs/a/main.tf': `module "p" {\n  source = "../../modules/p"\n  roles = [\n${rows.join(',\n')}\n  ]\n}\n`,
    });
    const { status, stderr } = await runHere(directory, ['status', 'envs/a']);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('envs/a/main.tf:1:1: error TAE213: 3001 access entries'),
    ]);
  });

  test('does not call the module a root module', async () => {
    const { stdout } = await runHere(repository(), ['status', '.']);
    expect(stdout).toContain('3 clusters in 1 module: 3 ready');
    expect(stdout).toContain('Phase 1 is next in 1 module: ');
    expect(stdout).not.toContain('root module');
  });
});

const files = (rows: string) => ({
  '.git/HEAD': '',
  'modules/p/main.tf': wrapper,
  'envs/a/main.tf': `module "p" {\n  source = "../../modules/p"\n  roles  = [{ rolearn = "arn:aws:iam::111122223333:role/a", username = "a", groups = ["a"] }]\n}\n`,
  'envs/b/main.tf': `variable "roles" {}\n\nmodule "p" {\n  source = "../../modules/p"\n  roles  = ${rows}\n}\n`,
});

describe('status of a tree with a module that gets its rows by a variable of one root module', () => {
  test.each([
    ['var.roles', ['1 list', '1 list'], '0 rows: '],
    ['[]', ['1', '0'], '1 row: '],
  ])('has a line for each call: %s', async (rows, counts, sum) => {
    const { status, stdout } = await runHere(directoryWith(files(rows)), ['status', '.']);
    const lines = stdout.split('\n').filter(line => line.startsWith('  modules/p '));
    expect([status, lines.map(line => line.trim().split(/ {2,}/))]).toEqual([
      0,
      ['a', 'b'].map((name, index) => [
        `modules/p (module.p of envs/${name})`,
        '20.37.2',
        'API_AND_CONFIG_MAP',
        counts[index],
        '1 enable-api',
        '2 add-access-entries',
      ]),
    ]);
    expect(stdout).toContain('2 clusters in 1 module: ');
    expect(stdout).toContain(sum);
    expect(stdout).not.toContain('Not listed');
  });
});

describe('callers that hand over nothing about access, of a module that is outside of what is named', () => {
  const row = '{ rolearn = "arn:aws:iam::111122223333:role/a", username = "a", groups = ["a"] }';
  const call = 'module "p" {\n  source = "../../modules/p"\n  name   = "a"\n}\n';
  const tree = (): string =>
    directoryWith({
      '.git/HEAD': '',
      'modules/p/main.tf': `variable "name" {}\n\n${wrapper.replace('= var.roles\n', `= [${row}]\n`)}`,
      'live/a/main.tf': call,
      'live/b/main.tf': call,
    });

  test.each([[['live']], [['live/a', 'live/b']]])('status %j has a line for each call', async paths => {
    const { status, stdout } = await runHere(tree(), ['status', ...paths]);
    const lines = stdout.split('\n').filter(line => line.startsWith('  modules/p '));
    expect([status, lines.map(line => line.trim().split(/ {2,}/)[0])]).toEqual([
      0,
      ['modules/p (module.p of live/a)', 'modules/p (module.p of live/b)'],
    ]);
    expect(stdout).not.toContain('Not listed');
  });

  test.each([[['live']], [['live/a']], [['live/a/main.tf', 'live/b/main.tf']]])(
    'check %j finds what the module has',
    async paths => {
      const { status, stdout } = await runHere(tree(), ['check', ...paths, '--format', 'json']);
      const { findings } = JSON.parse(stdout) as { findings: readonly { code: string; module: string }[] };
      expect([status, findings.map(({ module, code }) => `${module} ${code}`)]).toEqual([
        1,
        ['modules/p TAE701', 'modules/p TAE702'],
      ]);
    },
  );
});
