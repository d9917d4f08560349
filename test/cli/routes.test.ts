import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const roles = '[{ rolearn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["ci"] }]';

const routes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cloudposse: {
    'main.tf': `module "c" {\n  source = "cloudposse/eks-cluster/aws"\n  map_additional_iam_roles = ${roles}\n}\n`,
  },
  blueprints: {
    'main.tf': `module "b" {\n  source = "github.com/aws-ia/terraform-aws-eks-blueprints?ref=v4.32.1"\n  map_roles = ${roles}\n}\n`,
  },
  teams: {
    'main.tf': `module "b" {\n  source = "github.com/aws-ia/terraform-aws-eks-blueprints?ref=v4.32.1"\n  platform_teams = { admin = {} }\n}\n`,
  },
  'an old release of eks-auth': {
    'main.tf': `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}

module "eks_auth" {
  source    = "aidanmelen/eks-auth/aws"
  version   = "0.9.0"
  eks       = module.eks
  map_roles = ${roles}
}
`,
  },
  IAMIdentityMapping: {
    'main.tf': `resource "kubernetes_manifest" "ci" {
  manifest = {
    apiVersion = "iamauthenticator.k8s.aws/v1alpha1"
    kind       = "IAMIdentityMapping"
    metadata   = { name = "ci" }
    spec       = { arn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["ci"] }
  }
}
`,
  },
  'IAMIdentityMapping in a file': {
    'main.tf': `resource "kubectl_manifest" "ci" {\n  yaml_body = file("\${path.module}/ci.yaml")\n}\n`,
    'ci.yaml': `kind: IAMIdentityMapping\nspec: { arn: "arn:aws:iam::111122223333:role/ci", username: ci, groups: [ci] }\n`,
  },
  'a local module that is not there': {
    'main.tf': `module "auth" {\n  source         = "../vendor/terraform-aws-eks/modules/aws-auth"\n  aws_auth_roles = ${roles}\n}\n`,
  },
  'a module whose name says aws-auth': {
    'main.tf': `module "auth" {\n  source = "github.com/acme/modules//aws-auth"\n  admins = ["access"]\n}\n`,
  },
  'a module of that name without arguments': {
    'main.tf': 'module "auth" {\n  source = "github.com/acme/modules//aws-auth"\n}\n',
  },
  'rows in an argument of any name': {
    'main.tf': `module "auth" {\n  source = "git::https://example.com/acme/cluster.git"\n  admins = ${roles}\n}\n`,
  },
  eksctl: {
    'main.tf': `resource "null_resource" "ops" {
  provisioner "local-exec" {
    command = "eksctl create iamidentitymapping --cluster demo --arn arn:aws:iam::111122223333:role/ops --group system:masters --username ops"
  }
}
`,
  },
  'kubectl patch': {
    'main.tf': `resource "terraform_data" "ops" {
  provisioner "local-exec" {
    command = <<-EOT
      kubectl patch configmap/aws-auth -n kube-system --patch '{"data":{"mapRoles":"..."}}'
    EOT
  }
}
`,
  },
  'a template on disk that a command applies': {
    'main.tf': `data "template_file" "auth" {
  template = file("\${path.module}/aws-auth.yaml.tpl")
  vars     = { role = "arn:aws:iam::111122223333:role/ops" }
}

resource "null_resource" "auth" {
  provisioner "local-exec" {
    command = "kubectl apply -f - <<'END'\\n\${data.template_file.auth.rendered}\\nEND"
  }
}
`,
    'aws-auth.yaml.tpl': 'metadata: { name: aws-auth }\ndata:\n  mapRoles: |\n    - rolearn: ${role}\n',
  },
  'a template on disk that alone says aws-auth': {
    'main.tf': `locals {
  manifest = templatefile(
    "\${path.module}/default-auth-cm.yaml",
    { role = "arn:aws:iam::111122223333:role/ops" }
  )
}

resource "local_file" "manifest" {
  content  = local.manifest
  filename = "\${path.module}/out.yaml"
}
`,
    'default-auth-cm.yaml': 'metadata: { name: aws-auth }\ndata:\n  mapRoles: |\n    - rolearn: ${role}\n',
  },
  'a local that a command applies': {
    'main.tf': `locals {
  manifest = <<-END
    apiVersion: iamauthenticator.k8s.aws/v1alpha1
    kind: IAMIdentityMapping
    spec: { arn: "arn:aws:iam::111122223333:role/ops", username: ops, groups: [ops] }
  END
}

resource "null_resource" "auth" {
  provisioner "local-exec" {
    command = "echo '\${local.manifest}' | kubectl apply -f -"
  }
}
`,
  },
  'a chart': {
    'main.tf': `resource "helm_release" "auth" {
  name   = "auth"
  chart  = "./charts/auth"
  values = [yamlencode({ mapRoles = ${roles} })]
}
`,
  },
  'a config of eksctl': {
    'main.tf': `resource "local_file" "cluster" {
  filename = "cluster.yaml"
  content  = yamlencode({ iamIdentityMappings = [{ arn = "arn:aws:iam::111122223333:role/ops" }] })
}
`,
  },
  'an object in a bucket': {
    'main.tf': `resource "aws_s3_object" "auth" {
  bucket  = "bootstrap"
  key     = "auth.yaml"
  content = templatefile("\${path.module}/aws-auth.yaml.tpl", { role = "arn:aws:iam::111122223333:role/ops" })
}
`,
    'aws-auth.yaml.tpl': 'metadata: { name: aws-auth }\ndata:\n  mapRoles: |\n    - rolearn: ${role}\n',
  },
  'user data': {
    'main.tf': `resource "aws_launch_template" "bastion" {
  user_data = base64encode(<<-END
    #!/bin/bash
    kubectl -n kube-system patch configmap aws-auth --patch-file /etc/rows.yaml
  END
  )
}
`,
  },
  'another provider of Kubernetes': {
    'main.tf': `resource "k8s_manifest" "auth" {
  content = <<-END
    kind: ConfigMap
    metadata: { name: aws-auth, namespace: kube-system }
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::111122223333:role/ops
  END
}
`,
  },
  'the provider of eksctl': {
    'main.tf': `resource "eksctl_cluster" "demo" {
  spec = yamlencode({ iamIdentityMappings = [{ arn = "arn:aws:iam::111122223333:role/ops" }] })
}
`,
  },
  'Terragrunt alone': { 'terragrunt.hcl': `inputs = {\n  aws_auth_roles = ${roles}\n}\n` },
  'Terragrunt with an argument of any name': {
    'terragrunt.hcl': `terraform {\n  source = "../../modules/eks"\n}\n\ninputs = {\n  admins = ${roles}\n}\n`,
  },
  'Terragrunt in JSON': {
    'terragrunt.hcl.json': `{ "inputs": { "aws_auth_roles": ${roles.replaceAll(/(\w+) =/g, '"$1":')} } }`,
  },
  'a stack of Terragrunt': {
    'terragrunt.stack.hcl': `unit "eks" {\n  source = "../units/eks"\n  path   = "eks"\n  values = {\n    aws_auth_roles = ${roles}\n  }\n}\n`,
  },
  'Terragrunt beside a .tf file': {
    'terragrunt.hcl': `inputs = {\n  aws_auth_roles = ${roles}\n}\n`,
    'main.tf': 'variable "x" {}\n',
  },
};

describe.each(Object.entries(routes))('%s', (_, files) => {
  test('check says it and fails', async () => {
    const { status, stdout } = await runHere(directoryWith(files), ['check', '.']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^(main\.tf|terragrunt\.(stack\.)?hcl(\.json)?):\d+:\d+: warning TAE755: /m);
    expect(stdout).toContain('in 1 module.');
  });

  test('check sees it from above', async () => {
    const below = Object.fromEntries(Object.entries(files).map(([path, text]) => [`live/prod/${path}`, text]));
    const { status, stdout } = await runHere(directoryWith(below), ['check', '.']);
    expect([status, stdout.includes('live/prod/')]).toEqual([1, true]);
  });

  test.each(['status', 'convert'])('%s does not say that there is nothing to do', async name => {
    const { stdout, stderr } = await runHere(directoryWith(files), [name, '.']);
    expect(stdout + stderr).not.toContain('Nothing to do');
    expect(stdout + stderr).toMatch(
      /(main\.tf|terragrunt\.(stack\.)?hcl(\.json)?):\d+:\d+: (warning TAE755|error TAE030): /,
    );
  });
});

// A command that is given another member of a local than the one with rows does not write them.
test.each<[string, Record<string, string>]>([
  [
    'a file of rows and settings',
    {
      'main.tf': `locals {
  config = yamldecode(file("\${path.module}/auth.yaml"))
  region = yamldecode(file("\${path.module}/auth.yaml")).region
}

resource "helm_release" "app" {
  name   = "app-\${local.region}"
  values = [yamlencode(local.config.app)]
}
`,
      'auth.yaml': `region: eu-west-1\napp: { name: shop, replicas: 2 }\nmapRoles:\n  - rolearn: arn:aws:iam::111122223333:role/ops\n`,
    },
  ],
  [
    'a local with rows and a name',
    {
      'main.tf': `locals {
  auth   = "aws-auth"
  config = { name = var.name, map = local.auth, mapRoles = ${roles} }
}

variable "name" {
  type = string
}

resource "null_resource" "app" {
  provisioner "local-exec" {
    command = "kubectl apply -f app.yaml --context \${local.config.name}"
  }
}
`,
    },
  ],
  [
    'what may be read, and what a policy says of it',
    {
      'main.tf': `resource "kubernetes_role" "reader" {
  metadata { name = "reader" }
  rule {
    api_groups     = [""]
    resources      = ["configmaps"]
    resource_names = ["aws-auth"]
    verbs          = ["get", "patch"]
  }
}

resource "kubernetes_config_map" "notes" {
  metadata { name = "notes" }
  data = { how = "kubectl edit configmap aws-auth changes mapRoles" }
}

resource "aws_ssm_parameter" "name" {
  name  = "configmap"
  value = "aws-auth"
}
`,
    },
  ],
])('check says nothing of a command that takes something else out of %s', async (_, files) => {
  const { stdout } = await runHere(directoryWith(files), ['check', '.']);
  expect(stdout).not.toContain('TAE755');
});

test('check follows a command to the member of a local that has the rows, past one that leads back', async () => {
  const text = `locals {
  loop   = "x \${local.loop}"
  config = { name = "app", manifest = { name = local.loop, mapRoles = ${roles} } }
}

resource "null_resource" "app" {
  provisioner "local-exec" {
    command = "echo '\${yamlencode(local.config.manifest)}' | kubectl apply -f -"
  }
}
`;
  const { stdout } = await runHere(directoryWith({ 'main.tf': text }), ['check', '.']);
  expect(stdout).toMatch(/TAE755: null_resource\.app has 1 row of aws-auth/);
});

test('status of Terragrunt says who and where', async () => {
  const { status, stderr } = await runHere(directoryWith(routes['Terragrunt alone']), ['status', '.']);
  expect(status).toBe(3);
  expect(stderr).toContain('TAE011');
  expect(stderr).toContain('terragrunt.hcl:2:3: warning TAE755: ');
  expect(stderr).toContain('arn:aws:iam::111122223333:role/ci');
});

test('what TAE030 advises is the way of the module', async () => {
  const { stderr } = await runHere(directoryWith(routes['cloudposse']), ['status', '.']);
  expect(stderr).toContain('access_entry_map');
});

test('rows in a file that terragrunt.hcl includes are seen where they are', async () => {
  const files = {
    '_envcommon/eks.hcl': `inputs = {\n  aws_auth_roles = ${roles}\n}\n`,
    '_envcommon/secrets.hcl': Buffer.from([0, 0x47, 0xff, 0xfe]),
    '_envcommon/vpc.hcl': 'inputs = {\n  name = "demo"\n}\n',
    'live/eks/terragrunt.hcl': 'include "common" {\n  path = "../../_envcommon/eks.hcl"\n}\n',
  };
  const { status, stdout } = await runHere(directoryWith(files), ['check', '.']);
  expect(status).toBe(1);
  expect(stdout).toContain('_envcommon/eks.hcl:2:3: warning TAE755: ');
  expect(stdout).toContain('1 warning in 1 module.');
});

test('a Terragrunt directory without rows is no root module', async () => {
  const files = { 'terragrunt.hcl': 'inputs = {\n  name = "demo"\n}\n', 'a/terragrunt.hcl': '' };
  expect(await runHere(directoryWith(files), ['check', '.'])).toEqual({
    status: 0,
    stdout: 'No findings in 0 modules.\n',
    stderr: '',
  });
});

test.each(Object.keys(routes))('what the hint advises works: %s', async name => {
  const aws =
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n    - rolearn: arn:aws:iam::111122223333:role/ci\n      username: ci\n      groups: [ci]\n';
  const directory = directoryWith({
    ...routes[name],
    'aws-auth.yaml': aws,
    'tf-access-entries.config.json': '{ "clusterName": "demo" }',
  });
  const { status, stderr } = await runHere(directory, [
    'convert',
    '.',
    '--emit',
    'aws-cli',
    '--aws-auth',
    'aws-auth.yaml',
  ]);
  expect(status).toBe(0);
  expect(stderr).not.toContain('TAE755');
});

test.each([
  ['waits for it', 'until kubectl -n kube-system get configmap aws-auth; do sleep 1; done'],
  ['does something else', 'kubectl apply -f deployment.yaml'],
])('a command that %s is no way into aws-auth', async (_, line) => {
  const text = `resource "null_resource" "x" {\n  provisioner "local-exec" {\n    command = "${line}"\n  }\n}\n`;
  const { status, stdout } = await runHere(directoryWith({ 'main.tf': text }), ['check', '.']);
  expect([status, stdout]).toEqual([0, expect.stringContaining('No findings')]);
});

// The rows of a command may be of any cluster: the ConfigMap of one tells nothing of those that it lacks.
test.each([
  ['a', 'role/a', true],
  ['b', 'role/ops', false],
])('of two clusters the ConfigMap of %s, with %s, stops phase 3: %s', async (cluster, role, isStopped) => {
  const made = (name: string): string => `module "${name}" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "${name}"
}

provider "kubernetes" {
  alias = "${name}"
  host  = module.${name}.cluster_endpoint
}

module "auth_${name}" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "20.24.3"
  manage_aws_auth_configmap = true
  providers                 = { kubernetes = kubernetes.${name} }
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:${role}", username = "x", groups = ["x"] }]
}
`;
  const files = {
    'main.tf': made('a') + made('b'),
    'ops.tf': routes['eksctl']?.['main.tf'] ?? '',
    'aws-auth.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - { rolearn: "arn:aws:iam::111122223333:${role}", username: x, groups: [x] }
`,
    'tf-access-entries.config.json': `{ "pair": { "config-map": "module.${cluster}" } }`,
  };
  const { stdout } = await runHere(directoryWith(files), ['status', '.', '--aws-auth', 'aws-auth.yaml']);
  expect(stdout).toMatch(isStopped ? /3 remove-aws-auth\s+blocked by TAE249/ : /3 remove-aws-auth\s+ready/);
});

test('a command that writes aws-auth stops the phase that empties it', async () => {
  const text = `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}

module "aws_auth" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "20.24.3"
  manage_aws_auth_configmap = true
  aws_auth_roles            = ${roles}
}
`;
  const files = { 'main.tf': text, 'ops.tf': routes['eksctl']?.['main.tf'] ?? '' };
  const { stdout, stderr } = await runHere(directoryWith(files), ['status', '.']);
  expect(stdout).toMatch(/3 remove-aws-auth\s+blocked by TAE249/);
  expect(stderr).toContain('arn:aws:iam::111122223333:role/ops');
});
