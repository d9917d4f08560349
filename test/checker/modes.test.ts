import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const codesOf = async (text: string, wanted: readonly string[]): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.map(({ code }) => code).filter(code => wanted.includes(code));
};

const cluster = (access: string): string =>
  `resource "aws_eks_cluster" "this" {\n  name     = "demo"\n  role_arn = aws_iam_role.cluster.arn\n  ${access}\n}\n`;

const entry = (more = ''): string => `resource "aws_eks_access_entry" "x" {
  ${more}
  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = "arn:aws:iam::111122223333:role/a"
  kubernetes_groups = ["x"]
}
`;

/** Rows count in mode CONFIG_MAP, and entries do not. Source: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
test('in mode CONFIG_MAP no entry is said to be in force', async () => {
  const text = `module "eks" {
  source              = "terraform-aws-modules/eks/aws"
  version             = "20.37.2"
  cluster_name        = "demo"
  authentication_mode = "CONFIG_MAP"
  access_entries = {
    a = { principal_arn = "arn:aws:iam::111122223333:role/a", user_name = "b", kubernetes_groups = ["x"] }
  }
}
module "aws_auth" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "~> 20.0"
  manage_aws_auth_configmap = true
  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/a", username = "a", groups = ["x", "y"] },
  ]
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  const found = diagnostics.filter(({ code }) => code === 'TAE409' || code === 'TAE725');
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining('In a mode with the API the entry alone is in force'),
    expect.stringContaining('In a mode with the API the entry alone is in force'),
  ]);
});

describe('the mode of a resource with entries', () => {
  test.each([
    ['no access_config', cluster('') + entry(), ['TAE762']],
    ['a mode of null', cluster('access_config {\n    authentication_mode = null\n  }') + entry(), ['TAE762']],
    [
      'access_config without a mode',
      cluster('access_config {\n    bootstrap_cluster_creator_admin_permissions = true\n  }') + entry(),
      ['TAE762'],
    ],
    ['two entries', cluster('') + entry() + entry().replace('"x" {', '"y" {'), ['TAE762']],
    [
      'an entry that names the cluster by a local',
      `${cluster('')}locals {\n  name = aws_eks_cluster.this.name\n}\n${entry().replace('aws_eks_cluster.this.name', 'local.name')}`,
      ['TAE762'],
    ],
    ['CONFIG_MAP', cluster('access_config {\n    authentication_mode = "CONFIG_MAP"\n  }') + entry(), ['TAE731']],
    ['API', cluster('access_config {\n    authentication_mode = "API"\n  }') + entry(), []],
    ['a variable', cluster('access_config {\n    authentication_mode = var.mode\n  }') + entry(), []],
    [
      'a local',
      `${cluster('access_config {\n    authentication_mode = local.mode\n  }')}locals {\n  mode = "CONFIG_MAP"\n}\n${entry()}`,
      ['TAE731'],
    ],
    [
      'a dynamic block',
      cluster('dynamic "access_config" {\n    for_each = var.access\n    content {}\n  }') + entry(),
      [],
    ],
    ['an entry that may not be there', cluster('') + entry('count = var.on ? 1 : 0'), []],
    ['no entry', `# aws-auth\n${cluster('')}`, []],
    ['a local cluster on Outposts', cluster('outpost_config {}') + entry(), ['TAE762']],
    [
      'one on instance store',
      cluster('outpost_config {\n    etcd_instance_type = "m5.large"\n  }') + entry(),
      ['TAE762'],
    ],
  ])('%s', async (_name, text, expected) => {
    expect(await codesOf(text, ['TAE731', 'TAE762'])).toEqual(expected);
  });
});

/** What is said of the mode, and what to do. */
const said = async (body: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', cluster(body) + entry()]]), { runtime: await runtime() });
  return diagnostics
    .filter(({ code }) => ['TAE731', 'TAE762'].includes(code))
    .map(({ message, hint }) => `${message} ${hint}`);
};

// EKS knows CONFIG_MAP alone there: eksctl issue 7552.
test('a local cluster on Outposts is not given another mode', async () => {
  const written = 'access_config {\n    authentication_mode = "CONFIG_MAP"\n  }\n';
  for (const body of ['outpost_config {}', `${written}  outpost_config {}`]) {
    const [text = ''] = await said(body);
    expect(text).toContain('Outposts');
    expect(text).not.toContain('API_AND_CONFIG_MAP');
  }
  expect((await said('outpost_config {\n    etcd_instance_type = "m5.large"\n  }'))[0]).toContain('API_AND_CONFIG_MAP');
});

const call = (body: string): string =>
  `module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "20.24.3"\n\n  cluster_name = "shop"\n${body}\n}\n`;

const hintOfMode = async (more: string): Promise<string | undefined> => {
  const files = new Map([['main.tf', call(`  authentication_mode = "CONFIG_MAP"\n${more}`)]]);
  const { diagnostics } = await check(files, { runtime: await runtime() });
  return diagnostics.find(({ code }) => code === 'TAE732')?.hint;
};

test('nor is a local cluster that the module makes', async () => {
  expect(await hintOfMode('  outpost_config = { outpost_arns = ["a"] }')).not.toContain('API');
  expect(await hintOfMode('')).toContain('API_AND_CONFIG_MAP');
});

// The entry of the creator is one like others: aws-auth counts beside it.
describe('the mode of the module by default', () => {
  test.each([
    ['the creator alone', call('  enable_cluster_creator_admin_permissions = true'), ['TAE754']],
    [
      'the creator, and a mode',
      call('  enable_cluster_creator_admin_permissions = true\n  authentication_mode = "API"'),
      [],
    ],
    [
      'the creator by a local',
      `${call('  enable_cluster_creator_admin_permissions = local.creator')}locals {\n  creator = true\n}\n`,
      ['TAE754'],
    ],
    [
      'the creator by a local of a variable',
      `${call('  enable_cluster_creator_admin_permissions = local.creator')}locals {\n  creator = var.creator\n}\n`,
      [],
    ],
    ['the creator by a variable', call('  enable_cluster_creator_admin_permissions = var.creator'), []],
    ['no entry at all', call(''), []],
    // Null is the mode in force, not that of the module.
    ['a mode of null', call('  enable_cluster_creator_admin_permissions = true\n  authentication_mode = null'), []],
    // What a command of this root module writes is told here (TAE755).
    [
      'a command that writes rows',
      `${call('  enable_cluster_creator_admin_permissions = true')}
resource "null_resource" "rows" {
  provisioner "local-exec" {
    command = "eksctl create iamidentitymapping --cluster shop --arn arn:aws:iam::111122223333:role/b"
  }
}
`,
      [],
    ],
  ])('%s', async (_name, text, expected) => {
    expect(await codesOf(text, ['TAE754'])).toEqual(expected);
  });
});
