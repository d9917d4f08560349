import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - rolearn: \${role}
      username: ops
      groups: [system:masters]
`;

const heredoc = (text: string): string => `<<-EOT\n${text}EOT\n`;

const inTemplate = {
  'outputs.tf': 'output "auth" {\n  value = data.template_file.auth.rendered\n}\n',
  'main.tf': `resource "aws_iam_role" "ops" {}

data "template_file" "auth" {
  template = "\${file("\${path.module}/templates/cm.tpl")}"
  vars     = { role = aws_iam_role.ops.arn }
}
`,
  'templates/cm.tpl': configMap,
};

const put: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a template_file': inTemplate,
  'a template on disk': {
    'outputs.tf':
      'output "auth" {\n  value = templatefile(format("%s/cm-auth.tpl", path.module), { role = aws_iam_role.x.arn })\n}\n',
    'cm-auth.tpl': configMap,
  },
  'a text of a local': {
    'outputs.tf': `locals {\n  map = ${heredoc(configMap.replace('role}', 'aws_iam_role.x.arn}'))}}\n\noutput "auth" {\n  value = local.map\n}\n`,
  },
  'an object': {
    'outputs.tf': `output "auth" {
  value = yamlencode({
    kind     = "ConfigMap"
    metadata = { name = "aws-auth" }
    data     = { mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/ops" }]) }
  })
}
`,
  },
};

describe.each(Object.entries(put))('the ConfigMap that an output hands to somebody, by %s', (_, files) => {
  test('is a finding of check', async () => {
    const { status, stdout } = await runHere(directoryWith(files), ['check', '.']);
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/outputs\.tf:\d+:1: warning TAE755: output\.auth has /),
    ]);
  });

  test('is not passed by status', async () => {
    const { stdout, stderr } = await runHere(directoryWith(files), ['status', '.']);
    expect(stdout + stderr).not.toContain('Nothing to do');
    expect(stdout + stderr).toContain('TAE755: output.auth');
  });
});

const applied = `resource "null_resource" "auth" {
  provisioner "local-exec" {
    command = "echo '\${data.template_file.auth.rendered}' | kubectl apply -f -"
  }
}
`;

test('who applies it here is named, and not the output that shows it', async () => {
  const { stdout } = await runHere(directoryWith({ ...inTemplate, 'apply.tf': applied }), ['check', '.']);
  expect(stdout.match(/TAE755: (?:output|null)\S+/g)).toEqual(['TAE755: null_resource.auth']);
});

test.each([
  ['a note about it', 'value = "Edit mapRoles of the ConfigMap: kubectl edit configmap"'],
  ['rows', 'value = yamlencode({ mapRoles = [{ rolearn = "arn:aws:iam::111122223333:role/ops" }] })'],
  ['a description', `description = ${heredoc(configMap.replace('${role}', 'x'))}  value = "aws-auth"`],
])('an output of %s is no finding', async (_, value) => {
  const { stdout } = await runHere(directoryWith({ 'main.tf': `output "auth" {\n  ${value}\n}\n` }), ['check', '.']);
  expect(stdout).not.toContain('TAE755');
});

const shown = `output "auth" {
  value = yamlencode({
    kind     = "ConfigMap"
    metadata = { name = "aws-auth" }
    data     = { mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/ops" }]) }
  })
}
`;

const clusterWith = (line: string): string =>
  `module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "20.24.3"\n\n  cluster_name = "demo"\n${line}}\n`;

const call = `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
}
`;

// Phase 0 writes such an output out where it read the ConfigMap of the module before, and it stays when aws-auth is gone.
test.each([
  ['beside a call that writes aws-auth', clusterWith('') + call, false],
  ['where the mode ignores aws-auth', clusterWith('  authentication_mode = "API"\n'), false],
  ['where nothing else writes it', clusterWith(''), true],
])('an output of the ConfigMap %s', async (_, files, isSaid) => {
  const directory = directoryWith({ 'main.tf': files, 'outputs.tf': shown });
  const found = await runHere(directory, ['check', '.']);
  const { stdout, stderr } = await runHere(directory, ['convert', '.', '--diff']);
  expect([found.stdout.includes('TAE755'), (stdout + stderr).includes('TAE249')]).toEqual([isSaid, isSaid]);
});
