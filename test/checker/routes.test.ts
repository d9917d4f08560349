import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { positionAt, type Diagnostic } from '../../lib/diagnostics/index.ts';
import { runtime } from '../support/fixture.ts';

const checked = async (files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> =>
  (await check(new Map(Object.entries(files)), { runtime: await runtime() })).diagnostics;

const routesIn = async (files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> =>
  (await checked(files)).filter(({ code }) => code === 'TAE755');

/** `file:line:column` of a finding. */
const placeOf = (files: Readonly<Record<string, string>>, { range }: Diagnostic): string => {
  const { line, column } = positionAt(files[range?.file ?? ''] ?? '', range?.start ?? 0);
  return `${range?.file}:${line}:${column}`;
};

const row = (name: string, more = ''): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["system:masters"]${more} }`;

const call = (source: string, body: string): string => `module "it" {\n  source = "${source}"\n${body}\n}\n`;
const blueprints = 'github.com/aws-ia/terraform-aws-eks-blueprints?ref=v4.32.1';

describe('rows in the arguments of other modules', () => {
  test.each([
    ['cloudposse/eks-cluster/aws', 'map_additional_iam_roles', 'access_entry_map'],
    ['git::https://github.com/cloudposse/terraform-aws-eks-cluster.git?ref=2.9.0', 'map_additional_iam_roles', '4.0.0'],
    [blueprints, 'map_roles', 'terraform-aws-modules/eks'],
    ['git@github.com:aws-ia/terraform-aws-eks-blueprints.git', 'map_roles', 'terraform-aws-modules/eks'],
    ['aidanmelen/eks-auth/aws', 'map_roles', 'access_entries of the eks module'],
    ['git::https://example.com/platform/eks.git', 'aws_auth_roles', 'argument for access entries'],
  ])('%s: %s', async (source, argument, way) => {
    const files = { 'main.tf': call(source, `  ${argument} = [\n    ${row('platform')},\n    ${row('ci')},\n  ]`) };
    const [found, ...more] = await routesIn(files);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ severity: 'warning', subject: expect.stringContaining('module.it: ') });
    expect(placeOf(files, found!)).toBe('main.tf:3:3');
    expect(found?.message).toContain('module.it');
    expect(found?.message).toContain(argument);
    expect(found?.message).toContain('2 rows');
    expect(found?.message).toContain('arn:aws:iam::111122223333:role/platform, arn:aws:iam::111122223333:role/ci');
    expect(found?.hint).toContain('tf-access-entries convert . --aws-auth aws-auth.yaml --emit aws-cli');
    expect(found?.hint).toContain(way);
  });

  test('all arguments of a call are one finding, and three principals are named', async () => {
    const users = `[{ userarn = "arn:aws:iam::111122223333:user/joe", username = "joe", groups = [] }]`;
    const roles = `[${['a', 'b', 'c'].map(name => row(name)).join(', ')}]`;
    const [found, ...more] = await routesIn({
      'main.tf': call(
        'cloudposse/eks-cluster/aws',
        `  map_additional_iam_roles = ${roles}
  map_additional_iam_users = ${users}
  map_additional_aws_accounts = ["444455556666"]`,
      ),
    });
    expect(more).toEqual([]);
    expect(found?.message).toContain('5 rows');
    expect(found?.message).toContain('role/c and 2 more');
    expect(found?.message).toContain('map_additional_aws_accounts');
  });

  test('a team of eks-blueprints 4 is a row', async () => {
    const teams = `  platform_teams = { admin = { users = [] } }
  application_teams = {
    red  = { users = [] }
    blue = { users = [] }
  }`;
    const [found] = await routesIn({ 'main.tf': call(blueprints, teams) });
    expect(found?.message).toContain('3 rows');
    expect(found?.message).toContain('admin');
    expect(found?.message).toContain('application_teams');
    expect(await routesIn({ 'main.tf': call('acme/teams/github', teams) })).toEqual([]);
  });

  test('a fork of eks-blueprints takes teams, too', async () => {
    const fork = 'git::https://github.com/acme/terraform-aws-eks-blueprints.git?ref=v4.32.1';
    const [found] = await routesIn({ 'main.tf': call(fork, '  platform_teams = { admin = { users = [] } }') });
    expect(found?.message).toContain('1 row');
    expect(found?.message).toContain('the role of team admin');
    expect(found?.hint).toContain('Look whether that module has an argument');
    const [both] = await routesIn({
      'main.tf': call(fork, `  admins = [${row('a')}]\n  platform_teams = { b = { users = [] } }`),
    });
    expect(both?.message).toContain('2 rows');
  });

  test.each([
    `{ a = ${row('a')}, b = ${row('b')} }`,
    `{ for n in ["a", "b"] : n => { rolearn = "arn:aws:iam::111122223333:role/\${n}", username = n, groups = [] } }`,
  ])('rows are the values of a map: %s', async map => {
    const [found, ...more] = await routesIn({ 'main.tf': call('acme/eks/aws', `  admins = ${map}`) });
    expect(more).toEqual([]);
    expect(found?.message).toContain('2 rows of aws-auth in admins');
    expect(found?.message).toContain('role/a, arn:aws:iam::111122223333:role/b');
  });

  test('other values of a map are no rows', async () => {
    const map = `{ a = ${row('a')}, mode = "strict" }`;
    const [found] = await routesIn({ 'main.tf': call('acme/eks/aws', `  admins = ${map}`) });
    expect(found?.message).toContain('1 row of aws-auth in admins');
    const none = call('acme/eks/aws', '  settings = { owner = { userarn = "x" }, tags = { rolearn = "y" } }');
    expect(await routesIn({ 'main.tf': none })).toEqual([]);
  });

  // cloudposse/terraform-aws-eks-cluster, auth.tf of 2.9.0 and 3.0.0: a row of nodes for each.
  test('a role of workers of cloudposse is a row', async () => {
    const [found, ...more] = await routesIn({
      'main.tf': call(
        'cloudposse/eks-cluster/aws',
        '  workers_role_arns = ["arn:aws:iam::111122223333:role/workers", module.workers.role_arn]',
      ),
    });
    expect(more).toEqual([]);
    expect(found?.message).toContain('2 rows of aws-auth in workers_role_arns');
    expect(found?.message).toContain('the node role arn:aws:iam::111122223333:role/workers');
    expect(await routesIn({ 'main.tf': call('cloudposse/eks-cluster/aws', '  workers_role_arns = []') })).toEqual([]);
    const [open] = await routesIn({
      'main.tf': call('cloudposse/eks-cluster/aws', '  workers_role_arns = var.workers'),
    });
    expect(open?.message).toContain('only a plan knows');
  });

  // aws-ia/terraform-aws-eks-blueprints, locals.tf of v4.32.1.
  test('EMR of eks-blueprints 4 is a row', async () => {
    const [found, ...more] = await routesIn({ 'main.tf': call(blueprints, '  enable_emr_on_eks = true') });
    expect(more).toEqual([]);
    expect(found?.message).toContain('1 row of aws-auth in enable_emr_on_eks');
    expect(found?.message).toContain('AWSServiceRoleForAmazonEMRContainers');
    expect(await routesIn({ 'main.tf': call(blueprints, '  enable_emr_on_eks = false') })).toEqual([]);
    const [open] = await routesIn({ 'main.tf': call(blueprints, '  enable_emr_on_eks = var.emr') });
    expect(open?.message).toContain('only a plan knows');
  });

  test('what only a plan knows is said to be there', async () => {
    const [found] = await routesIn({ 'main.tf': call(blueprints, '  map_roles = var.map_roles') });
    expect(found?.message).toContain('only a plan knows');
    const both = `concat(var.more, [${row('ci')}])`;
    const [second] = await routesIn({ 'main.tf': call(blueprints, `  map_roles = ${both}`) });
    expect(second?.message).toContain('1 row');
    expect(second?.message).toContain('only a plan knows');
  });

  test('a row without a principal is named by its place', async () => {
    const text = call(
      'cloudposse/eks-cluster/aws',
      '  map_additional_iam_roles = [{ rolearn = "", username = "x", groups = [] }]',
    );
    expect((await routesIn({ 'main.tf': text }))[0]?.message).toContain('map_additional_iam_roles[0]');
  });

  test('a local is followed', async () => {
    const locals = `locals {\n  roles = [${row('ci')}]\n}\n`;
    const [found] = await routesIn({ 'a.tf': locals, 'main.tf': call(blueprints, '  map_roles = local.roles') });
    expect(found?.message).toContain('role/ci');
  });

  test.each([
    ['no rows', call('cloudposse/eks-cluster/aws', '  map_additional_iam_roles = []')],
    ['null', call('cloudposse/eks-cluster/aws', '  map_additional_iam_roles = null')],
    ['no argument', call('cloudposse/eks-cluster/aws', '  access_entry_map = {}')],
    [
      'a module that is off',
      call('cloudposse/eks-cluster/aws', `  enabled = false\n  map_additional_iam_roles = [${row('a')}]`),
    ],
    [
      'a switch that is off',
      call(
        'cloudposse/eks-cluster/aws',
        `  apply_config_map_aws_auth = false\n  map_additional_iam_roles = [${row('a')}]`,
      ),
    ],
    [
      'a switch that a local has off',
      `locals {\n  on = false\n}\n${call(
        'cloudposse/eks-cluster/aws',
        `  enabled = local.on\n  map_additional_iam_roles = [${row('a')}]`,
      )}`,
    ],
    ['version 5 of eks-blueprints', call('aws-ia/eks-blueprints-addons/aws', '  cluster_name = "demo"')],
    [
      'an argument of that name for something else',
      call('acme/grafana/aws', '  map_roles = ["admin"]\n  map_users = var.users'),
    ],
    ['a comment', '# cloudposse/eks-cluster/aws map_additional_iam_roles = [{ rolearn = "x" }]\n'],
  ])('nothing is said of %s', async (_, text) => {
    expect(await checked({ 'main.tf': text })).toEqual([]);
  });
});

const called = 'variable "map_roles" {}\n';

test('nothing is said of a wrapper in this repository, which is checked itself', async () => {
  const text = call('../modules/eks', `  map_roles = [${row('a')}]`);
  expect(await checked({ 'main.tf': text, '../modules/eks/main.tf': called })).toEqual([]);
});

// As in github.com/xsalahdinX/terraform-eks-helm, aws-auth.tf.
describe('a module whose name says aws-auth', () => {
  const own = '  account_id = local.id\n  admins = ["access"]\n  nodes = ["nodes"]\n  tags = { team = "x" }';
  test.each([
    'github.com/acme/terraform-modules//aws-auth',
    'git::https://git.example.com/platform/eks/aws_auth.git?ref=v2',
    'acme/eks-auth/aws',
    'git::https://example.com/acme/terraform-kubernetes-aws-auth-config.git',
  ])('%s: what its own arguments hold', async source => {
    const files = { 'main.tf': call(source, own) };
    const [found, ...more] = await checked(files);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'TAE755', severity: 'warning', subject: 'module.it: access, nodes' });
    expect(placeOf(files, found!)).toBe('main.tf:4:3');
    expect(found?.message).toContain('only a plan knows in admins and nodes');
    expect(found?.hint).toContain('tf-access-entries convert . --aws-auth aws-auth.yaml --emit aws-cli');
  });

  test.each([
    ['', 'whom it names'],
    ['  cluster = "demo"', 'demo'],
    ['  roles = var.roles', 'var.roles'],
    ['  roles = { ci = ["ci"] }', '{ ci = ["ci"] }'],
    ['  roles = concat(["ci"], var.more)', 'ci, var.more'],
    ['  map_roles = []\n  admins = ["access"]', 'access'],
    ['  map_roles = var.roles', 'var.roles'],
  ])('%j', async (body, who) => {
    const [found, ...more] = await routesIn({ 'main.tf': call('github.com/acme/aws-auth', body) });
    expect([more, found?.subject]).toEqual([[], `module.it: ${who}`]);
  });

  test('rows that are plain are judged', async () => {
    const body =
      '  admins = [{ rolearn = "arn:aws:iam::111122223333:role/team/ci", username = "ci", groups = ["ci"] }]';
    const found = await checked({ 'main.tf': call('github.com/acme/aws-auth', body) });
    expect(found.map(({ code }) => code).toSorted()).toEqual(['TAE308', 'TAE755']);
  });

  test.each([
    ['rows by name, and none of them', call('github.com/acme/aws-auth', '  map_roles = []\n  cluster = "demo"')],
    ['the auth method of Vault', call('github.com/acme/terraform-vault-aws-auth', '  roles = ["ci"]')],
    ['that as a submodule', call('git::https://example.com/acme/modules.git//vault/aws-auth', '  roles = ["ci"]')],
    ['another word', call('github.com/acme/aws-authorizer', '  roles = ["ci"]')],
    ['an owner of that name', call('github.com/aws-auth/terraform-aws-vpc', '  azs = ["a"]')],
    ['one in a registry', call('app.terraform.io/eks-auth/vpc/aws', '  azs = ["a"]')],
  ])('nothing is said of %s', async (_, text) => {
    expect(await checked({ 'main.tf': text })).toEqual([]);
  });

  test('in the inputs of Terragrunt', async () => {
    const text = terragrunt('{ admins = ["access"] }', 'git::https://example.com/acme/modules.git//aws-auth?ref=v1');
    const [found, ...more] = await checked({ 'terragrunt.hcl': text });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'TAE755', subject: 'terragrunt.hcl: access' });
  });

  test('in JSON syntax', async () => {
    const json = JSON.stringify({ module: { it: { source: 'github.com/acme/aws-auth', admins: ['access'] } } });
    expect((await checked({ 'main.tf.json': json })).map(({ code }) => code)).toEqual(['TAE031']);
  });
});

describe('rows that are plain to see in an argument of any name', () => {
  const user = '{ userarn = "arn:aws:iam::111122223333:user/joe", username = "joe", groups = ["ops"] }';
  test.each([
    ['a module from elsewhere', 'git::https://example.com/acme/platform.git//cluster'],
    ['a local module that is not there', '../../elsewhere/cluster'],
  ])('%s', async (_, source) => {
    const files = { 'main.tf': call(source, `  name = "x"\n  admins = concat([${row('ci')}, ${user}], var.more)`) };
    const [found, ...more] = await checked(files);
    expect(more).toEqual([]);
    expect(placeOf(files, found!)).toBe('main.tf:4:3');
    expect(found?.message).toContain('2 rows of aws-auth and others that only a plan knows in admins');
    expect(found?.message).toContain('role/ci, arn:aws:iam::111122223333:user/joe, var.more');
  });

  test.each(['../../modules/eks', 'git::https://example.com/acme/platform.git//cluster'])(
    'inputs of Terragrunt for %s',
    async source => {
      const files = { 'terragrunt.hcl': terragrunt(`{ admins = [${row('ci')}] }`, source) };
      const [found, ...more] = await checked(files);
      expect(more).toEqual([]);
      expect(found).toMatchObject({ code: 'TAE755', subject: expect.stringContaining('role/ci') });
      expect(found?.message).toContain('in admins');
    },
  );

  const remote = 'git::https://example.com/acme/platform.git//cluster';
  const locals = `locals {
  names = ["ci"]
  teams = { a = "arn:aws:iam::111122223333:role/ci" }
  eks   = { map_roles = [${row('ci')}] }
  more  = { name = "demo" }
}
`;
  test.each([
    ['a map of rows', `{ a = ${row('ci')} }`],
    ['such a map by for', '{ for k, v in local.teams : k => { rolearn = v, username = k, groups = ["ops"] } }'],
    ['a list by for over what only a plan knows', '[for r in var.r : { rolearn = r.arn, username = r.name }]'],
    ['a map by for over what only a plan knows', '{ for k, v in var.r : k => { rolearn = v, groups = ["ops"] } }'],
    ['rows in an object', `{ roles = [${row('ci')}] }`],
    ['rows in a list of objects', `[{ name = "x", access = { roles = tolist([${row('ci')}]) } }]`],
    ['a local that has them', 'local.eks'],
    ['merge', `merge(local.more, { a = ${row('ci')} })`],
    ['a conditional', `var.on ? { a = ${row('ci')} } : {}`],
    ['a text of JSON', `jsonencode({ roles = [${row('ci')}] })`],
    ['one row', row('ci')],
  ])('%s', async (_, value) => {
    const asCall = { 'main.tf': locals + call(remote, `  access = ${value}`) };
    const inputs = { 'terragrunt.hcl': locals + terragrunt(`{ access = ${value} }`, remote) };
    for (const files of [asCall, inputs]) {
      const [found, ...more] = await checked(files);
      expect([more, found?.code]).toEqual([[], 'TAE755']);
      expect(found?.message).toContain('in access');
      expect(found?.message).toMatch(value.includes('var.r ') ? /only a plan knows/ : / 1 row .*role\/ci/);
    }
  });

  test.each(['map_roles', 'aws_auth_roles'])('a map of them in %s', async name => {
    const [found, ...more] = await checked({ 'main.tf': call(remote, `  ${name} = { a = ${row('ci')} }`) });
    expect(more).toEqual([]);
    expect(found?.message).toContain(`1 row of aws-auth in ${name} (`);
    expect(found?.message).toContain('role/ci');
  });

  test.each([
    ['', 'TAE304', /access\.roles\.ci/],
    ['arn:aws:iam::111122223333:role/team/ci', 'TAE308', /role\/team\/ci/],
  ])('a row at any depth is judged, and named: %j', async (arn, code, name) => {
    const access = `  access = { roles = { ci = { rolearn = "${arn}", groups = ["ops"] } } }`;
    const found = await checked({ 'main.tf': call(remote, access) });
    expect(found.map(one => one.code).toSorted()).toEqual([code, 'TAE755']);
    expect(found.find(one => one.code === 'TAE755')?.message).toMatch(name);
  });

  test('locals that grow without end are looked at for a while only', async () => {
    const nine = Array.from({ length: 9 }, (_, key) => `k${key} = local.loop`).join(', ');
    const text = `locals {\n  loop = { ${nine} }\n}\n${call(remote, `  access = { rolearn = local.loop }`)}`;
    expect(await checked({ 'main.tf': text })).toEqual([]);
  });

  test.each([
    ['a map of roles alone', '{ a = { rolearn = "arn:aws:iam::111122223333:role/ci" } }'],
    ['one that leads back', 'local.loop'],
    ['users of something else', '{ a = { username = "joe", groups = ["rolearn"] } }'],
  ])('%s is none', async (_, value) => {
    const text = `locals {\n  loop = { a = local.loop, rolearn = "x" }\n}\n${call('acme/users/github', `  access = ${value}`)}`;
    expect(await checked({ 'main.tf': text })).toEqual([]);
  });

  test.each([
    ['a role alone', 'roles = [{ rolearn = "arn:aws:iam::111122223333:role/ci" }]'],
    ['a name alone', 'users = [{ username = "joe", groups = ["ops"] }]'],
  ])('%s is none', async (_, argument) => {
    expect(await checked({ 'main.tf': call('acme/users/github', `  ${argument}`) })).toEqual([]);
  });
});

const eks = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
}
`;

const eksAuth = (version: string, eksArgument: string): string =>
  call(
    'aidanmelen/eks-auth/aws',
    `${version}  eks = ${eksArgument}\n  map_roles = [${row('ci')}]\n  map_accounts = ["444455556666"]`,
  );

test.each([
  ['an old release, which leaves its rows behind', eksAuth('  version = "0.9.0"\n', 'module.eks')],
  ['a range without the last release', eksAuth('  version = "~> 0.8"\n', 'module.eks')],
  ['outputs of another root module', eksAuth('', 'data.terraform_remote_state.eks.outputs')],
  ['a part of the outputs', eksAuth('', '{ cluster_endpoint = module.eks.cluster_endpoint }')],
  [
    'a branch',
    eksAuth('', 'module.eks').replace('aidanmelen/eks-auth/aws', 'github.com/aidanmelen/terraform-aws-eks-auth'),
  ],
])('eks-auth with %s is a route', async (_, auth) => {
  const found = await checked({ 'main.tf': eks + auth });
  expect(found.filter(({ code }) => code === 'TAE755')).toHaveLength(1);
  expect(found.find(({ code }) => code === 'TAE755')?.message).toContain('2 rows');
});

test('eks-auth with an eks call that writes aws-auth itself is a route', async () => {
  const inline = eks.replace('20.24.3', '19.21.0').replace('}\n', '  manage_aws_auth_configmap = true\n}\n');
  const codes = (await checked({ 'main.tf': inline + eksAuth('', 'module.eks') })).map(({ code }) => code);
  expect(codes).toContain('TAE755');
});

test.each(['', '  version = "1.0.0"\n', '  version = "~> 1.0"\n'])(
  'eks-auth beside the eks module is read as its aws-auth call (%j)',
  async version => {
    const found = await checked({ 'main.tf': eks + eksAuth(version, 'module.eks') });
    expect(found.filter(({ code }) => code === 'TAE755')).toEqual([]);
    // The role, and the account as a whole.
    expect(found.filter(({ code }) => ['TAE702', 'TAE715'].includes(code)).length).toBeGreaterThanOrEqual(1);
    expect(found.map(({ message }) => message).join('\n')).toContain('444455556666');
  },
);

const object = (spec: string): string => `resource "kubernetes_manifest" "mapping" {
  manifest = {
    apiVersion = "iamauthenticator.k8s.aws/v1alpha1"
    kind       = "IAMIdentityMapping"
    metadata   = { name = "platform" }
    spec       = ${spec}
  }
}
`;

const yaml = (arn: string, head = ''): string => `resource "kubectl_manifest" "mapping" {
${head}  yaml_body = <<-YAML
    apiVersion: iamauthenticator.k8s.aws/v1alpha1
    kind: IAMIdentityMapping
    metadata:
      name: platform
    spec:
      arn: ${arn}
      username: platform
      groups:
        - system:masters
  YAML
}
`;

describe('IAMIdentityMapping', () => {
  const arn = 'arn:aws:iam::111122223333:role/platform';
  test.each([
    ['kubernetes_manifest', object(`{ arn = "${arn}", username = "platform", groups = ["system:masters"] }`)],
    ['kubectl_manifest', yaml(arn)],
  ])('%s', async (type, text) => {
    const files = { 'main.tf': text };
    const [found, ...more] = await checked(files);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      code: 'TAE755',
      severity: 'warning',
      subject: expect.stringContaining(`${type}.mapping: `),
    });
    expect(placeOf(files, found!)).toBe('main.tf:1:1');
    expect(found?.message).toContain('1 row');
    expect(found?.message).toContain('IAMIdentityMapping');
    expect(found?.message).toContain(arn);
  });

  test('an expression is named as it is written', async () => {
    const [found] = await checked({ 'main.tf': yaml('${aws_iam_role.ci.arn}') });
    expect(found?.message).toContain('aws_iam_role.ci.arn');
  });

  test('with for_each there are as many as a plan knows', async () => {
    const [found] = await checked({ 'main.tf': yaml('${each.value}', '  for_each = var.roles\n') });
    expect(found?.message).toContain('only a plan knows');
  });

  const inFile = `apiVersion: iamauthenticator.k8s.aws/v1alpha1\nkind: IAMIdentityMapping\nmetadata: { name: ci }\nspec: { arn: "${arn}", username: ci, groups: [ci] }\n`;

  // Nothing in the files of Terraform says what it is.
  test.each([
    ['kubectl_manifest', 'yaml_body = file("${path.module}/ci.yaml")'],
    ['kubectl_manifest', 'yaml_body = templatefile("${path.module}/ci.yaml", {})'],
    ['kubernetes_manifest', 'manifest = yamldecode(file("${path.module}/ci.yaml"))'],
    [
      'kubectl_manifest',
      'for_each = fileset(path.module, "*.yaml")\n  yaml_body = file("${path.module}/${each.value}")',
    ],
  ])('one in a file, by %s with %s', async (type, body) => {
    const files = { 'main.tf': `resource "${type}" "mapping" {\n  ${body}\n}\n`, 'ci.yaml': inFile };
    expect((await checked(files)).map(({ code, subject }) => [code, subject])).toEqual([
      ['TAE755', `${type}.mapping: ${arn}`],
    ]);
    expect(await checked({ ...files, 'ci.yaml': inFile.replace('kind: IAMIdentityMapping', 'kind: Role') })).toEqual(
      [],
    );
  });

  const documents = `data "kubectl_file_documents" "all" {
  content = file("\${path.module}/ci.yaml")
}

resource "kubectl_manifest" "all" {
  for_each  = data.kubectl_file_documents.all.manifests
  yaml_body = each.value
}
`;

  test('one among the documents that the kubectl provider splits is named, though not read', async () => {
    const files = { 'main.tf': documents, 'ci.yaml': `kind: Role\n---\n${inFile}` };
    expect((await checked(files)).map(({ code }) => code)).toEqual(['TAE755']);
  });

  // The definition of the kind names it, below spec.names, and is no mapping.
  test('the definition of the kind among such documents is none', async () => {
    const definition = 'kind: CustomResourceDefinition\nspec:\n  names:\n    kind: IAMIdentityMapping\n';
    expect(await checked({ 'main.tf': documents, 'ci.yaml': definition })).toEqual([]);
  });

  const head = 'apiVersion = "iamauthenticator.k8s.aws/v1alpha1"\n  kind = "IAMIdentityMapping"';

  test('one that is merged with a local that says what it is', async () => {
    const text = `locals {\n  base = {\n  ${head}\n  }\n}\n\nresource "kubernetes_manifest" "mapping" {
  manifest = merge(local.base, { spec = { arn = "${arn}", username = "ci", groups = ["ci"] } })\n}\n`;
    const found = await checked({ 'main.tf': text });
    expect(found.map(({ code }) => code)).toEqual(['TAE755']);
    expect(found[0]?.message).toContain('only a plan knows');
  });

  test('of a spec that only a plan knows it is not said that it lacks something', async () => {
    const text = `resource "kubectl_manifest" "mapping" {\n  for_each = var.mappings\n  yaml_body = yamlencode({\n  ${head}\n  spec = each.value\n  })\n}\n`;
    const found = await checked({ 'main.tf': text });
    expect(found.map(({ code, subject }) => [code, subject])).toEqual([
      ['TAE755', 'kubectl_manifest.mapping: each.value'],
    ]);
  });

  test('other objects are none', async () => {
    const text = object('{}').replace('IAMIdentityMapping', 'Something');
    expect(await checked({ 'main.tf': text })).toEqual([]);
  });
});

const terragrunt = (
  inputs: string,
  source = 'tfr:///terraform-aws-modules/eks/aws//modules/aws-auth?version=20.24.0',
): string => `terraform {\n  source = "${source}"\n}\n\ninputs = ${inputs}\n`;

describe('Terragrunt', () => {
  test.each([
    ['alone', {}],
    ['beside a .tf file', { 'main.tf': 'variable "x" {}\n' }],
  ])('inputs with rows, %s', async (_, beside) => {
    const inputs = `{\n  name = "demo"\n  aws_auth_roles = [\n    ${row('platform')},\n  ]\n  aws_auth_accounts = ["444455556666"]\n}`;
    const files = { ...beside, 'terragrunt.hcl': terragrunt(inputs) };
    const [found, ...more] = await checked(files);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'TAE755', severity: 'warning' });
    expect(placeOf(files, found!)).toBe('terragrunt.hcl:7:3');
    expect(found?.message).toContain('2 rows');
    expect(found?.message).toContain('arn:aws:iam::111122223333:role/platform, 444455556666');
    expect(found?.message).toContain('aws_auth_roles');
    expect(found?.hint).toContain('--emit aws-cli');
  });

  test.each([
    ['merge', `merge(local.common, { map_roles = [${row('ci')}] })`],
    ['locals', 'local.inputs'],
  ])('inputs by %s', async (_, inputs) => {
    const locals = `locals {\n  common = {}\n  inputs = { map_roles = [${row('ci')}] }\n}\n`;
    const [found] = await checked({ 'terragrunt.hcl': locals + terragrunt(inputs, '../../modules/eks') });
    expect(found?.message).toContain('role/ci');
  });

  test('a file that others include has inputs, too', async () => {
    const text = `inputs = {\n  aws_auth_users = [{ userarn = "arn:aws:iam::111122223333:user/ops", username = "ops", groups = [] }]\n}\n`;
    const files = { 'eks.hcl': text };
    const [found, ...more] = await checked(files);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'TAE755', subject: expect.stringContaining('eks.hcl: ') });
    expect(placeOf(files, found!)).toBe('eks.hcl:2:3');
    expect(found?.message).toContain('arn:aws:iam::111122223333:user/ops');
  });

  test.each([
    ['build.pkr.hcl', 'source "amazon-ebs" "x" {\n  map_roles = []\n}\n'],
    ['.terraform.lock.hcl', `inputs = { aws_auth_roles = [${row('ci')}] }\n`],
  ])('%s is none', async (path, text) => {
    expect(await checked({ [path]: text })).toEqual([]);
  });

  const asJson = {
    terraform: { source: 'tfr:///terraform-aws-modules/eks/aws//modules/aws-auth?version=20.24.0' },
    locals: { account: '111122223333' },
    inputs: {
      name: 'demo',
      aws_auth_roles: [{ rolearn: 'arn:aws:iam::111122223333:role/team/ci', username: 'ci', groups: ['ci'] }],
    },
  };

  test.each([
    ['with lines', JSON.stringify(asJson, undefined, 2), 'terragrunt.hcl.json:10:5'],
    ['in one line', JSON.stringify(asJson), 'terragrunt.hcl.json:1:158'],
    ['with a byte order mark', `\ufeff${JSON.stringify(asJson, undefined, 2)}\r\n`, 'terragrunt.hcl.json:10:5'],
  ])('inputs in JSON syntax, %s: each row at its place', async (_, text, place) => {
    const files = { 'terragrunt.hcl.json': text };
    const found = await checked(files);
    expect(found.map(({ code }) => code).toSorted()).toEqual(['TAE308', 'TAE755']);
    expect(
      placeOf(
        files,
        found.find(({ code }) => code === 'TAE755')!,
      ),
    ).toBe(place);
    expect(found.find(({ code }) => code === 'TAE755')?.message).toContain('arn:aws:iam::111122223333:role/team/ci');
  });

  test.each([
    ['{ "inputs": "aws_auth_roles" }', []],
    ['{ "inputs": { "aws_auth_roles": [] } }', []],
    ['{ "inputs": { "aws_auth_roles": [ }', ['TAE006']],
    ['["inputs", "aws_auth_roles"]', ['TAE006']],
    ['{ "inputs": { "name": "${get_env(\\"N\\")}", "aws_auth_roles": [{ "rolearn": "a" }] } }', ['TAE006']],
  ])('%s: %j', async (text, codes) => {
    expect((await checked({ 'terragrunt.hcl.json': text })).map(({ code }) => code)).toEqual(codes);
  });

  test('the values of a unit or a stack are inputs of it', async () => {
    const text = `unit "vpc" {
  source = "../units/vpc"
  path   = "vpc"
  values = { name = "demo" }
}

unit "aws_auth" {
  source = "../units/aws-auth"
  path   = "aws-auth"
  values = {
    aws_auth_roles = [${row('platform')}]
  }
}

stack "west" {
  source = "../stacks/eks"
  path   = "west"
  values = merge(local.common, { map_roles = [${row('ci')}] })
}
`;
    const files = { 'terragrunt.stack.hcl': text };
    const found = await checked(files);
    expect(found.map(({ code }) => code)).toEqual(['TAE755', 'TAE755']);
    expect(found.map(one => placeOf(files, one))).toEqual(['terragrunt.stack.hcl:11:5', 'terragrunt.stack.hcl:18:34']);
    expect(found[1]?.message).toContain('role/ci');
  });

  test('inputs of a local module that is not read are said once', async () => {
    const files = { 'terragrunt.hcl': terragrunt(`{ aws_auth_roles = [${row('ci')}] }`, '../../modules/eks') };
    const found = await checked(files);
    expect(found.map(one => [one.code, placeOf(files, one)])).toEqual([['TAE755', 'terragrunt.hcl:5:12']]);
    expect(found[0]?.hint).toContain('Look whether that module has an argument for access entries.');
  });

  test('the way of the module that is named is said', async () => {
    const inputs = `{ map_additional_iam_roles = [${row('ci')}] }`;
    const source = 'git::https://github.com/cloudposse/terraform-aws-eks-cluster.git?ref=2.9.0';
    const [found] = await checked({ 'terragrunt.hcl': terragrunt(inputs, source) });
    expect(found?.hint).toContain('access_entry_map');
  });

  test('a comment silences it', async () => {
    const inputs = `{\n  # tf-access-entries-ignore: TAE755 moves in May\n  aws_auth_roles = [${row('ci')}]\n}`;
    expect(await checked({ 'terragrunt.hcl': terragrunt(inputs) })).toEqual([]);
  });

  test.each(['{ aws_auth_roles = [] }', '{ name = "demo" }', 'merge(local.a, local.b)'])(
    'nothing is said of %s',
    async inputs => {
      expect(await checked({ 'terragrunt.hcl': terragrunt(inputs) })).toEqual([]);
    },
  );
});

test.each([
  [
    'the arguments of a module',
    {
      module: { c: { source: 'cloudposse/eks-cluster/aws', map_additional_iam_roles: [{ rolearn: 'x', groups: [] }] } },
    },
  ],
  [
    'a manifest',
    {
      resource: {
        kubectl_manifest: { m: { yaml_body: '${yamlencode({})}' } },
        kubernetes_manifest: { n: { manifest: { kind: 'IAMIdentityMapping' } } },
      },
    },
  ],
])('rows in JSON syntax are no silent pass: %s', async (_, json) => {
  const files = { 'main.tf': 'variable "x" {}\n', 'access.tf.json': JSON.stringify(json) };
  expect((await checked(files)).map(({ code }) => code)).toEqual(['TAE031']);
});

test('an input of that name for something else is none', async () => {
  const text = terragrunt('{ map_users = ["joe"], map_roles = [] }', '../../modules/grafana');
  expect(await checked({ 'terragrunt.hcl': text })).toEqual([]);
});

describe('rows of these routes are judged as those of aws-auth', () => {
  const ciArn = 'arn:aws:iam::111122223333:role/ci';
  test.each([
    ['TAE308', '{ rolearn = "arn:aws:iam::111122223333:role/team/ci", username = "ci", groups = ["ci"] }'],
    ['TAE314', '{ rolearn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["system:ci"] }'],
    ['TAE316', '{ rolearn = "arn:aws:iam::111122223333:role/ci", username = "system:ci", groups = ["ci"] }'],
    ['TAE301', '{ rolearn = "arn:aws:iam::111122223333:role/AWSServiceRoleForX", username = "ci", groups = ["ci"] }'],
    ['TAE306', '{ role_arn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["ci"] }'],
  ])('%s', async (code, text) => {
    const codes = (
      await checked({ 'main.tf': call('cloudposse/eks-cluster/aws', `  map_additional_iam_roles = [${text}]`) })
    ).map(one => one.code);
    expect(codes.toSorted()).toEqual([code, 'TAE755']);
    const own = (await checked({ 'terragrunt.hcl': terragrunt(`{ aws_auth_roles = [${text}] }`) })).map(
      one => one.code,
    );
    expect(own.toSorted()).toEqual([code, 'TAE755']);
  });

  test('a key that the authenticator does not know is none that matters beside all the others', async () => {
    const whole =
      '{ rolearn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["ci"], description = "CI" }';
    const text = call('cloudposse/eks-cluster/aws', `  map_additional_iam_roles = [${whole}]`);
    expect((await checked({ 'main.tf': text })).map(({ code }) => code)).toEqual(['TAE755']);
    const sso = text.replace('description', 'sso');
    expect((await checked({ 'main.tf': sso })).map(({ code }) => code)).toContain('TAE306');
  });

  test.each([
    ['kubernetes_manifest', object],
    ['kubectl_manifest', () => yaml(ciArn).replace('system:masters', 'system:ci')],
  ])('TAE314 of an IAMIdentityMapping by %s', async (_, text) => {
    const spec = `{ arn = "${ciArn}", username = "ci", groups = ["system:ci"] }`;
    expect((await checked({ 'main.tf': text(spec) })).map(({ code }) => code).toSorted()).toEqual(['TAE314', 'TAE755']);
  });

  test('a good row has no finding of its own', async () => {
    const codes = (
      await checked({ 'main.tf': call('cloudposse/eks-cluster/aws', `  map_additional_iam_roles = [${row('ci')}]`) })
    ).map(one => one.code);
    expect(codes).toEqual(['TAE755']);
  });

  test('of an IAMIdentityMapping, too', async () => {
    const codes = (await checked({ 'main.tf': yaml('arn:aws:iam::111122223333:role/team/ci') })).map(one => one.code);
    expect(codes.toSorted()).toEqual(['TAE308', 'TAE755']);
  });
});
