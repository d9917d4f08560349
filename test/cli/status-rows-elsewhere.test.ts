import { describe, expect, test } from '@jest/globals';
import { fleetReportSchema } from '../../lib/report/fleet/schema.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

const role = 'arn:aws:iam::111122223333:role/ops';
const row = `{ rolearn = "${role}", username = "ops", groups = ["ops"] }`;

/** Root modules without a cluster, in which `check` sees rows of aws-auth (TAE755). */
const roots: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'an IAMIdentityMapping': {
    'main.tf': `resource "kubernetes_manifest" "ops" {
  manifest = {
    apiVersion = "iamauthenticator.k8s.aws/v1alpha1"
    kind       = "IAMIdentityMapping"
    metadata   = { name = "ops" }
    spec       = { arn = "${role}", username = "ops", groups = ["ops"] }
  }
}
`,
  },
  eksctl: {
    'main.tf': `resource "null_resource" "ops" {
  provisioner "local-exec" {
    command = "eksctl create iamidentitymapping --cluster demo --arn ${role} --group ops --username ops"
  }
}
`,
  },
  'the values of a chart': {
    'main.tf': `resource "helm_release" "ops" {
  name   = "aws-auth"
  chart  = "aws-auth"
  values = [yamlencode({ mapRoles = [${row}] })]
}
`,
  },
  'a template of the ConfigMap': {
    'main.tf': `resource "local_file" "ops" {
  content  = templatefile("\${path.module}/templates/auth.tpl", {})
  filename = "aws-auth.yaml"
}
`,
    'templates/auth.tpl': `kind: ConfigMap
metadata:
  name: aws-auth
data:
  mapRoles: |
    - rolearn: ${role}
      username: ops
      groups: [ops]
`,
  },
};

const tree = (own: Readonly<Record<string, string>>) =>
  directoryWith({
    ...Object.fromEntries(Object.entries(own).map(([name, text]) => [`live/a/${name}`, text])),
    'live/b/main.tf': rootModule(),
    'live/c/main.tf': 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n',
  });

describe.each(Object.entries(roots))('rows of aws-auth without a cluster: %s', (_name, own) => {
  test('the list of a tree names the root module, and ends with them', async () => {
    const { status, stdout } = await runHere(tree(own), ['status', 'live']);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^ {2}live\/a +cluster elsewhere: TAE755$/m);
    expect(stdout).toContain(
      '1 cluster in 3 root modules: 1 ready for the next phase. 1 root module with the cluster elsewhere.\n',
    );
    expect(stdout).toContain('Not listed: 1 root module without a cluster.\n');
    expect(stdout.split('\n').at(-2)).toMatch(/^live\/a\/main\.tf: TAE755: .* has 1 row of aws-auth .*role\/ops\.$/);
  });

  test('as data', async () => {
    const { status, stdout } = await runHere(tree(own), ['status', 'live', '--format', 'json']);
    const { counts, modules, diagnostics } = fleetReportSchema.parse(JSON.parse(stdout));
    expect([status, counts.elsewhere, counts.withoutCluster]).toEqual([3, 1, 1]);
    expect(modules.map(({ kind }) => kind)).toEqual(['elsewhere', 'cluster', 'without-cluster']);
    const said = diagnostics.filter(({ module, severity }) => module === 'live/a' && severity !== 'note');
    expect(said.map(({ code, file }) => [code, file])).toEqual([
      ['TAE007', undefined],
      ['TAE755', 'live/a/main.tf'],
    ]);
  });
});

test('what is wrong with rows that are handed on does not make the root module one that cannot be read', async () => {
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'live/a/main.tf': `module "auth" {
  source         = "../../modules/auth"
  aws_auth_roles = [${row.replace('["ops"]', '["system:nodes-readers"]')}]
}
`,
    'live/b/main.tf': rootModule(),
    'modules/auth/main.tf': `variable "aws_auth_roles" {
  default = []
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  force = true

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode(var.aws_auth_roles)
  }
}
`,
  });
  const { status, stdout } = await runHere(directory, ['status', 'live']);
  expect([status, stdout]).toEqual([3, expect.stringMatching(/^ {2}live\/a +cluster elsewhere: TAE030, TAE314$/m)]);
});

describe('convert of a tree', () => {
  const wrapper = rootModule().replace(/aws_auth_roles = \[.*?\n {2}\]/s, 'aws_auth_roles = var.map_roles');
  const beside = (own: Readonly<Record<string, string>>) =>
    directoryWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'live/a/main.tf': own['main.tf'] ?? '',
      'live/b/main.tf': `module "cluster" {\n  source    = "../../modules/cluster"\n  map_roles = [${row}]\n}\n`,
      'live/c/main.tf': 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n',
      'modules/cluster/main.tf': `${wrapper}\nvariable "map_roles" {\n  default = []\n}\n`,
    });

  test.each([
    ['--diff', []],
    ['--write', ['--phase', 'enable-api']],
    ['--out', ['staged']],
  ])('%s says what else brings rows into aws-auth, since it is not converted', async (flag, more) => {
    const directory = beside(roots['an IAMIdentityMapping'] ?? {});
    const { status, stderr } = await runHere(directory, ['convert', 'live', flag, ...more]);
    expect(status).toBe(0);
    expect(stderr.match(/^\S+: warning TAE755: /gm)).toEqual(['live/a/main.tf:1:1: warning TAE755: ']);
    const quiet = await runHere(directory, ['convert', 'live', flag, ...more, '--quiet']);
    expect(quiet.stderr).not.toContain('TAE755');
  });

  test('says nothing of root modules without any', async () => {
    const { stderr } = await runHere(beside({}), ['convert', 'live', '--diff']);
    expect(stderr).not.toContain('TAE755');
  });
});
