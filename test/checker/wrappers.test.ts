import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { convert } from '../../lib/convert.ts';
import type { Diagnostic } from '../../lib/diagnostics/index.ts';
import { runtime } from '../support/fixture.ts';

const wrapper = (manage = 'true'): string => `variable "admins" {
  type    = any
  default = []
}

variable "tags" {
  type = any
}

locals {
  roles = concat(var.admins, [])
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
  tags         = var.tags
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = ${manage}
  aws_auth_roles            = local.roles
}
`;

const caller = (source: string, role = 'role/dev'): string => `module "platform" {
  source = "${source}"

  admins = [
    { rolearn = "arn:aws:iam::111122223333:${role}", username = "dev", groups = ["system:masters"] },
  ]
  tags = [{ rolearn = "arn:aws:iam::111122223333:role/tag" }]
}
`;

const filesOf = (source: string, text = wrapper(), role = 'role/dev'): ReadonlyMap<string, string> =>
  new Map([
    ['main.tf', caller(source, role)],
    [`${source.replace(/^\.\//, '')}/main.tf`, text],
  ]);

const checked = async (files: ReadonlyMap<string, string>): Promise<readonly Diagnostic[]> =>
  (await check(files, { runtime: await runtime() })).diagnostics;

describe('the caller of a wrapper', () => {
  test.each(['./modules/platform', '../platform', '../../modules/platform'])(
    'has rows in the argument that reaches aws-auth there (%s)',
    async source => {
      const [found, ...more] = await checked(filesOf(source));
      expect([found?.code, more]).toEqual(['TAE775', []]);
      expect(found?.message).toContain('1 row of aws-auth in admins');
      expect(found?.message).toContain('role/dev');
      expect(found?.message).not.toContain('role/tag');
      expect(found?.hint).toContain(`tf-access-entries convert ${source.replace(/^\.\//, '')} writes the phases there`);
    },
  );

  test('is told what is wrong with its rows, where they stand', async () => {
    const found = await checked(filesOf('../platform', wrapper(), 'role/team/dev'));
    expect(found.map(({ code, range }) => [code, range?.file])).toEqual([
      ['TAE775', 'main.tf'],
      ['TAE308', 'main.tf'],
    ]);
  });

  test('is left alone once the wrapper writes no aws-auth', async () => {
    expect(await checked(filesOf('../platform', wrapper('false')))).toEqual([]);
    const inModeApi = wrapper().replace('cluster_name', 'authentication_mode = "API"\n  cluster_name');
    expect((await checked(filesOf('../platform', inModeApi))).map(({ code }) => code)).toEqual([]);
    expect(await checked(filesOf('../platform', 'variable "admins" {}\n'))).toEqual([]);
  });

  test('has rows that nobody looks at where the wrapper is not known', async () => {
    const found = await checked(new Map([['main.tf', caller('../platform')]]));
    expect(found.map(({ code, subject }) => [code, subject])).toEqual([
      ['TAE755', 'module.platform: arn:aws:iam::111122223333:role/dev'],
    ]);
  });

  test('is not refused for a wrapper that cannot be read: that is checked itself', async () => {
    const found = await checked(filesOf('../platform', 'module "eks" {'));
    expect(found.map(({ code }) => code)).toEqual(['TAE755']);
  });

  test('is sent to the wrapper by convert, with what is wrong with its rows', async () => {
    const { diagnostics, revisions } = await convert(filesOf('../platform', wrapper(), 'role/team/dev'), {
      runtime: await runtime(),
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE030', 'TAE308']);
    expect(revisions).toEqual([]);
  });
});

const cluster = (name: string): string => `module "${name}" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "${name}"
}

module "${name}_aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] },
  ]
}
`;

/** What it writes is the aws-auth of a cluster that somebody else makes. */
const withoutCluster = `variable "admins" {
  type    = any
  default = []
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = var.admins
}
`;

const phasesBeside = async (text: string): Promise<readonly string[]> => {
  const files = new Map([...filesOf('./modules/platform', text), ['cluster.tf', cluster('demo')]]);
  const { diagnostics, revisions } = await convert(files, { runtime: await runtime() });
  const found = diagnostics.filter(({ severity }) => severity === 'error');
  return [...revisions.map(({ phase }) => phase), ...found.map(({ code, message }) => `${code} ${message}`)];
};

describe('a cluster beside the call of a module that writes aws-auth', () => {
  test('keeps aws-auth while rows are handed to a module without a cluster of its own: they may be its rows', async () => {
    expect(await phasesBeside(withoutCluster)).toEqual([
      'enable-api',
      'add-access-entries',
      expect.stringMatching(/^TAE249 module\.platform brings rows into aws-auth .*role\/dev/),
    ]);
  });

  test('is sent to that module with what it needs: the name of the cluster, and entries as resources', async () => {
    const [found] = await checked(filesOf('./modules/platform', withoutCluster));
    expect([found?.code, found?.hint]).toEqual([
      'TAE775',
      expect.stringContaining('convert modules/platform --emit resources'),
    ]);
    expect(found?.hint).toContain('clusterName');
  });

  test('is migrated by itself where that module has its own', async () => {
    expect(await phasesBeside(wrapper())).toEqual([
      'enable-api',
      'add-access-entries',
      'remove-aws-auth',
      'api-only',
      'clean-up',
    ]);
  });
});

const between = (given = 'concat(var.map_roles, local.more)'): string =>
  `variable "map_roles" {\n  default = []\n}\n\nlocals {\n  more = []\n}\n\nmodule "cluster" {\n  source = "../cluster"\n\n  map_roles = ${given}\n}\n`;
const handing = (given: string): string =>
  `module "platform" {\n  source = "./modules/platform"\n\n  # rolearn\n  map_roles = ${given}\n}\n`;
const ofRoles = (text: string): string => text.replaceAll('admins', 'map_roles');
const oneRow = '[{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]';
const saidOf = async (main: string, platform: string): Promise<readonly string[]> =>
  (
    await checked(
      new Map([
        ['main.tf', main],
        ['modules/platform/main.tf', platform],
      ]),
    )
  ).map(({ code, message }) => `${code}: ${message}`);

describe('the caller of a module that hands rows on to another one', () => {
  test.each(['../cluster', '../eks/aws-auth', '../terraform-aws-eks'])(
    'is told that its rows are not looked at: %s',
    async source => {
      expect(await saidOf(handing(oneRow), between().replace('../cluster', source))).toEqual([
        `TAE288: module.platform hands map_roles to ./modules/platform, which hands it on to ${source}. Rows of aws-auth in it are not checked here.`,
      ]);
    },
  );

  test.each([
    ['it hands no rows over', handing('[]'), between()],
    ['that module does not hand them on', handing(oneRow), between('[]')],
    ['that module makes the cluster, and writes aws-auth no more', handing(oneRow), ofRoles(wrapper('false'))],
    [
      'that module makes the cluster, in a mode without aws-auth',
      handing(oneRow),
      ofRoles(wrapper()).replace('cluster_name', 'authentication_mode = "API"\n  cluster_name'),
    ],
  ])('is told nothing where %s', async (_name, main, platform) => {
    expect(await saidOf(main, platform)).toEqual([]);
  });
});

/** It adds to what is live, as text, so that its lists cannot be read. */
const merging = `variable "cluster_name" {
  type = string
}

variable "extra_roles" {
  type    = list(object({ role_arn = string, user_name = string, groups = list(string) }))
  default = []
}

locals {
  more = join("", [for role in var.extra_roles : format("- rolearn: %s", role.role_arn)])
}

data "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  force = true

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = replace(yamlencode(concat(yamldecode(data.kubernetes_config_map.aws_auth.data.mapRoles), yamldecode(local.more))), var.cluster_name, "")
  }
}
`;

const toMerging = (given: string): string =>
  `module "auth" {\n  source       = "./modules/eks-auth"\n  cluster_name = "demo"\n  extra_roles  = ${given}\n}\n`;

describe('the caller of a module whose lists of aws-auth cannot be read', () => {
  const said = async (given: string, text = merging) =>
    checked(
      new Map([
        ['main.tf', toMerging(given)],
        ['modules/eks-auth/main.tf', text],
      ]),
    );

  test('has rows in what reaches such a list', async () => {
    const role = '{ role_arn = "arn:aws:iam::111122223333:role/dev", user_name = "dev", groups = ["dev"] }';
    const [found, ...more] = await said(`concat([${role}], var.more)`);
    expect([found?.code, more]).toEqual(['TAE775', []]);
    expect(found?.message).toMatch(/^module\.auth has rows of aws-auth that only a plan knows in extra_roles, which /);
    expect(found?.message).toContain('role/dev');
    expect(found?.message).toContain('var.more');
    expect(found?.hint).toContain('tf-access-entries status modules/eks-auth says');
  });

  test.each([
    ['it hands nothing over', '[]', merging],
    ['that is null', 'null', merging],
    [
      'the list comes from what the module makes by it',
      '[var.dev]',
      `${merging.replace('yamldecode(local.more)', 'module.nodes.rows')}module "nodes" {\n  source = "acme/nodes/aws"\n  names  = var.extra_roles\n}\n`.replace(
        'var.cluster_name, ""',
        '"x", ""',
      ),
    ],
    ['the module writes aws-auth no more', '[var.dev]', merging.replace('force = true', 'count = 0')],
  ])('is told nothing where %s', async (_name, given, text) => {
    expect(await said(given, text)).toEqual([]);
  });
});

const writer = (principal: string, more = ''): string => `resource "kubernetes_config_map_v1_data" "aws_auth" {
  ${more}
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapUsers = yamlencode([{ userarn = ${principal}, username = "x", groups = ["system:masters"] }])
  }
}

variable "user" {
  type    = string
  default = ""
}
`;
const root = (version: string, mode = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name = "demo"
  ${mode}
}

module "access" {
  source = "./access"
}
`;

// Rows that a local module has itself, and writes into aws-auth of the cluster of its caller.
describe('a local module that writes rows of its own', () => {
  const files = (text: string, of = root('20.24.3')): ReadonlyMap<string, string> =>
    new Map([
      ['main.tf', of],
      ['access/main.tf', text],
    ]);
  const user = '"arn:aws:iam::111122223333:user/x"';

  test('is a finding, and stops what takes aws-auth away', async () => {
    const { diagnostics } = await check(files(writer(user)), { runtime: await runtime() });
    const [said, ...more] = diagnostics.filter(({ code }) => code === 'TAE775');
    expect(more).toEqual([]);
    expect(said?.message).toContain('module.access has 1 row of aws-auth, which ./access writes into aws-auth');
    expect(said?.message).toContain('arn:aws:iam::111122223333:user/x');
    expect(said?.hint).toContain('tf-access-entries convert access --emit resources');
    const converted = await convert(files(writer(user)), { runtime: await runtime() });
    expect(converted.diagnostics.map(({ code }) => code)).toContain('TAE249');
    expect(converted.report.phases.find(({ id }) => id === 'api-only')).toMatchObject({ status: 'blocked' });
  });

  test.each([
    ['an expression', files(writer('var.user')), 1],
    ['a resource that is switched off', files(writer(user, 'count = 0')), 0],
    ['no row', files(writer(user).replace(/\[\{.*\}\]/, '[]')), 0],
    ['a cluster of its own', files(`${root('20.24.3').split('module "access"')[0]}${writer(user)}`), 0],
  ])('with %s', async (_, of, count) => {
    const { diagnostics } = await check(of, { runtime: await runtime() });
    expect(diagnostics.filter(({ code }) => code === 'TAE775')).toHaveLength(count);
  });
});
